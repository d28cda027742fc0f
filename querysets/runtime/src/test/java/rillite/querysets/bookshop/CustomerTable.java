package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.DateTimeCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class CustomerTable<R> extends Table<R, Customer> {

    public static final CustomerTable<Customer> CUSTOMER = new CustomerTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> email = textCol("email");
    public final TextCol<R> name = textCol("name");
    public final DateTimeCol<R> joined = dateTimeCol("joined");

    private CustomerTable() {
        super(Customer.class, "customer");
    }

    CustomerTable(Table<R, ?> from, String relation) {
        super(Customer.class, "customer", from, relation);
    }

    public ToMany<R, OrderLine, OrderLineTable<OrderLine>> orderLinesAsCustomerRef() {
        return toMany("order lines_as_customer_ref", OrderLineTable.ORDER_LINE);
    }

    public ToMany<R, Review, ReviewTable<Review>> reviews() {
        return toMany("reviews", ReviewTable.REVIEW);
    }

    @Override
    protected Customer read(Cells row) {
        return new Customer(
                row.get(id),
                row.get(email),
                row.orNull(name),
                row.get(joined),
                row.refs("order lines_as_customer_ref", OrderLineTable.ORDER_LINE),
                row.refs("reviews", ReviewTable.REVIEW));
    }

    @Override
    protected @Nullable Object value(Customer row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.email();
            case 2 -> row.name();
            case 3 -> row.joined();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Customer row) {
        return List.of(row.orderLinesAsCustomerRef(), row.reviews());
    }
}
