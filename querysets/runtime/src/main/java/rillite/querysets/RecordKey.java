package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.schema.Column;

/** A row of a table class where its key is asked for. */
record RecordKey<T>(Table<?, T> table, T row) implements Keyed {

    @Override
    public List<Object> valuesOf(TableModel model, List<Column> wanted) {
        if (!model.name().equals(table.name())) {
            throw Errors.invalidValue(model.name() + ".pk", row, "a key or row of " + model.name());
        }
        List<Object> values = new ArrayList<>(wanted.size());
        for (Column column : wanted) {
            int index = table.columns().indexOf(column.name());
            Object value = index < 0 ? null : table.value(row, index);
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
