package rillite.querysets.bookshop;

import java.time.LocalDateTime;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewOrderLine(Fields fields) implements NewRow<OrderLine> {

    public NewOrderLine(long orderNo, long lineNo, long bookId, long customer, LocalDateTime ordered) {
        this(Fields.of(
                "order no", orderNo, "line_no", lineNo, "book_id", bookId, "customer", customer, "ordered", ordered));
    }

    public NewOrderLine quantity(int quantity) {
        return new NewOrderLine(fields.with("quantity", quantity));
    }
}
