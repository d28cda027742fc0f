package rillite.querysets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/** Under which names a row knows its values. Rows read as records never ask, so the names wait for the first who does. */
final class RowNames {

    private final List<Column> keyColumns;
    private final List<Output> outputs;
    private @Nullable Key key;
    private @Nullable List<String> names;
    private @Nullable Map<String, Integer> positions;

    /** Positions of the key columns; null when not all are among the values. */
    private record Key(int @Nullable [] positions) {}

    RowNames(List<Column> keyColumns, List<Output> outputs) {
        this.keyColumns = keyColumns;
        this.outputs = outputs;
    }

    /** The positions of the key columns, null when not all of them are among the values. */
    int @Nullable [] key() {
        Key known = key;
        if (known == null) {
            known = new Key(keyPositions());
            key = known;
        }
        return known.positions;
    }

    private int @Nullable [] keyPositions() {
        int[] found = new int[keyColumns.size()];
        for (int part = 0; part < found.length; part++) {
            int position = 0;
            while (position < outputs.size()
                    && !keyColumns.get(part).equals(outputs.get(position).column())) {
                position++;
            }
            if (position == outputs.size()) {
                return null;
            }
            found[part] = position;
        }
        return found;
    }

    /** The names in the order of the values. */
    List<String> all() {
        List<String> known = names;
        if (known == null) {
            known = outputs.stream().map(Output::name).toList();
            names = known;
        }
        return known;
    }

    /** The position of a name, of a column or of its property name; null when there is none. */
    @Nullable Integer position(String name) {
        Map<String, Integer> known = positions;
        if (known == null) {
            // A copy that cannot change is safe to read by a thread that finds it here.
            known = Map.copyOf(positions());
            positions = known;
        }
        return known.get(name);
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            found.putIfAbsent(outputs.get(i).name(), i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            found.putIfAbsent(TableModel.propertyName(outputs.get(i).name()), i);
            Column column = outputs.get(i).column();
            if (column != null) {
                found.putIfAbsent(column.name(), i);
                found.putIfAbsent(TableModel.propertyName(column.name()), i);
            }
        }
        return found;
    }
}
