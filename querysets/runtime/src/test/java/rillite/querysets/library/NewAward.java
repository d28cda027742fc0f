package rillite.querysets.library;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewAward(Fields fields) implements NewRow<Award> {

    public NewAward(long authorId, String name) {
        this(Fields.of("author_id", authorId, "name", name));
    }

    public NewAward id(long id) {
        return new NewAward(fields.with("id", id));
    }
}
