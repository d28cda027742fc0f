package rillite.r2dbc;

import io.r2dbc.spi.R2dbcBadGrammarException;
import org.jspecify.annotations.Nullable;

/** The SQL cannot be run as it stands: a typing mistake, or a table, column or function that does not exist. */
public final class SqliteBadGrammarException extends R2dbcBadGrammarException implements SqliteException {
    private final @Nullable String missingName;

    SqliteBadGrammarException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
        this.missingName = problem.missing() == null ? null : problem.missing().name();
    }

    /** The table, column or function that does not exist, without its qualifier; null if the error is another. */
    public @Nullable String missingName() {
        return missingName;
    }
}
