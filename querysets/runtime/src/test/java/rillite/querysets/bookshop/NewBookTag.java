package rillite.querysets.bookshop;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewBookTag(Fields fields) implements NewRow<BookTag> {

    public NewBookTag(long bookId, String tagName) {
        this(Fields.of("book_id", bookId, "tag_name", tagName));
    }
}
