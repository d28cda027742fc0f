package rillite.querysets.library;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewBook(Fields fields) implements NewRow<Book> {

    public NewBook(String title, long authorId, int pages) {
        this(Fields.of("title", title, "author_id", authorId, "pages", pages));
    }

    public NewBook id(long id) {
        return new NewBook(fields.with("id", id));
    }

    public NewBook publisherId(@Nullable Long publisherId) {
        return new NewBook(fields.with("publisher_id", publisherId));
    }

    public NewBook published(@Nullable LocalDate published) {
        return new NewBook(fields.with("published", published));
    }

    public NewBook created(@Nullable LocalDateTime created) {
        return new NewBook(fields.with("created", created));
    }
}
