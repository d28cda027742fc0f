package rillite.querysets.migrate.make;

import org.jspecify.annotations.Nullable;
import rillite.querysets.MigrationException;

/** A file of a draft cannot be written, or one of its name exists. */
public final class DraftFileException extends MigrationException {

    private static final long serialVersionUID = 1L;

    DraftFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
