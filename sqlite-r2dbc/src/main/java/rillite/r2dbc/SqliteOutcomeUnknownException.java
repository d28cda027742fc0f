package rillite.r2dbc;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;

/**
 * A commit was sent and it cannot be said whether it took place (SQLState 08007).
 *
 * <p>Never repeat the write blindly: read back first what is in the database.
 */
public final class SqliteOutcomeUnknownException extends R2dbcNonTransientResourceException implements SqliteException {
    private final @Nullable String session;
    private final @Nullable String transactionName;
    private final int groupMembers;

    SqliteOutcomeUnknownException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
        this.session = problem.commit().session();
        this.transactionName = problem.commit().transactionName();
        this.groupMembers = problem.commit().groupMembers();
    }

    /** The session that committed, or null if unknown. */
    public @Nullable String session() {
        return session;
    }

    /** The name of the transaction, or null if it had none. */
    public @Nullable String transactionName() {
        return transactionName;
    }

    /** How many commands shared the commit; each of them gets this error. At least 1. */
    public int groupMembers() {
        return groupMembers;
    }
}
