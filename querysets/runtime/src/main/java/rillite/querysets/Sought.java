package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/**
 * A new row, divided into what it is looked for by and the rest.
 *
 * @param lookup columns with the values that the row has
 * @param defaults what else the row has when it is made
 */
record Sought(List<Pair> lookup, Fields defaults) {

    static Sought of(QueryState state, String verb, Fields row, String[] by) {
        ColumnValues values = new ColumnValues(state);
        Map<String, List<Column>> wanted = new LinkedHashMap<>();
        for (String name : by) {
            wanted.put(name, values.columns(name));
        }
        Map<List<Column>, Pair> found = new LinkedHashMap<>();
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        row.asMap().forEach((name, value) -> {
            List<Column> columns = values.columns(name);
            if (wanted.containsValue(columns)) {
                found.put(columns, new Pair(KeyPath.of(List.of(name)), value));
            } else {
                rest.put(name, value);
            }
        });
        List<Pair> lookup = new ArrayList<>();
        wanted.forEach((name, columns) -> {
            Pair pair = found.get(columns);
            if (pair == null) {
                throw Errors.invalidQuery(verb + " of \"" + state.table() + "\" looks for the row by \"" + name
                        + "\", for which the new row has no value. It has: "
                        + row.asMap().keySet() + ".");
            }
            lookup.add(pair);
        });
        return new Sought(lookup, Fields.of(rest));
    }
}
