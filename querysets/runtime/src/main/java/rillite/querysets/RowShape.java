package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** What all rows of one query have in common; shared by them. */
final class RowShape {

    private final String table;
    private final List<String> names;
    private final List<Column> columns;
    private final ColumnType[] types;
    private final Map<String, Integer> positions;
    private final int[] key;
    private final boolean keyed;
    private final List<String> tableColumns;

    private RowShape(TableModel model, List<Column> columns, List<String> names) {
        table = model.name();
        this.names = List.copyOf(names);
        this.columns = List.copyOf(columns);
        types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
        positions = positions(columns, names);
        key = model.key().stream().mapToInt(columns::indexOf).toArray();
        keyed = key.length > 0;
        tableColumns = model.table().visibleColumns().stream().map(Column::name).toList();
    }

    static RowShape of(TableModel model, List<Column> columns) {
        return new RowShape(model, columns, columns.stream().map(Column::name).toList());
    }

    /** A shape whose columns answer to the names under which they were asked for. */
    static RowShape of(TableModel model, List<Column> columns, List<String> names) {
        return new RowShape(model, columns, names);
    }

    private static Map<String, Integer> positions(List<Column> columns, List<String> names) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            positions.putIfAbsent(names.get(i), i);
        }
        for (int i = 0; i < columns.size(); i++) {
            positions.putIfAbsent(columns.get(i).name(), i);
            positions.putIfAbsent(TableModel.propertyName(columns.get(i).name()), i);
        }
        return positions;
    }

    String table() {
        return table;
    }

    List<String> names() {
        return names;
    }

    List<Column> columns() {
        return columns;
    }

    ColumnType type(int position) {
        return types[position];
    }

    int size() {
        return types.length;
    }

    /** Positions of the key columns, null when the key is not complete or the table has none. */
    int @Nullable [] key() {
        if (!keyed) {
            return null;
        }
        for (int position : key) {
            if (position < 0) {
                return null;
            }
        }
        return key;
    }

    boolean isKeyed() {
        return keyed;
    }

    /** The position of a name, or throws with the nearest ones. */
    int position(String name) {
        Integer position = positions.get(name);
        if (position != null) {
            return position;
        }
        if (tableColumns.contains(name)) {
            throw new NotLoadedException("The column " + table + "." + name
                    + " was not read by the query of this row, which reads: " + String.join(", ", names)
                    + ". Add it to values(..).");
        }
        throw new UnknownFieldException(
                "Unknown field \"" + name + "\" in a row of " + table + "." + Nearest.hint(Nearest.of(name, names))
                        + " Fields: " + String.join(", ", names),
                name,
                name,
                table,
                Nearest.of(name, names));
    }

    Set<String> unloadedNames() {
        Set<String> unloaded = new LinkedHashSet<>(tableColumns);
        columns.forEach(column -> unloaded.remove(column.name()));
        return unloaded;
    }

    /** {@code table.column (key 3)}, for messages about one cell. */
    String label(int position, @Nullable Object[] values) {
        List<String> keyTexts = new ArrayList<>();
        int[] places = key();
        if (places != null) {
            for (int place : places) {
                keyTexts.add(names.get(place) + " " + values[place]);
            }
        }
        String where = keyTexts.isEmpty() ? "" : " (" + String.join(", ", keyTexts) + ")";
        return columns.get(position).qualifiedName() + where;
    }
}
