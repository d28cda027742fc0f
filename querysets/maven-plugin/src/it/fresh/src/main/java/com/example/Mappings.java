package com.example;

import rillite.querysets.Mapping;

public final class Mappings {

    public static final Mapping<Layout, String> LAYOUT = Mapping.of(
            Layout.class,
            String.class,
            text -> new Layout(text.charAt(0) - '0', text.substring(2)),
            layout -> layout.columns() + " " + layout.font());

    private Mappings() {}
}
