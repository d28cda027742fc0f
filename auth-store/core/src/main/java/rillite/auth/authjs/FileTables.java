package rillite.auth.authjs;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.Row;

/**
 * The tables that a file has. Upper and lower case of names make no difference, as in SQLite.
 *
 * @param tables columns by name, by the name of the table
 * @param keys unique keys as {@code table(column,column)}, in lower case, columns sorted
 * @param cascades columns as {@code table.column}, in lower case, whose rows go with the one they reference
 */
record FileTables(Map<String, Map<String, Column>> tables, Set<String> keys, Set<String> cascades) {

    /**
     * A column.
     *
     * @param table as the file writes it
     * @param name as the file writes it
     * @param type as declared, in upper case
     * @param required whether an INSERT must name it
     * @param initial its default as SQL
     */
    record Column(
            String table,
            String name,
            String type,
            boolean required,
            @Nullable String initial) {}

    private static final String COLUMNS = "SELECT t.name AS tab, c.name AS col, upper(c.type) AS kind,"
            + " c.dflt_value AS initial, c.\"notnull\" AND c.dflt_value IS NULL AND c.hidden = 0"
            + " AND NOT (c.pk = 1 AND upper(c.type) = 'INTEGER') AS required"
            + " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
            + " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    private static final String KEYS =
            "SELECT lower(t.name || '(' || group_concat(c.name, ',' ORDER BY lower(c.name)) || ')') AS name"
                    + " FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c"
                    + " WHERE t.schema = 'main' AND i.\"unique\" AND NOT i.partial GROUP BY t.name, i.name"
                    + " HAVING count(*) = count(c.name)"; // an expression has no name
    private static final String CASCADES = "SELECT lower(t.name || '.' || f.\"from\") AS name FROM pragma_table_list t"
            + " JOIN pragma_foreign_key_list(t.name) f WHERE t.schema = 'main' AND upper(f.on_delete) = 'CASCADE'";

    static Mono<FileTables> in(Database database) {
        return Mono.zip(
                        rows(database, COLUMNS).map(FileTables::byTable),
                        names(database, KEYS),
                        names(database, CASCADES))
                .map(found -> new FileTables(found.getT1(), found.getT2(), found.getT3()));
    }

    private static Mono<List<Row>> rows(Database database, String sql) {
        return database.sql(sql).values().flux().collectList();
    }

    private static Map<String, Map<String, Column>> byTable(List<Row> rows) {
        Map<String, Map<String, Column>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Row row : rows) {
            Column column = new Column(
                    text(row, "tab"),
                    text(row, "col"),
                    text(row, "kind"),
                    Long.valueOf(1).equals(row.get("required", Long.class)),
                    row.get("initial", String.class));
            tables.computeIfAbsent(column.table(), none -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))
                    .put(column.name(), column);
        }
        return tables;
    }

    private static String text(Row row, String name) {
        return Optional.ofNullable(row.get(name, String.class)).orElse("");
    }

    private static Mono<Set<String>> names(Database database, String sql) {
        return rows(database, sql).map(rows -> {
            Set<String> names = new TreeSet<>();
            rows.forEach(row -> names.add(text(row, "name")));
            return names;
        });
    }

    /** The columns of a table; none when there is no such table. */
    Map<String, Column> columns(String table) {
        return tables.getOrDefault(table, Map.of());
    }

    /** Names of tables but those. */
    List<String> others(Collection<String> known) {
        Set<String> rest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rest.addAll(tables.keySet());
        known.forEach(rest::remove);
        return new ArrayList<>(rest);
    }

    boolean isUnique(String table, String... columns) {
        String sorted = Arrays.stream(columns)
                .map(column -> column.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(joining(","));
        return keys.contains(table.toLowerCase(Locale.ROOT) + "(" + sorted + ")");
    }

    boolean cascades(String table, String column) {
        return cascades.contains((table + "." + column).toLowerCase(Locale.ROOT));
    }
}
