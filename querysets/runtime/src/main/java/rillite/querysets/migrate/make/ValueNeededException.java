package rillite.querysets.migrate.make;

import java.util.List;

/** Columns must not be NULL, and nothing tells which value rows have that exist already. No draft was made. */
public final class ValueNeededException extends DraftRefusedException {

    private static final long serialVersionUID = 1L;

    ValueNeededException(String message, List<String> columns) {
        super(message, columns);
    }

    /** The columns, as {@link Make#backfill} takes them: {@code book.isbn}. */
    public List<String> columns() {
        return subjects();
    }
}
