package rillite.querysets.library;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewReview(Fields fields) implements NewRow<Review> {

    public NewReview(long bookId, int stars) {
        this(Fields.of("book_id", bookId, "stars", stars));
    }

    public NewReview id(long id) {
        return new NewReview(fields.with("id", id));
    }

    public NewReview body(@Nullable String body) {
        return new NewReview(fields.with("body", body));
    }
}
