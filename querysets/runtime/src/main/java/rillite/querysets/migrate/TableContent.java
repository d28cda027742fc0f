package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds, condensed: how many rows, and for each column how many values and a sum that does not depend on the
 * order of rows. Takes memory for the columns only.
 *
 * @param rows number of rows
 * @param columns by name
 */
record TableContent(long rows, Map<String, ColumnContent> columns) {

    /**
     * @param values that are not NULL
     * @param sum over the values, each with the key of its row
     */
    record ColumnContent(long values, long sum) {
        static final ColumnContent NONE = new ColumnContent(0, 0);

        ColumnContent plus(String key, @Nullable String value) {
            return value == null ? this : new ColumnContent(values + 1, sum + hash(key + '\u0000' + value));
        }
    }

    TableContent {
        columns = Map.copyOf(columns);
    }

    static TableContent empty(List<String> columns) {
        Map<String, ColumnContent> none = new LinkedHashMap<>();
        columns.forEach(column -> none.put(column, ColumnContent.NONE));
        return new TableContent(0, none);
    }

    /**
     * The content with one more row.
     *
     * @param names of the columns
     * @param key text of the row's primary key, empty without one
     * @param values as SQL literals, null for NULL
     */
    TableContent plus(List<String> names, String key, List<@Nullable String> values) {
        Map<String, ColumnContent> more = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnContent column = Objects.requireNonNull(columns.get(names.get(i)));
            more.put(names.get(i), column.plus(key, values.get(i)));
        }
        return new TableContent(rows + 1, more);
    }

    /** Whether every value of another table is here, in the same rows and under whatever names. */
    boolean holds(TableContent other) {
        return rows == other.rows
                && other.columns.values().stream()
                        .allMatch(column -> column.values == 0 || columns.containsValue(column));
    }

    /** This content with new columns under the names of those that are gone and whose values they have. */
    TableContent underNamesOf(TableContent before) {
        Map<String, ColumnContent> named = new LinkedHashMap<>(columns);
        columns.forEach((name, column) -> {
            if (!before.columns.containsKey(name)) {
                before.columns.forEach((old, content) -> {
                    if (column.equals(content)) {
                        named.putIfAbsent(old, content);
                    }
                });
            }
        });
        return new TableContent(rows, named);
    }

    /** What the later content has lost of this one: rows, columns with values. */
    List<String> lostIn(String table, @Nullable TableContent later) {
        List<String> lost = new ArrayList<>();
        if (later == null) {
            if (rows > 0) {
                lost.add("table " + table + " is gone with its " + rows(rows));
            }
            return lost;
        }
        if (later.rows < rows) {
            lost.add("table " + table + " had " + rows(rows) + " and has " + later.rows);
        }
        columns.forEach((name, column) -> {
            ColumnContent now = later.columns.get(name);
            if (now == null && column.values > 0) {
                lost.add("column " + table + "." + name + " is gone with its " + values(column.values));
            } else if (now != null && now.values < column.values && later.rows >= rows) {
                lost.add("column " + table + "." + name + " had " + values(column.values) + " and has " + now.values);
            }
        });
        return lost;
    }

    /** What the later content has lost or changed of this one. */
    List<String> changedIn(String table, @Nullable TableContent later) {
        List<String> changed = lostIn(table, later);
        if (later != null && changed.isEmpty()) {
            columns.forEach((name, column) -> {
                if (!column.equals(later.columns.get(name))) {
                    changed.add("column " + table + "." + name + " has other values than before");
                }
            });
        }
        return changed;
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private static String values(long count) {
        return count == 1 ? "1 value" : count + " values";
    }

    /** 64 bits, mixed well enough for sums. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
