package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.SqlText;
import rillite.querysets.schema.Column;

/**
 * A statement that is sent with the values of many rows.
 *
 * @param columns whose values it takes
 * @param text with a {@link Slot} in place of each value that comes from the row
 */
record RowStatement(List<Column> columns, SqlText text) {

    /** The value of a column of the row. */
    private record Slot(int place) {}

    /** Stands for the value at a place of {@code columns} while the statement is built. */
    static Expression slot(int place) {
        return new Bind(new Slot(place));
    }

    static List<Expression> slots(int size) {
        List<Expression> slots = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slots.add(slot(i));
        }
        return slots;
    }

    /** The binds for one row. */
    List<@Nullable Object> binds(BulkRow row) {
        boolean straight = row.columns().equals(columns);
        List<@Nullable Object> binds = new ArrayList<>(text.binds().size());
        for (Object bind : text.binds()) {
            if (bind instanceof Slot slot) {
                binds.add(straight ? row.values().get(slot.place()) : row.get(columns.get(slot.place())));
            } else {
                binds.add(bind);
            }
        }
        return binds;
    }
}
