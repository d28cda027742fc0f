package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.Map;
import rillite.querysets.schema.ForeignKey.Action;

/**
 * How writes behave.
 *
 * @param maxMaterializeRows most rows that a write gives back
 * @param onDelete rules of foreign keys, by {@code table.column}, that stand for those of the file
 */
record WriteOptions(int maxMaterializeRows, Map<String, Action> onDelete) {

    static final WriteOptions DEFAULTS = new WriteOptions(100_000, Map.of());

    WriteOptions {
        onDelete = Map.copyOf(onDelete);
        if (maxMaterializeRows < 1) {
            throw new IllegalArgumentException("maxMaterializeRows must be at least 1, got " + maxMaterializeRows);
        }
    }

    WriteOptions maxMaterializeRows(int rows) {
        return new WriteOptions(rows, onDelete);
    }

    WriteOptions onDelete(String foreignKey, Action action) {
        if (foreignKey.indexOf('.') < 1) {
            throw new IllegalArgumentException(
                    "A foreign key is named table.column, for example book.author_id; got \"" + foreignKey + "\"");
        }
        Map<String, Action> more = new LinkedHashMap<>(onDelete);
        more.put(foreignKey, action);
        return new WriteOptions(maxMaterializeRows, more);
    }
}
