package rillite.benchmarks.tables;

import rillite.querysets.Ref;

public record Book(long id, String title, Ref<Author> author, long pages, double price) {}
