package rillite.benchmarks.tables;

import rillite.querysets.Refs;

public record Publisher(long id, String name, Refs<Author> authors) {}
