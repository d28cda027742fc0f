package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * A table or column that a query names is gone: the schema of the file changed after the query was built. The new schema
 * is known by then, so the query can be built again. Its cause is the error of the database.
 */
public final class SchemaChangedException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String table;
    private final @Nullable String column;

    SchemaChangedException(String message, @Nullable String table, @Nullable String column, Throwable cause) {
        super(message, cause);
        this.table = table;
        this.column = column;
    }

    /** The table that is gone, or whose column is; null when what was missing is there again. */
    public @Nullable String table() {
        return table;
    }

    /** The column that is gone, null when the whole table is, or when that is not known. */
    public @Nullable String column() {
        return column;
    }
}
