package rillite.querysets.library;

import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewPublisher(Fields fields) implements NewRow<Publisher> {

    public NewPublisher(String name) {
        this(Fields.of("name", name));
    }

    public NewPublisher id(long id) {
        return new NewPublisher(fields.with("id", id));
    }
}
