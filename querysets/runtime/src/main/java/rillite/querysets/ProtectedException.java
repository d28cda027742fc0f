package rillite.querysets;

import java.util.List;

/**
 * A row cannot be deleted because others reference it. Arrives through onError; nothing was written.
 */
public final class ProtectedException extends QueryException {

    private static final long serialVersionUID = 1L;

    /** So many keys are told. */
    static final int LISTED = 10;

    private final String table;
    private final String foreignKey;
    private final List<Object> keys;

    ProtectedException(String message, String table, String foreignKey, List<Object> keys) {
        super(message);
        this.table = table;
        this.foreignKey = foreignKey;
        this.keys = List.copyOf(keys);
    }

    /** The table of the rows that are in the way. */
    public String table() {
        return table;
    }

    /** The foreign key by which they reference the row, for example {@code award(author_id) -> author(id)}. */
    public String foreignKey() {
        return foreignKey;
    }

    /** Keys of the rows that are in the way, at most {@value #LISTED}: a value, or a list for a key of several columns. */
    public List<Object> keys() {
        return keys;
    }
}
