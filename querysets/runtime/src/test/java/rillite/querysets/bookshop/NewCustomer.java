package rillite.querysets.bookshop;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Fields;
import rillite.querysets.NewRow;

public record NewCustomer(Fields fields) implements NewRow<Customer> {

    public NewCustomer(String email) {
        this(Fields.of("email", email));
    }

    public NewCustomer id(long id) {
        return new NewCustomer(fields.with("id", id));
    }

    public NewCustomer name(@Nullable String name) {
        return new NewCustomer(fields.with("name", name));
    }

    public NewCustomer joined(LocalDateTime joined) {
        return new NewCustomer(fields.with("joined", joined));
    }
}
