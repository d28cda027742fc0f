package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;

public record Bestseller(
        @Nullable Long id, @Nullable String title, @Nullable Object sold) {}
