package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import org.jspecify.annotations.Nullable;

/** An import ended in the middle; the windows before are committed. */
public final class SqliteBulkException extends R2dbcNonTransientException implements SqliteException {
    private static final long serialVersionUID = 1;

    private final long committedRows;

    SqliteBulkException(long committedRows, String sql, Throwable cause) {
        super(
                "The import ended after " + committedRows
                        + " rows, which are committed: go on after them, or remove them" + " and start again. "
                        + cause.getMessage(),
                state(cause),
                code(cause),
                sql,
                cause);
        this.committedRows = committedRows;
    }

    private static @Nullable String state(Throwable cause) {
        return cause instanceof R2dbcException known ? known.getSqlState() : null;
    }

    private static int code(Throwable cause) {
        return cause instanceof R2dbcException known ? known.getErrorCode() : 0;
    }

    /** Returns how many rows of the import are committed. */
    public long committedRows() {
        return committedRows;
    }
}
