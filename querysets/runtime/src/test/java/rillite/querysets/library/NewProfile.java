package rillite.querysets.library;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewProfile(Fields fields) implements NewRow<Profile> {

    public NewProfile(long authorId, String bio) {
        this(Fields.of("author_id", authorId, "bio", bio));
    }

    public NewProfile id(long id) {
        return new NewProfile(fields.with("id", id));
    }
}
