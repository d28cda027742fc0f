package rillite.querysets.migrate.make;

import io.r2dbc.spi.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.SchemaReader;
import rillite.querysets.schema.Table;

/** Everything that statements created in a database, in the order in which they did. Immutable. */
final class SchemaDump {

    /** What belongs to SQLite, or to a virtual table, is made by them. */
    private static final String OBJECTS = """
            SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL \
            AND lower(substr(name, 1, 7)) <> 'sqlite_' AND name NOT IN (SELECT name FROM pragma_table_list \
            WHERE schema = 'main' AND type = 'shadow') ORDER BY rowid""";

    private final List<SchemaObject> objects;
    private final Map<String, Table> tables;
    private final Map<Kind, Map<String, SchemaObject>> byName = new EnumMap<>(Kind.class);

    private SchemaDump(List<SchemaObject> objects, Map<String, Table> tables) {
        this.objects = List.copyOf(objects);
        this.tables = tables;
        for (Kind kind : Kind.values()) {
            byName.put(kind, new HashMap<>());
        }
        this.objects.forEach(object -> named(object.kind()).put(Names.fold(object.name()), object));
    }

    /** Reads the statements only. */
    static Mono<List<SchemaObject>> objects(Connection connection, Texts texts) {
        return Flux.from(connection.createStatement(OBJECTS).execute())
                .concatMap(result -> result.map((row, metadata) ->
                        SchemaObject.of(text(row.get(0)), text(row.get(1)), text(row.get(2)), text(row.get(3)), texts)))
                .collectList();
    }

    /** Reads everything. */
    static Mono<SchemaDump> read(Connection connection, Texts texts) {
        return Mono.defer(() -> objects(connection, texts))
                .flatMap(objects -> SchemaReader.read(connection).map(schema -> {
                    Map<String, Table> tables = new LinkedHashMap<>();
                    schema.tables().forEach(table -> tables.put(Names.fold(table.name()), table));
                    return new SchemaDump(objects, tables);
                }));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    List<SchemaObject> objects() {
        return objects;
    }

    List<SchemaObject> all(Kind kind) {
        return objects.stream().filter(object -> object.kind() == kind).toList();
    }

    private Map<String, SchemaObject> named(Kind kind) {
        return Objects.requireNonNull(byName.get(kind));
    }

    /** What has that name among things of that kind. */
    @Nullable SchemaObject find(Kind kind, String name) {
        return named(kind).get(Names.fold(name));
    }

    /** Whether a table, view or index has that name: they share their names. */
    boolean isTaken(String name) {
        String folded = Names.fold(name);
        return tables.containsKey(folded) || named(Kind.INDEX).containsKey(folded);
    }

    /** What discovery tells of a table or view. */
    Table table(String name) {
        return Objects.requireNonNull(tables.get(Names.fold(name)), name);
    }

    /** The same with what the other one has for tables of which nothing is to be known. */
    SchemaDump taking(SchemaDump other, Predicate<String> ignored) {
        List<SchemaObject> merged = new ArrayList<>();
        objects.stream().filter(object -> !ignored.test(object.table())).forEach(merged::add);
        other.objects.stream().filter(object -> ignored.test(object.table())).forEach(merged::add);
        Map<String, Table> known = new LinkedHashMap<>(tables);
        known.keySet().removeIf(ignored);
        other.tables.forEach((name, table) -> {
            if (ignored.test(name)) {
                known.put(name, table);
            }
        });
        return new SchemaDump(merged, known);
    }

    @Override
    public String toString() {
        return objects.toString();
    }
}
