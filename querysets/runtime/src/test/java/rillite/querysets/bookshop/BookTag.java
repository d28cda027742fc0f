package rillite.querysets.bookshop;

import rillite.querysets.Ref;

public record BookTag(Ref<Book> book, String tagName, Ref<Tag> tagNameRef) {}
