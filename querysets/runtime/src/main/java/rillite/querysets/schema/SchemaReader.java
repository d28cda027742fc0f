package rillite.querysets.schema;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the schema of a SQLite file over an R2DBC connection.
 *
 * <p>Five statements in one read-only transaction, whatever the number of tables. Only a file with a view or virtual
 * table that cannot be read costs one more statement per view and virtual table; such a table is reported with its
 * problem instead of failing the rest.
 */
public final class SchemaReader {

    private static final String OBJECTS = """
            SELECT sqlite_version(), e.encoding, v.schema_version, o.type, o.name, o.tbl_name, o.sql \
            FROM pragma_encoding AS e JOIN pragma_schema_version AS v \
            LEFT JOIN main.sqlite_schema AS o ON o.sql IS NOT NULL ORDER BY o.name""";

    private static final String COLUMNS = """
            SELECT t.name, t.type, t.wr, t.strict, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden \
            FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name, 'main') AS c \
            WHERE t.schema = 'main' AND substr(t.name, 1, 7) <> 'sqlite_' AND t.type IN (%s)""";

    private static final String TABLE_COLUMNS = COLUMNS.formatted("'table', 'shadow'") + " ORDER BY t.name, c.cid";

    private static final String VIEW_COLUMNS = COLUMNS.formatted("'view', 'virtual'") + " ORDER BY t.name, c.cid";

    private static final String ONE_VIEW = COLUMNS.formatted("'view', 'virtual'") + " AND t.name = ? ORDER BY c.cid";

    private static final String VIEWS = "SELECT name, type FROM pragma_table_list"
            + " WHERE schema = 'main' AND type IN ('view', 'virtual') ORDER BY name";

    private static final String FOREIGN_KEYS = """
            SELECT t.name, f.id, f."table", f."from", f."to", f.on_update, f.on_delete \
            FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name, 'main') AS f \
            WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, f.id DESC, f.seq""";

    private static final String INDEXES = """
            SELECT t.name, i.name, i."unique", i.origin, i.partial, x.name, x."desc", x.coll \
            FROM pragma_table_list AS t JOIN pragma_index_list(t.name, 'main') AS i \
            JOIN pragma_index_xinfo(i.name, 'main') AS x \
            WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND x.key = 1 \
            ORDER BY t.name, i.name, x.seqno""";

    private static final TransactionDefinition READ_ONLY = new TransactionDefinition() {
        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            return option.equals(TransactionDefinition.READ_ONLY) ? option.cast(Boolean.TRUE) : null;
        }
    };

    private SchemaReader() {}

    /** As {@link #read(Connection, RelationNames)} with derived names only. */
    public static Mono<Schema> read(Connection connection) {
        return read(connection, RelationNames.none());
    }

    /**
     * Reads tables, columns, keys and indexes of the main database: in a transaction of its own, or in the one that is
     * open. The connection is neither closed nor left in another state. Cancelling stops the running statement. A chosen
     * name that does not fit the file is an {@link IllegalArgumentException}.
     */
    public static Mono<Schema> read(Connection connection, RelationNames names) {
        return Mono.defer(() -> connection.isAutoCommit()
                ? Mono.usingWhen(
                        Mono.from(connection.beginTransaction(READ_ONLY)).thenReturn(connection),
                        open -> readSnapshot(open, names),
                        Connection::commitTransaction,
                        (open, error) -> open.rollbackTransaction(),
                        Connection::rollbackTransaction)
                : readSnapshot(connection, names));
    }

    /** Reads only SQLite's {@code schema_version}, which changes whenever the schema does. */
    public static Mono<Integer> version(Connection connection) {
        return query(connection, "PRAGMA schema_version", row -> number(row, 0)).single();
    }

    private static Mono<Schema> readSnapshot(Connection connection, RelationNames names) {
        SchemaBuilder builder = new SchemaBuilder();
        return query(connection, OBJECTS, row -> object(row, builder))
                .thenMany(query(connection, TABLE_COLUMNS, SchemaReader::column))
                .doOnNext(builder::column)
                .then(views(connection, builder))
                .thenMany(query(connection, FOREIGN_KEYS, SchemaReader::reference))
                .doOnNext(builder::reference)
                .thenMany(query(connection, INDEXES, SchemaReader::indexTerm))
                .doOnNext(builder::indexTerm)
                .then(Mono.fromSupplier(() -> builder.build(names)));
    }

    private static boolean object(Row row, SchemaBuilder builder) {
        builder.about(text(row, 0), text(row, 1), number(row, 2));
        if (row.get(3) != null) {
            builder.object(new SchemaBuilder.ObjectLine(text(row, 3), text(row, 4), text(row, 5), text(row, 6)));
        }
        return true;
    }

    private static Mono<Void> views(Connection connection, SchemaBuilder builder) {
        return query(connection, VIEW_COLUMNS, SchemaReader::column)
                .collectList()
                .onErrorResume(oneFails -> oneByOne(connection, builder))
                .doOnNext(columns -> columns.forEach(builder::column))
                .then();
    }

    private static Mono<List<SchemaBuilder.ColumnLine>> oneByOne(Connection connection, SchemaBuilder builder) {
        return query(connection, VIEWS, row -> List.of(text(row, 0), text(row, 1)))
                .collectList()
                .flatMapIterable(views -> views)
                .concatMap(view -> query(
                                connection.createStatement(ONE_VIEW).bind(0, view.get(0)), SchemaReader::column)
                        .collectList()
                        .onErrorResume(error -> {
                            builder.unreadable(view.get(0), view.get(1), String.valueOf(error.getMessage()));
                            return Mono.just(List.of());
                        }))
                .flatMapIterable(columns -> columns)
                .collectList();
    }

    private static SchemaBuilder.ColumnLine column(Row row) {
        return new SchemaBuilder.ColumnLine(
                text(row, 0),
                text(row, 1),
                flag(row, 2),
                flag(row, 3),
                number(row, 4),
                text(row, 5),
                Objects.requireNonNullElse(row.get(6, String.class), ""),
                flag(row, 7),
                row.get(8, String.class),
                number(row, 9),
                number(row, 10));
    }

    private static SchemaBuilder.ReferenceLine reference(Row row) {
        return new SchemaBuilder.ReferenceLine(
                text(row, 0),
                number(row, 1),
                text(row, 2),
                text(row, 3),
                row.get(4, String.class),
                ForeignKey.Action.of(text(row, 5)),
                ForeignKey.Action.of(text(row, 6)));
    }

    private static SchemaBuilder.IndexLine indexTerm(Row row) {
        return new SchemaBuilder.IndexLine(
                text(row, 0),
                text(row, 1),
                flag(row, 2),
                Index.Origin.of(text(row, 3)),
                flag(row, 4),
                row.get(5, String.class),
                flag(row, 6),
                text(row, 7));
    }

    private static <T> Flux<T> query(Connection connection, String sql, Function<Row, T> mapper) {
        return query(connection.createStatement(sql), mapper);
    }

    private static <T> Flux<T> query(Statement statement, Function<Row, T> mapper) {
        return Flux.from(statement.execute()).concatMap(result -> result.map((row, metadata) -> mapper.apply(row)));
    }

    private static String text(Row row, int index) {
        return Objects.requireNonNull(row.get(index, String.class));
    }

    private static int number(Row row, int index) {
        return Objects.requireNonNull(row.get(index, Integer.class));
    }

    private static boolean flag(Row row, int index) {
        return number(row, index) != 0;
    }
}
