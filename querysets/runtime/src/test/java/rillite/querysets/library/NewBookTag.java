package rillite.querysets.library;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewBookTag(Fields fields) implements NewRow<BookTag> {

    public NewBookTag(long bookId, long tagId) {
        this(Fields.of("book_id", bookId, "tag_id", tagId));
    }

    public NewBookTag id(long id) {
        return new NewBookTag(fields.with("id", id));
    }
}
