package rillite.querysets.bookshop;

import rillite.querysets.Ref;
import rillite.querysets.Refs;

public record Category(
        long id, String name, Ref<Category> parent, Refs<Book> books, Refs<Category> categoriesAsParent) {}
