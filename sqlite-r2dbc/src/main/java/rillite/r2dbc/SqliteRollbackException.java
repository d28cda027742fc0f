package rillite.r2dbc;

import io.r2dbc.spi.R2dbcRollbackException;

/** The whole transaction is gone and may be run again from its beginning. */
public final class SqliteRollbackException extends R2dbcRollbackException implements SqliteException {
    SqliteRollbackException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
    }
}
