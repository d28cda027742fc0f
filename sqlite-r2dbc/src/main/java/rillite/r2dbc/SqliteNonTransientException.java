package rillite.r2dbc;

import io.r2dbc.spi.R2dbcNonTransientException;

/** Fails again when repeated unchanged: a value out of range, a statement in the wrong transaction state. */
public final class SqliteNonTransientException extends R2dbcNonTransientException implements SqliteException {
    SqliteNonTransientException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
