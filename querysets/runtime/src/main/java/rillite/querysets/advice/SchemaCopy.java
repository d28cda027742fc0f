package rillite.querysets.advice;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Plan;
import rillite.querysets.Row;
import rillite.querysets.SqlFunctions;
import rillite.querysets.schema.Table;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/**
 * The tables, indexes and views of a database in memory, without rows but with its statistics: all that SQLite looks at when
 * it makes a plan. What cannot be made there, such as a table whose module is missing, is left out.
 */
final class SchemaCopy {

    private static final String OBJECTS =
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'"
                    + " AND substr(name, 1, 7) <> 'sqlite_' ORDER BY type = 'view', type = 'index', rowid";
    private static final String STATISTICS = "sqlite_stat1";

    private final Database memory;

    private SchemaCopy(Database memory) {
        this.memory = memory;
    }

    /** Makes a copy for the work and forgets it afterwards, also on error and on cancel. */
    static <T> Mono<T> use(Database original, Function<SchemaCopy, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.fromSupplier(SchemaCopy::connections),
                connections -> open(original, connections).flatMap(work),
                SqliteConnectionFactory::close);
    }

    private static SqliteConnectionFactory connections() {
        return SqliteConnectionFactory.from(
                SqlFunctions.addTo(SqliteConnectionConfiguration.builder().memory())
                        .build());
    }

    private static Mono<SchemaCopy> open(Database original, SqliteConnectionFactory connections) {
        DatabaseOptions options = DatabaseOptions.defaults().schemaCheck(Duration.ZERO);
        return Database.over(connections, options)
                .flatMap(memory -> objects(original, memory)
                        .then(statistics(original, memory))
                        .thenReturn(new SchemaCopy(memory)));
    }

    private static Mono<Void> objects(Database original, Database memory) {
        Set<String> shadows = original.schema().tables().stream()
                .filter(table -> table.kind() == Table.Kind.SHADOW)
                .map(Table::name)
                .collect(Collectors.toSet());
        return original.sql(OBJECTS)
                .values()
                .flux()
                .filter(row -> !shadows.contains(text(row, "name")) && isCreate(text(row, "sql")))
                .concatMap(row -> memory.sql(text(row, "sql")).execute().onErrorComplete())
                .then();
    }

    private static String text(Row row, String name) {
        String text = row.get(name, String.class);
        return text == null ? "" : text;
    }

    /** A file may hold anything in this place; only what makes an object is sent. */
    private static boolean isCreate(String sql) {
        return sql.toUpperCase(Locale.ROOT).startsWith("CREATE ");
    }

    private static Mono<Void> statistics(Database original, Database memory) {
        Flux<Row> lines = original.sql("SELECT tbl, idx, stat FROM " + STATISTICS)
                .values()
                .flux()
                .onErrorComplete();
        return lines.collectList().flatMap(rows -> {
            if (rows.isEmpty()) {
                return Mono.empty();
            }
            // an ANALYZE makes the table, a second one reads it
            return memory.sql("ANALYZE")
                    .execute()
                    .thenMany(Flux.fromIterable(rows))
                    .concatMap(row -> memory.sql(
                                    "INSERT INTO " + STATISTICS + " VALUES (?, ?, ?)",
                                    row.get("tbl", Object.class),
                                    row.get("idx", Object.class),
                                    row.get("stat", Object.class))
                            .execute())
                    .then(memory.sql("ANALYZE sqlite_schema").execute())
                    .then();
        });
    }

    Mono<Plan> plan(String sql, List<@Nullable Object> binds) {
        return memory.sql(sql, binds.toArray()).explain();
    }

    Mono<Void> create(List<IndexProposal> indexes) {
        return Flux.fromIterable(indexes)
                .concatMap(index -> memory.sql(index.sql()).execute().onErrorComplete())
                .then();
    }

    Mono<Void> drop(List<IndexProposal> indexes) {
        return Flux.fromIterable(indexes)
                .concatMap(index -> memory.sql("DROP INDEX IF EXISTS " + Quoting.name(index.name()))
                        .execute())
                .then();
    }
}
