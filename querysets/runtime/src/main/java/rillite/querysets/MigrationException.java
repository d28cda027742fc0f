package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * Migrations that are wrong, that do not fit the database, or that failed. Its kinds, which tell more, are in {@code
 * rillite.querysets.migrate}. Arrives through onError; nothing of the migration it is about was changed.
 */
public abstract non-sealed class MigrationException extends QueryException {

    private static final long serialVersionUID = 1L;

    /** For the kinds in {@code rillite.querysets.migrate}. */
    protected MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
