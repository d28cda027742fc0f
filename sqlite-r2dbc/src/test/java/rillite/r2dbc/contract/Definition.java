package rillite.r2dbc.contract;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a transaction, as a framework hands them to the driver. */
record Definition(Map<Option<?>, Object> attributes) implements TransactionDefinition {
    static Definition named(String name) {
        return new Definition(Map.of()).with(TransactionDefinition.NAME, name);
    }

    Definition readOnly() {
        return with(TransactionDefinition.READ_ONLY, true);
    }

    Definition isolation(IsolationLevel level) {
        return with(TransactionDefinition.ISOLATION_LEVEL, level);
    }

    Definition lockWait(Duration timeout) {
        return with(TransactionDefinition.LOCK_WAIT_TIMEOUT, timeout);
    }

    private <T> Definition with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new HashMap<>(attributes);
        more.put(option, value);
        return new Definition(Map.copyOf(more));
    }

    @Override
    public <T> @Nullable T getAttribute(Option<T> option) {
        return option.cast(attributes.get(option));
    }
}
