package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewCategory(Fields fields) implements NewRow<Category> {

    public NewCategory(String name) {
        this(Fields.of("name", name));
    }

    public NewCategory id(long id) {
        return new NewCategory(fields.with("id", id));
    }

    public NewCategory parentId(@Nullable Long parentId) {
        return new NewCategory(fields.with("parent_id", parentId));
    }
}
