package rillite.benchmarks;

import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import org.jspecify.annotations.Nullable;

/** A read-only transaction and nothing else. */
enum ReadOnly implements TransactionDefinition {
    INSTANCE;

    @Override
    public <T> @Nullable T getAttribute(Option<T> option) {
        return option.equals(TransactionDefinition.READ_ONLY) ? option.cast(Boolean.TRUE) : null;
    }
}
