package rillite.auth.authjs;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
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
 * @param cascades columns as {@code table.column>parent.column}, in lower case, whose rows go with the one they reference
 * @param withoutRowid tables that number no rows, in lower case
 * @param loose columns as {@code table.column}, in lower case, with a unique key that compares otherwise than exactly
 * @param names of tables, indexes and whatever else shares their names, in lower case
 */
record FileTables(
        Map<String, Map<String, Column>> tables,
        Set<String> keys,
        Set<String> cascades,
        Set<String> withoutRowid,
        Set<String> loose,
        Set<String> names) {

    /**
     * A column.
     *
     * @param table as the file writes it
     * @param name as the file writes it
     * @param type as declared, in upper case
     * @param required whether an INSERT must name it
     * @param initial its default as SQL, null also for NULL
     */
    record Column(
            String table,
            String name,
            String type,
            boolean required,
            @Nullable String initial) {

        /** Whether SQLite makes numbers of the texts in it that look like numbers. */
        boolean isNumeric() {
            return type.contains("INT")
                    || !type.isEmpty()
                            && List.of("CHAR", "CLOB", "TEXT", "BLOB").stream().noneMatch(type::contains);
        }
    }

    private static final String COLUMNS = "SELECT t.name AS tab, c.name AS col, upper(c.type) AS kind,"
            + " iif(upper(c.dflt_value) = 'NULL', NULL, c.dflt_value) AS initial,"
            + " c.\"notnull\" AND ifnull(upper(c.dflt_value), 'NULL') = 'NULL' AND c.hidden = 0"
            + " AND NOT (c.pk = 1 AND upper(c.type) = 'INTEGER') AS required"
            + " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
            + " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    private static final String KEYS =
            "SELECT lower(t.name || '(' || group_concat(c.name, ',' ORDER BY lower(c.name)) || ')') AS name"
                    + " FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c"
                    + " WHERE t.schema = 'main' AND t.type = 'table' AND i.\"unique\" AND NOT i.partial GROUP BY t.name, i.name"
                    + " HAVING count(*) = count(c.name)"; // an expression has no name
    private static final String CASCADES = "SELECT lower(t.name || '.' || f.\"from\" || '>' || f.\"table\" || '.'"
            + " || ifnull(f.\"to\", (SELECT group_concat(p.name) FROM pragma_table_info(f.\"table\") p WHERE p.pk))) AS name"
            + " FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f"
            + " WHERE t.schema = 'main' AND t.type = 'table' AND upper(f.on_delete) = 'CASCADE'";
    private static final String WITHOUT_ROWID =
            "SELECT lower(name) AS name FROM pragma_table_list WHERE schema = 'main' AND wr";
    private static final String LOOSE = "SELECT lower(t.name || '.' || c.name) AS name"
            + " FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_xinfo(i.name) c"
            + " WHERE t.schema = 'main' AND t.type = 'table' AND i.\"unique\" AND c.\"key\" AND c.name IS NOT NULL"
            + " AND upper(c.coll) <> 'BINARY'";
    private static final String NAMES = "SELECT lower(name) AS name FROM sqlite_schema";

    static Mono<FileTables> in(Database database) {
        return Mono.zip(
                        rows(database, COLUMNS).map(FileTables::byTable),
                        names(database, KEYS),
                        names(database, CASCADES),
                        names(database, WITHOUT_ROWID),
                        names(database, LOOSE),
                        names(database, NAMES))
                .map(found -> new FileTables(
                        found.getT1(), found.getT2(), found.getT3(), found.getT4(), found.getT5(), found.getT6()));
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

    /** What is missing of a table and those of its columns, as a clause; empty when all is there. */
    Optional<String> missing(String table, List<String> columns) {
        Map<String, Column> there = columns(table);
        if (there.isEmpty()) {
            return Optional.of("table " + table + " is missing");
        }
        return columns.stream()
                .filter(column -> !there.containsKey(column))
                .map(column -> "column " + table + "." + column + " is missing")
                .findFirst();
    }

    /** Names of tables but those. */
    List<String> others(Collection<String> known) {
        Set<String> rest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rest.addAll(tables.keySet());
        known.forEach(rest::remove);
        return new ArrayList<>(rest);
    }

    boolean isUnique(String table, List<String> columns) {
        String sorted = columns.stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(joining(","));
        return keys.contains(table.toLowerCase(Locale.ROOT) + "(" + sorted + ")");
    }

    /** Whether rows of a table go with the row of a parent, of which they hold the id. */
    boolean cascades(String table, String column, String parent) {
        return cascades.contains((table + "." + column + ">" + parent + ".id").toLowerCase(Locale.ROOT));
    }

    boolean isWithoutRowid(String table) {
        return withoutRowid.contains(table.toLowerCase(Locale.ROOT));
    }

    boolean isLoose(String table, String column) {
        return loose.contains((table + "." + column).toLowerCase(Locale.ROOT));
    }

    /** That name, or one like it that nothing has yet. */
    String free(String name) {
        String free = name;
        for (int i = 2; names.contains(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
