package rillite.querysets.migrate;

import org.jspecify.annotations.Nullable;
import rillite.querysets.MigrationException;

/**
 * A file, a folder or a call is wrong by itself, whatever the database holds: a name, an encoding, a statement that a
 * migration must not hold, a version that does not exist. The database was not touched.
 */
public final class InvalidMigrationException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String place;
    private final int line;

    InvalidMigrationException(@Nullable String place, int line, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.place = place;
        this.line = line;
    }

    /** The file, resource or folder; null when the error is about none. */
    public @Nullable String place() {
        return place;
    }

    /** The line in the file, counted from 1; 0 when the error is not about one line. */
    public int line() {
        return line;
    }
}
