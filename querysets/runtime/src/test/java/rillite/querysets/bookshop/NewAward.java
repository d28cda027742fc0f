package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewAward(Fields fields) implements NewRow<Award> {

    public NewAward(String code, long bookId) {
        this(Fields.of("code", code, "book_id", bookId));
    }

    public NewAward detail(@Nullable Object detail) {
        return new NewAward(fields.with("detail", detail));
    }
}
