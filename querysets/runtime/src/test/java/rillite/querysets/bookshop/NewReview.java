package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewReview(Fields fields) implements NewRow<Review> {

    public NewReview(long bookId, long customerId, int stars) {
        this(Fields.of("book_id", bookId, "customer_id", customerId, "stars", stars));
    }

    public NewReview id(long id) {
        return new NewReview(fields.with("id", id));
    }

    public NewReview body(@Nullable String body) {
        return new NewReview(fields.with("body", body));
    }
}
