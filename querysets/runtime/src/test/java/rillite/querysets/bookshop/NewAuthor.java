package rillite.querysets.bookshop;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewAuthor(Fields fields) implements NewRow<Author> {

    public NewAuthor(String name) {
        this(Fields.of("name", name));
    }

    public NewAuthor id(long id) {
        return new NewAuthor(fields.with("id", id));
    }

    public NewAuthor born(@Nullable LocalDate born) {
        return new NewAuthor(fields.with("born", born));
    }

    public NewAuthor country(@Nullable String country) {
        return new NewAuthor(fields.with("country", country));
    }

    public NewAuthor mentorId(@Nullable Long mentorId) {
        return new NewAuthor(fields.with("mentor_id", mentorId));
    }
}
