package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;

public record Award(String code, Ref<Book> book, @Nullable Object detail) {}
