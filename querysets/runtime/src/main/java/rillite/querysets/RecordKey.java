package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/** A row of a table class where its key is asked for. */
record RecordKey<T>(Table<?, T> table, T row) implements Keyed {

    /** Whether a value is such a row, or several of them. */
    static boolean isIn(@Nullable Object value) {
        return value instanceof RecordKey<?>
                || value instanceof Collection<?> several && several.stream().anyMatch(RecordKey.class::isInstance);
    }

    @Override
    public List<Object> valuesOf(TableModel model, List<Column> wanted) {
        if (!model.name().equals(table.name())) {
            throw Errors.invalidValue(model.name() + ".pk", row, "a key or row of " + model.name());
        }
        List<Object> values = new ArrayList<>(wanted.size());
        for (Column column : wanted) {
            int index = table.columns().indexOf(column.name());
            Object value = index < 0 ? null : table.stored(row, index);
            if (value == null) {
                throw Errors.invalidValue(column.qualifiedName(), null, "a row with a value there");
            }
            values.add(value);
        }
        return values;
    }

    /** No values: they may be secrets. */
    @Override
    public String toString() {
        return "row of " + table.name();
    }
}
