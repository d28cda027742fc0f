package rillite.querysets.bookshop;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewBook(Fields fields) implements NewRow<Book> {

    public NewBook(String isbn, String title, long authorId, int pages) {
        this(Fields.of("isbn", isbn, "title", title, "author_id", authorId, "pages", pages));
    }

    public NewBook id(long id) {
        return new NewBook(fields.with("id", id));
    }

    public NewBook publisherId(@Nullable Long publisherId) {
        return new NewBook(fields.with("publisher_id", publisherId));
    }

    public NewBook categoryId(@Nullable Long categoryId) {
        return new NewBook(fields.with("category_id", categoryId));
    }

    public NewBook price(BigDecimal price) {
        return new NewBook(fields.with("price", price));
    }

    public NewBook weight(@Nullable Double weight) {
        return new NewBook(fields.with("weight", weight));
    }

    public NewBook inPrint(boolean inPrint) {
        return new NewBook(fields.with("in_print", inPrint));
    }

    public NewBook published(@Nullable LocalDate published) {
        return new NewBook(fields.with("published", published));
    }

    public NewBook cover(@Nullable ByteBuffer cover) {
        return new NewBook(fields.with("cover", cover));
    }
}
