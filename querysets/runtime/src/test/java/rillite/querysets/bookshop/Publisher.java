package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Refs;

public record Publisher(long id, String name, @Nullable String city, Refs<Book> books) {}
