package rillite.querysets.library;

import rillite.querysets.Ref;

public record Profile(long id, Ref<Author> author, String bio) {}
