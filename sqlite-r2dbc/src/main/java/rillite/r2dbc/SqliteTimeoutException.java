package rillite.r2dbc;

import io.r2dbc.spi.R2dbcTimeoutException;

/** A lock wait or a statement took longer than allowed; what was asked for did not happen. */
public final class SqliteTimeoutException extends R2dbcTimeoutException implements SqliteException {
    SqliteTimeoutException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
