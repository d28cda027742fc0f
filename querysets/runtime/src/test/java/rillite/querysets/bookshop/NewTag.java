package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewTag(Fields fields) implements NewRow<Tag> {

    public NewTag(String name) {
        this(Fields.of("name", name));
    }

    public NewTag note(@Nullable Object note) {
        return new NewTag(fields.with("note", note));
    }
}
