package rillite.querysets.library;

import rillite.querysets.Ref;

public record BookTag(long id, Ref<Book> book, Ref<Tag> tag) {}
