package rillite.querysets.library;

import rillite.querysets.Refs;

public record Tag(long id, String name, Refs<BookTag> bookTags, Refs<Book> books) {}
