package rillite.r2dbc;

import io.r2dbc.spi.R2dbcTransientResourceException;

/** Something is busy or full at the moment; the same command may succeed later. */
public final class SqliteTransientResourceException extends R2dbcTransientResourceException implements SqliteException {
    SqliteTransientResourceException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
