package rillite.r2dbc;

import io.r2dbc.spi.R2dbcPermissionDeniedException;

/** The database is read only here, or the operation is not allowed. */
public final class SqlitePermissionDeniedException extends R2dbcPermissionDeniedException implements SqliteException {
    SqlitePermissionDeniedException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
