package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.schema.Column;

/**
 * One row of a bulk as SQLite stores it.
 *
 * @param index position in the source, from 0
 * @param columns what is given
 * @param values one for each column
 */
record BulkRow(long index, List<Column> columns, List<@Nullable Object> values) {

    /** The row of values that are constants. */
    static BulkRow of(long index, Map<Column, Expression> given) {
        List<@Nullable Object> values = new ArrayList<>(given.size());
        given.values().forEach(value -> values.add(((Expression.Bind) value).value()));
        return new BulkRow(index, List.copyOf(given.keySet()), values);
    }

    /** The value of a column, null when it is NULL or not given. */
    @Nullable Object get(Column column) {
        int place = columns.indexOf(column);
        return place < 0 ? null : values.get(place);
    }

    /** About how much memory it takes. */
    long bytes() {
        long bytes = 16L + 16L * values.size();
        for (Object value : values) {
            if (value instanceof String text) {
                bytes += 2L * text.length();
            } else if (value instanceof ByteBuffer blob) {
                bytes += blob.remaining();
            }
        }
        return bytes;
    }
}
