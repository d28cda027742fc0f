package rillite.querysets.migrate.make;

import java.util.List;
import rillite.querysets.MigrationException;

/** A change that is not made by generated migrations, such as another definition of a virtual table. No draft was made. */
public final class UnsupportedChangeException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> changes;

    UnsupportedChangeException(String message, List<String> changes) {
        super(message, null);
        this.changes = List.copyOf(changes);
    }

    /** What cannot be changed, such as {@code virtual table book_search}. */
    public List<String> changes() {
        return changes;
    }
}
