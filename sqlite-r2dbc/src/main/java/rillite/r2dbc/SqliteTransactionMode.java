package rillite.r2dbc;

import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * How a write transaction begins. Each constant is also a {@link TransactionDefinition}, so that
 * {@code connection.beginTransaction(SqliteTransactionMode.EXCLUSIVE)} works.
 *
 * <p>SQLite's DEFERRED is not offered: its upgrade from reading to writing fails at once, whatever the lock wait
 * timeout says, when another transaction has committed in between.
 */
public enum SqliteTransactionMode implements TransactionDefinition {
    /** Takes the write lock at the beginning; readers go on. The default. */
    IMMEDIATE,
    /** As IMMEDIATE; outside WAL it keeps readers of other processes out as well. */
    EXCLUSIVE;

    @Override
    public <T> @Nullable T getAttribute(Option<T> option) {
        return SqliteConnectionFactoryProvider.TRANSACTION_MODE.equals(option) ? option.cast(this) : null;
    }
}
