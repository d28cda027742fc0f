package rillite.querysets.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values together occur once in a table: a primary key, a UNIQUE constraint or a unique index over columns.
 *
 * @param columns the columns, in the order of the key
 * @param predicate the WHERE of a partial index, as written: only rows that fulfil it are unique; else null
 */
public record UniqueKey(List<Column> columns, @Nullable String predicate) {

    public UniqueKey {
        columns = List.copyOf(columns);
    }

    /** Whether it holds for every row. */
    public boolean isTotal() {
        return predicate == null;
    }
}
