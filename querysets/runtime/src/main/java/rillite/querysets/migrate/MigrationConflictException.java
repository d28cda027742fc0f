package rillite.querysets.migrate;

import java.util.List;
import rillite.querysets.MigrationException;

/** The files and the history of the database do not fit together. The message lists every conflict and what to do. */
public final class MigrationConflictException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient List<MigrationStatus.Entry> conflicts;

    MigrationConflictException(String message, List<MigrationStatus.Entry> conflicts) {
        super(message, null);
        this.conflicts = List.copyOf(conflicts);
    }

    /** The migrations in conflict, by number. */
    public List<MigrationStatus.Entry> conflicts() {
        return conflicts;
    }
}
