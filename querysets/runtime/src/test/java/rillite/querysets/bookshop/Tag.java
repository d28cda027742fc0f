package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Refs;

public record Tag(String name, @Nullable Object note, Refs<BookTag> bookTagsAsTagNameRef, Refs<Book> books) {}
