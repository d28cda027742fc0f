package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.SchemaReader;
import rillite.querysets.schema.Table;

/**
 * A database at one moment, condensed.
 *
 * @param parts of the schema
 * @param contents of the tables, by name
 * @param dangling foreign keys to tables that do not exist
 */
record Snapshot(SortedMap<String, String> parts, SortedMap<String, TableContent> contents, List<String> dangling) {

    static Mono<Snapshot> of(Connection connection) {
        return SchemaReader.read(connection)
                .flatMap(schema -> Flux.fromIterable(schema.tables())
                        .filter(table -> table.kind() == Table.Kind.TABLE
                                && !table.name().equals(History.TABLE))
                        .concatMap(table -> content(connection, table).map(content -> new Named(table.name(), content)))
                        .collectList()
                        .map(contents -> new Snapshot(
                                SchemaParts.of(schema),
                                contents.stream()
                                        .collect(Collectors.toMap(
                                                Named::name, Named::content, (a, b) -> a, TreeMap::new)),
                                dangling(schema))));
    }

    private record Named(String name, TableContent content) {}

    private static Mono<TableContent> content(Connection connection, Table table) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        String columns =
                names.stream().map(name -> "quote(" + quoted(name) + ")").collect(Collectors.joining(", "));
        String key = table.primaryKey().isEmpty()
                ? "''"
                : table.primaryKey().stream()
                        .map(column -> "quote(" + quoted(column.name()) + ")")
                        .collect(Collectors.joining(" || ',' || "));
        return StatementRun.rows(
                        connection, "SELECT " + key + ", " + columns + " FROM " + quoted(table.name()), row -> {
                            List<@Nullable String> values = new ArrayList<>();
                            for (int i = 1; i <= names.size(); i++) {
                                String value = row.get(i, String.class);
                                values.add(value == null || value.equals("NULL") ? null : value);
                            }
                            return new Line(String.valueOf(row.get(0, String.class)), values);
                        })
                .reduce(TableContent.empty(names), (content, line) -> content.plus(names, line.key, line.values));
    }

    private record Line(String key, List<@Nullable String> values) {}

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static List<String> dangling(Schema schema) {
        Set<String> tables =
                schema.tables().stream().map(table -> Names.fold(table.name())).collect(Collectors.toSet());
        return schema.tables().stream()
                .flatMap(table -> table.foreignKeys().stream())
                .filter(key -> !tables.contains(Names.fold(key.parentTable())))
                .map(key -> "foreign key " + key + " leads to a table that does not exist")
                .toList();
    }

    /** What this state, after a way up, has lost of the one before. */
    List<String> lossesSince(Snapshot before) {
        List<String> found = new ArrayList<>();
        before.contents.forEach((table, content) -> {
            TableContent same = contents.get(table);
            TableContent now = same == null ? renamed(content, before) : same;
            found.addAll(content.lostIn(table, now == null ? null : now.underNamesOf(content)));
        });
        dangling.stream().filter(key -> !before.dangling.contains(key)).forEach(found::add);
        return found;
    }

    /** The new table that has all that a table held which is gone. */
    private @Nullable TableContent renamed(TableContent gone, Snapshot before) {
        return contents.entrySet().stream()
                .filter(entry -> !before.contents.containsKey(entry.getKey())
                        && entry.getValue().holds(gone))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** In what this state, after a way up and down again, differs from the one before. */
    List<String> differencesFrom(Snapshot before) {
        List<String> found = SchemaParts.differences(before.parts, parts);
        before.contents.forEach((table, content) -> found.addAll(content.changedIn(table, contents.get(table))));
        contents.forEach((table, content) -> {
            TableContent known = before.contents.get(table);
            if (known != null && content.rows() > known.rows()) {
                found.add("table " + table + " had " + known.rows() + " rows and has " + content.rows());
            }
        });
        return found;
    }

    /** The tables that a way back to the beginning left. */
    List<String> leftOver() {
        return parts.keySet().stream().map(part -> part + " is left over").toList();
    }
}
