package rillite.querysets.library;

import rillite.querysets.Refs;

public record Publisher(long id, String name, Refs<Book> books) {}
