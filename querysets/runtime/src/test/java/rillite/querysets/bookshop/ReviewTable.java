package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class ReviewTable<R> extends Table<R, Review> {

    public static final ReviewTable<Review> REVIEW = new ReviewTable<>();

    public final LongCol<R> id = longCol("id");
    public final LongCol<R> bookId = longCol("book_id");
    public final LongCol<R> customerId = longCol("customer_id");
    public final IntCol<R> stars = intCol("stars");
    public final TextCol<R> body = textCol("body");

    private ReviewTable() {
        super(Review.class, "review");
    }

    ReviewTable(Table<R, ?> from, String relation) {
        super(Review.class, "review", from, relation);
    }

    public BookTable<R> book() {
        return new BookTable<>(this, "book");
    }

    public CustomerTable<R> customer() {
        return new CustomerTable<>(this, "customer");
    }

    @Override
    protected Review read(Cells row) {
        return new Review(
                row.get(id),
                row.ref("book", BookTable.BOOK, bookId),
                row.ref("customer", CustomerTable.CUSTOMER, customerId),
                row.get(stars),
                row.orNull(body));
    }

    @Override
    protected @Nullable Object value(Review row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.book().id();
            case 2 -> row.customer().id();
            case 3 -> row.stars();
            case 4 -> row.body();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Review row) {
        return List.of(row.book(), row.customer());
    }
}
