package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.util.function.Function;

/** The exception classes of the driver, to be chosen by code. */
enum ErrorFamily {
    BAD_GRAMMAR(SqliteBadGrammarException.class, SqliteBadGrammarException::new),
    DATA_INTEGRITY(SqliteDataIntegrityException.class, SqliteDataIntegrityException::new),
    NON_TRANSIENT(SqliteNonTransientException.class, SqliteNonTransientException::new),
    NON_TRANSIENT_RESOURCE(SqliteNonTransientResourceException.class, SqliteNonTransientResourceException::new),
    OUTCOME_UNKNOWN(SqliteOutcomeUnknownException.class, SqliteOutcomeUnknownException::new),
    PERMISSION_DENIED(SqlitePermissionDeniedException.class, SqlitePermissionDeniedException::new),
    ROLLBACK(SqliteRollbackException.class, SqliteRollbackException::new),
    TIMEOUT(SqliteTimeoutException.class, SqliteTimeoutException::new),
    TRANSIENT_RESOURCE(SqliteTransientResourceException.class, SqliteTransientResourceException::new),
    /** Not an error; if it is reported as one all the same, as a non-transient one. */
    NONE(SqliteNonTransientException.class, SqliteNonTransientException::new);

    private final Class<? extends R2dbcException> type;
    private final Function<Problem, R2dbcException> constructor;

    ErrorFamily(Class<? extends R2dbcException> type, Function<Problem, R2dbcException> constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    Class<? extends R2dbcException> type() {
        return type;
    }

    R2dbcException create(Problem problem) {
        return constructor.apply(problem);
    }
}
