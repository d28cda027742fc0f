package rillite.querysets.migrate;

import rillite.querysets.MigrationException;

/**
 * Somebody else held the write lock of the file for longer than {@link Migrations#lockWait}: another process that migrates,
 * or a long transaction. Nothing of this migration was run; it may be tried again.
 */
public final class MigrationLockedException extends MigrationException {

    private static final long serialVersionUID = 1L;

    MigrationLockedException(String message, Throwable cause) {
        super(message, cause);
    }
}
