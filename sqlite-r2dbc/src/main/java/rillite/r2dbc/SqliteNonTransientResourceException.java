package rillite.r2dbc;

import io.r2dbc.spi.R2dbcNonTransientResourceException;

/** The database or the machine refuses: disk full, damaged file, I/O error, engine closed. */
public final class SqliteNonTransientResourceException extends R2dbcNonTransientResourceException
        implements SqliteException {
    SqliteNonTransientResourceException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
