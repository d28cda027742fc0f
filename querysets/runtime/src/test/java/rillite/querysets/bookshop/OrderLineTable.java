package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.DateTimeCol;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;

public final class OrderLineTable<R> extends Table<R, OrderLine> {

    public static final OrderLineTable<OrderLine> ORDER_LINE = new OrderLineTable<>();

    public final LongCol<R> orderNo = longCol("order no");
    public final LongCol<R> lineNo = longCol("line_no");
    public final LongCol<R> bookId = longCol("book_id");
    public final LongCol<R> customer = longCol("customer");
    public final IntCol<R> quantity = intCol("quantity");
    public final DateTimeCol<R> ordered = dateTimeCol("ordered");

    private OrderLineTable() {
        super(OrderLine.class, "order line");
    }

    OrderLineTable(Table<R, ?> from, String relation) {
        super(OrderLine.class, "order line", from, relation);
    }

    public BookTable<R> book() {
        return new BookTable<>(this, "book");
    }

    public CustomerTable<R> customerRef() {
        return new CustomerTable<>(this, "customer_ref");
    }

    @Override
    protected OrderLine read(Cells row) {
        return new OrderLine(
                row.get(orderNo),
                row.get(lineNo),
                row.ref("book", BookTable.BOOK, bookId),
                row.get(customer),
                row.get(quantity),
                row.get(ordered),
                row.ref("customer_ref", CustomerTable.CUSTOMER, customer));
    }

    @Override
    protected @Nullable Object value(OrderLine row, int column) {
        return switch (column) {
            case 0 -> row.orderNo();
            case 1 -> row.lineNo();
            case 2 -> row.book().id();
            case 3 -> row.customer();
            case 4 -> row.quantity();
            case 5 -> row.ordered();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(OrderLine row) {
        return List.of(row.book(), row.customerRef());
    }
}
