package rillite.querysets.library;

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

    public NewAuthor email(@Nullable String email) {
        return new NewAuthor(fields.with("email", email));
    }

    public NewAuthor age(@Nullable Integer age) {
        return new NewAuthor(fields.with("age", age));
    }

    public NewAuthor mentorId(@Nullable Long mentorId) {
        return new NewAuthor(fields.with("mentor_id", mentorId));
    }
}
