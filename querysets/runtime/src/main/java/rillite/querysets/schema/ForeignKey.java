package rillite.querysets.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key.
 *
 * @param table table that holds the key
 * @param columns names of the referencing columns
 * @param parentTable table that is referenced, spelled as in the declaration; it need not exist
 * @param parentColumns names of the referenced columns, in the order of {@code columns}
 * @param onUpdate rule for a changed parent key
 * @param onDelete rule for a deleted parent
 * @param deferred whether it is checked at the end of the transaction instead of each statement
 * @param name the name given by CONSTRAINT, null without one
 */
public record ForeignKey(
        String table,
        List<String> columns,
        String parentTable,
        List<String> parentColumns,
        Action onUpdate,
        Action onDelete,
        boolean deferred,
        @Nullable String name) {

    /** What happens to referencing rows. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        SET_NULL,
        SET_DEFAULT,
        CASCADE;

        static Action of(String sql) {
            return valueOf(sql.replace(' ', '_'));
        }
    }

    public ForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a foreign key of " + table + " has no columns");
        }
    }

    /** How options name it, in lower case: {@code book.author_id}; {@code book.first,second} for several columns. */
    public String key() {
        return Names.fold(table + "." + String.join(",", columns));
    }

    /**
     * The key of a foreign key that is named in an option.
     *
     * @throws IllegalArgumentException it has no {@code table.} before the column
     */
    public static String key(String named) {
        if (named.indexOf('.') < 1) {
            throw new IllegalArgumentException(
                    "A foreign key is named table.column, for example book.author_id; got \"" + named + "\"");
        }
        return Names.fold(named);
    }

    /** For example {@code book(author_id) -> author(id)}, for messages. */
    @Override
    public String toString() {
        String parent = parentColumns.isEmpty() ? "" : "(" + String.join(", ", parentColumns) + ")";
        return table + "(" + String.join(", ", columns) + ") -> " + parentTable + parent;
    }
}
