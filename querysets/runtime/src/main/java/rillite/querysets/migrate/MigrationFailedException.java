package rillite.querysets.migrate;

import org.jspecify.annotations.Nullable;
import rillite.querysets.MigrationException;

/**
 * The database refused a statement of a migration, or its commit; the cause is the driver's error. The migration was rolled
 * back as a whole; those before it stay.
 */
public final class MigrationFailedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final String migration;
    private final @Nullable String place;
    private final int line;

    MigrationFailedException(
            String migration, @Nullable String place, int line, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.migration = migration;
        this.place = place;
        this.line = line;
    }

    /** The migration, such as {@code 0003_add_email}; empty when the history itself could not be read or written. */
    public String migration() {
        return migration;
    }

    /** The file; null when no statement of one is to blame. */
    public @Nullable String place() {
        return place;
    }

    /** The line at which the statement begins, counted from 1; 0 when no statement is to blame. */
    public int line() {
        return line;
    }
}
