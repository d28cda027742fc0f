package rillite.r2dbc;

import io.r2dbc.spi.R2dbcNonTransientException;
import org.jspecify.annotations.Nullable;

/** A failure that the same call would meet again: the value, the statement or the data must change first. */
public final class SqliteNonTransientException extends R2dbcNonTransientException {
    SqliteNonTransientException(
            String message, String sqlState, int code, @Nullable String sql, @Nullable Throwable cause) {
        super(message, sqlState, code, sql, cause);
    }
}
