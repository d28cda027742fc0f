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

    private final TableModel model;
    private final String table;
    private final Slots slots;
    private final Origin origin;
    private final List<String> names;
    private final List<Output> outputs;
    private final ColumnType[] types;
    private final Map<String, Integer> positions;
    private final int[] key;
    private final boolean keyed;
    private final List<String> tableColumns;

    private RowShape(TableModel model, List<Output> outputs) {
        this.model = model;
        table = model.name();
        slots = Slots.NONE;
        origin = Origin.of(table);
        this.outputs = List.copyOf(outputs);
        names = outputs.stream().map(Output::name).toList();
        types = outputs.stream().map(Output::type).toArray(ColumnType[]::new);
        positions = positions(outputs);
        key = model.key().stream().mapToInt(this::positionOf).toArray();
        keyed = key.length > 0;
        tableColumns = model.visible().stream().map(Column::name).toList();
    }

    /** A shape whose values answer to the names under which they were asked for. */
    static RowShape of(TableModel model, List<Output> outputs) {
        return new RowShape(model, outputs);
    }

    private RowShape(RowShape other, Slots slots, Origin origin) {
        model = other.model;
        table = other.table;
        outputs = other.outputs;
        names = other.names;
        types = other.types;
        positions = other.positions;
        key = other.key;
        keyed = other.keyed;
        tableColumns = other.tableColumns;
        this.slots = slots;
        this.origin = origin;
    }

    /** The same values, with these places for related rows. */
    RowShape with(Slots newSlots, Origin newOrigin) {
        return new RowShape(this, newSlots, newOrigin);
    }

    private int positionOf(Column column) {
        for (int i = 0; i < outputs.size(); i++) {
            if (column.equals(outputs.get(i).column())) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Integer> positions(List<Output> outputs) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            positions.putIfAbsent(outputs.get(i).name(), i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            positions.putIfAbsent(TableModel.propertyName(outputs.get(i).name()), i);
            Column column = outputs.get(i).column();
            if (column != null) {
                positions.putIfAbsent(column.name(), i);
                positions.putIfAbsent(TableModel.propertyName(column.name()), i);
            }
        }
        return positions;
    }

    Slots slots() {
        return slots;
    }

    Origin origin() {
        return origin;
    }

    /** The place of related rows; throws when they were not loaded with rows of this shape, or do not exist. */
    int slot(String relation) {
        int position = slots.position(relation);
        if (position < 0) {
            throw notLoaded(relation);
        }
        return position;
    }

    /** Says by which call the related rows are loaded. */
    QueryException notLoaded(String relation) {
        return LoadingErrors.notLoaded(model, slots, origin, relation);
    }

    String table() {
        return table;
    }

    List<String> names() {
        return names;
    }

    List<Output> outputs() {
        return outputs;
    }

    ColumnType type(int position) {
        return types[position];
    }

    /** The type as written in the declaration, or as computed. */
    String declaredType(int position) {
        Column column = outputs.get(position).column();
        return column == null ? types[position].name() : column.declaredType();
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
        outputs.forEach(output -> {
            Column column = output.column();
            if (column != null) {
                unloaded.remove(column.name());
            }
        });
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
        return outputs.get(position).operand().label() + where;
    }
}
