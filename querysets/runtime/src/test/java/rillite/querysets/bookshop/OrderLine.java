package rillite.querysets.bookshop;

import java.time.LocalDateTime;
import rillite.querysets.Ref;

public record OrderLine(
        long orderNo,
        long lineNo,
        Ref<Book> book,
        long customer,
        int quantity,
        LocalDateTime ordered,
        Ref<Customer> customerRef) {}
