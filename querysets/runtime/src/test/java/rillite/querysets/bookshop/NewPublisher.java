package rillite.querysets.bookshop;

import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewPublisher(Fields fields) implements NewRow<Publisher> {

    public NewPublisher(String name) {
        this(Fields.of("name", name));
    }

    public NewPublisher id(long id) {
        return new NewPublisher(fields.with("id", id));
    }

    public NewPublisher city(@Nullable String city) {
        return new NewPublisher(fields.with("city", city));
    }
}
