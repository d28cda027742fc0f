package rillite.querysets.migrate.make;

import java.util.List;
import rillite.querysets.MigrationException;

/** Columns must not be NULL, and nothing tells which value rows have that exist already. No draft was made. */
public final class ValueNeededException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> columns;

    ValueNeededException(String message, List<String> columns) {
        super(message, null);
        this.columns = List.copyOf(columns);
    }

    /** The columns, as {@link Make#backfill} takes them: {@code book.isbn}. */
    public List<String> columns() {
        return columns;
    }
}
