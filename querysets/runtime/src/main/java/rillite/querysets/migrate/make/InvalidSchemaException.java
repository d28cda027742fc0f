package rillite.querysets.migrate.make;

import org.jspecify.annotations.Nullable;
import rillite.querysets.MigrationException;

/** A schema that cannot be read, or that SQLite refuses when it is tried out. No draft was made. */
public final class InvalidSchemaException extends MigrationException {

    private static final long serialVersionUID = 1L;

    InvalidSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
