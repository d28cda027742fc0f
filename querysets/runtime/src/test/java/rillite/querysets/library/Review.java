package rillite.querysets.library;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;

public record Review(
        long id, Ref<Book> book, int stars, @Nullable String body) {}
