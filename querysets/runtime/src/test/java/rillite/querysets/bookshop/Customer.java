package rillite.querysets.bookshop;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Refs;

public record Customer(
        long id,
        String email,
        @Nullable String name,
        LocalDateTime joined,
        Refs<OrderLine> orderLinesAsCustomerRef,
        Refs<Review> reviews) {}
