package rillite.benchmarks.tables;

import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Author(long id, String name, String email, Ref<Publisher> publisher, Refs<Book> books) {}
