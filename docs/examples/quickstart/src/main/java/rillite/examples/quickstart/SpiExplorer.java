package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The seam over plain SQL; QuerySets take its place. */
final class SpiExplorer implements Explorer {

    private static final String TABLES = "SELECT name FROM pragma_table_list"
            + " WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            + " ORDER BY name";

    private final ConnectionFactory factory;
    private final List<TableInfo> tables;

    private SpiExplorer(ConnectionFactory factory, List<TableInfo> tables) {
        this.factory = factory;
        this.tables = List.copyOf(tables);
    }

    /** Reads the schema once. */
    static Mono<Explorer> over(ConnectionFactory factory) {
        return Sql.on(factory, SpiExplorer::discover).collectList().map(found -> new SpiExplorer(factory, found));
    }

    @Override
    public List<TableInfo> tables() {
        return tables;
    }

    @Override
    public Query all(String table) {
        return new SpiQuery(
                factory, "db.objects(\"" + table + "\")", "SELECT * FROM " + Names.quoted(table), List.of());
    }

    @Override
    public Query showcase(TableInfo table) {
        String all = "SELECT * FROM " + Names.quoted(table.name());
        if (table.columns().containsAll(List.of("price_cents", "published"))) {
            return new SpiQuery(
                    factory,
                    "db.objects(\"book\").filter(\"price_cents__gte\", 3000).orderBy(\"-published\")",
                    all + " WHERE price_cents >= ? ORDER BY published DESC",
                    List.of(3_000));
        }
        String column =
                table.key().isEmpty() ? table.columns().get(0) : table.key().get(0);
        return new SpiQuery(
                factory,
                "db.objects(\"" + table.name() + "\").orderBy(\"-" + column + "\")",
                all + " ORDER BY " + Names.quoted(column) + " DESC",
                List.of());
    }

    @Override
    public Mono<Long> count(String table) {
        return Sql.on(
                        factory,
                        connection -> Sql.query(
                                connection,
                                "SELECT count(*) FROM " + Names.quoted(table),
                                (row, metadata) -> requireNonNull(row.get(0, Long.class))))
                .single();
    }

    @Override
    public Mono<String> misspelt(TableInfo table, String column) {
        String sql = "SELECT " + Names.quoted(column) + " FROM " + Names.quoted(table.name());
        return Sql.on(factory, connection -> Sql.query(connection, sql, SpiExplorer::values))
                .then(Mono.just("no error"))
                .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage())));
    }

    private static Flux<TableInfo> discover(Connection connection) {
        return names(connection, TABLES)
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(table -> Mono.zip(
                                names(connection, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table)
                                        .collectList(),
                                names(
                                                connection,
                                                "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
                                                table)
                                        .collectList(),
                                names(
                                                connection,
                                                "SELECT \"from\" || ' -> ' || \"table\" FROM pragma_foreign_key_list(?)"
                                                        + " ORDER BY id, seq",
                                                table)
                                        .collectList())
                        .map(parts -> new TableInfo(table, parts.getT1(), parts.getT2(), parts.getT3())));
    }

    private static Flux<String> names(Connection connection, String sql, Object... binds) {
        return Sql.query(connection, sql, (row, metadata) -> requireNonNull(row.get(0, String.class)), binds);
    }

    private static Map<String, @Nullable Object> values(Row row, RowMetadata metadata) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<? extends ColumnMetadata> columns = metadata.getColumnMetadatas();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i).getName(), row.get(i));
        }
        return values;
    }

    /** One SQL text with its binds. */
    private record SpiQuery(ConnectionFactory factory, String java, String sql, List<Object> binds) implements Query {

        @Override
        public Mono<List<String>> plan() {
            return Sql.on(
                            factory,
                            connection -> Sql.query(
                                    connection,
                                    "EXPLAIN QUERY PLAN " + sql,
                                    (row, metadata) -> requireNonNull(row.get("detail", String.class)),
                                    binds.toArray()))
                    .collectList();
        }

        @Override
        public Flux<Map<String, @Nullable Object>> rows() {
            return Sql.on(factory, connection -> Sql.query(connection, sql, SpiExplorer::values, binds.toArray()));
        }
    }
}
