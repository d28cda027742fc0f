package rillite.querysets.library;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewTag(Fields fields) implements NewRow<Tag> {

    public NewTag(String name) {
        this(Fields.of("name", name));
    }

    public NewTag id(long id) {
        return new NewTag(fields.with("id", id));
    }
}
