package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.CascadeRules.Rule;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.schema.Column;

/** The rows of one table that are to be deleted: their keys, and the values by which others reference them. */
final class CollectedRows {

    private final TableModel table;
    private final List<Column> key;
    private final List<Column> columns;
    private final Set<List<@Nullable Object>> seen = new HashSet<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    CollectedRows(TableModel table, List<Rule> rules) {
        this.table = table;
        key = table.keyFor("delete from");
        columns = new ArrayList<>(key);
        for (Rule rule : rules) {
            for (Column column : rule.parentColumns()) {
                if (!columns.contains(column)) {
                    columns.add(column);
                }
            }
        }
    }

    /** The rows that reference collected ones by a foreign key. */
    static Condition of(Map<TableModel, CollectedRows> collected, Rule rule) {
        CollectedRows parents = collected.get(rule.parent());
        return parents == null ? Condition.NEVER : parents.referencing(rule);
    }

    TableModel table() {
        return table;
    }

    /** The statement that finds rows of this table. */
    Select select(Condition where) {
        List<Expression> read = StoredKeys.read(columns);
        return Select.of(table.source(), read).withWhere(where);
    }

    List<@Nullable Object> read(Row row) {
        return StoredKeys.of(row, columns.size());
    }

    /** Takes the rows that are new, and gives those. */
    List<List<@Nullable Object>> add(List<List<@Nullable Object>> found) {
        List<List<@Nullable Object>> fresh = new ArrayList<>();
        for (List<@Nullable Object> row : found) {
            if (seen.add(List.copyOf(row.subList(0, key.size())))) {
                fresh.add(row);
            }
        }
        rows.addAll(fresh);
        return fresh;
    }

    int size() {
        return rows.size();
    }

    /** These rows. */
    Condition own() {
        return StoredKeys.in(key, key, rows);
    }

    /** The rows that reference these ones by a foreign key. */
    Condition referencing(Rule rule) {
        return referencing(rule, rows);
    }

    /** The rows that reference some of these ones by a foreign key. */
    Condition referencing(Rule rule, List<List<@Nullable Object>> some) {
        int[] places = rule.parentColumns().stream().mapToInt(columns::indexOf).toArray();
        List<List<@Nullable Object>> values = new ArrayList<>(some.size());
        for (List<@Nullable Object> row : some) {
            List<@Nullable Object> value = new ArrayList<>(places.length);
            for (int place : places) {
                value.add(row.get(place));
            }
            values.add(value);
        }
        return StoredKeys.in(rule.columns(), rule.parentColumns(), values);
    }
}
