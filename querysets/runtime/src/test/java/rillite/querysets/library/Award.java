package rillite.querysets.library;

import rillite.querysets.Ref;

public record Award(long id, Ref<Author> author, String name) {}
