package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Ref;

public record Review(
        long id,
        Ref<Book> book,
        Ref<Customer> customer,
        int stars,
        @Nullable String body) {}
