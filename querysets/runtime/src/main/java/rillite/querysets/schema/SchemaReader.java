package rillite.querysets.schema;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the schema of a SQLite file over an R2DBC connection.
 *
 * <p>Five statements at the most in one read-only transaction, whatever the number of tables. Only a file with a view or
 * virtual table that cannot be read, or not within two seconds, costs one more statement per view and virtual table; such
 * a table is reported with its problem instead of failing the rest.
 */
public final class SchemaReader {

    private static final String OBJECTS = """
            SELECT sqlite_version(), e.encoding, v.schema_version, o.type, o.name, o.tbl_name, o.sql, \
            (SELECT group_concat(f.name) FROM (SELECT DISTINCT lower(name) AS name FROM pragma_function_list \
            WHERE NOT builtin) AS f) \
            FROM pragma_encoding AS e JOIN pragma_schema_version AS v \
            LEFT JOIN main.sqlite_schema AS o ON o.sql IS NOT NULL ORDER BY o.name""";

    private static final String COLUMNS =
            "SELECT s.name, c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden";

    private static final String TABLES = " FROM main.sqlite_schema AS s";

    private static final String ORDINARY =
            " WHERE s.type = 'table' AND substr(s.name, 1, 7) <> 'sqlite_' AND s.sql NOT LIKE 'CREATE VIRTUAL TABLE%'";

    private static final String TABLE_COLUMNS =
            COLUMNS + TABLES + " JOIN pragma_table_xinfo(s.name, 'main') AS c" + ORDINARY + " ORDER BY s.name, c.cid";

    private static final String SHADOWS = "SELECT name, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM pragma_table_list"
            + " WHERE schema = 'main' AND type = 'shadow'";

    private static final String VIEW_COLUMNS = COLUMNS + TABLES + " JOIN pragma_table_xinfo(s.name, 'main') AS c"
            + " WHERE s.type = 'view' OR s.sql LIKE 'CREATE VIRTUAL TABLE%'";

    private static final String ORDERED = " ORDER BY 1, 2";

    private static final String VIEWS_AND_SHADOWS = VIEW_COLUMNS + " UNION ALL " + SHADOWS + ORDERED;

    private static final String ONE_VIEW =
            COLUMNS + " FROM (SELECT ? AS name) AS s JOIN pragma_table_xinfo(s.name, 'main') AS c ORDER BY c.cid";

    private static final String FOREIGN_KEYS =
            "SELECT s.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete" + TABLES
                    + " JOIN pragma_foreign_key_list(s.name, 'main') AS f" + ORDINARY
                    + " ORDER BY s.name, f.id DESC, f.seq";

    private static final String INDEXES =
            "SELECT s.name, i.name, i.\"unique\", i.origin, i.partial, x.name, x.\"desc\", x.coll" + TABLES
                    + " JOIN pragma_index_list(s.name, 'main') AS i JOIN pragma_index_xinfo(i.name, 'main') AS x"
                    + ORDINARY + " AND x.key = 1 ORDER BY s.name, i.name, x.seqno";

    /** SQLite works out the columns of views by expanding them, which can take as long as somebody wants it to. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String TOO_LONG = "SQLite takes too long to work out the columns of the views of this file";

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
                .then(Mono.defer(() -> views(connection, builder)))
                .thenMany(query(connection, FOREIGN_KEYS, SchemaReader::reference))
                .doOnNext(builder::reference)
                .thenMany(query(connection, INDEXES, SchemaReader::indexTerm))
                .doOnNext(builder::indexTerm)
                .then(Mono.fromSupplier(() -> builder.build(names)));
    }

    private static boolean object(Row row, SchemaBuilder builder) {
        builder.about(text(row, 0), text(row, 1), number(row, 2), row.get(7, String.class));
        if (row.get(3) != null) {
            builder.object(new SchemaBuilder.ObjectLine(text(row, 3), text(row, 4), text(row, 5), text(row, 6)));
        }
        return true;
    }

    private static Mono<Void> views(Connection connection, SchemaBuilder builder) {
        if (builder.views().isEmpty()) {
            return Mono.empty();
        }
        String sql = builder.hasVirtual() ? VIEWS_AND_SHADOWS : VIEW_COLUMNS + ORDERED;
        return query(connection, sql, Line::of)
                .collectList()
                .timeout(PATIENCE)
                .onErrorResume(oneFails -> oneByOne(connection, builder))
                .doOnNext(lines -> lines.forEach(line -> line.tell(builder)))
                .then();
    }

    private static Mono<List<Line>> oneByOne(Connection connection, SchemaBuilder builder) {
        Mono<List<Line>> shadows = builder.hasVirtual()
                ? query(connection, SHADOWS, Line::of)
                        .collectList()
                        .timeout(PATIENCE)
                        .onErrorReturn(List.of())
                : Mono.empty();
        long begun = System.nanoTime();
        return shadows.concatWith(Flux.fromIterable(builder.views()).concatMap(view -> {
                    Duration left = PATIENCE.minusNanos(System.nanoTime() - begun);
                    if (left.isNegative()) {
                        builder.unreadable(view, TOO_LONG);
                        return Mono.empty();
                    }
                    return query(connection.createStatement(ONE_VIEW).bind(0, view), Line::of)
                            .collectList()
                            .timeout(left)
                            .onErrorResume(error -> {
                                builder.unreadable(view, error instanceof TimeoutException ? TOO_LONG : said(error));
                                return Mono.empty();
                            });
                }))
                .flatMapIterable(lines -> lines)
                .collectList();
    }

    private static String said(Throwable error) {
        return String.valueOf(error.getMessage());
    }

    /** A column of a view, or the name of a shadow table. */
    private record Line(String table, SchemaBuilder.@Nullable ColumnLine column) {

        static Line of(Row row) {
            return new Line(text(row, 0), row.get(1) == null ? null : SchemaReader.column(row));
        }

        void tell(SchemaBuilder builder) {
            if (column == null) {
                builder.shadow(table);
            } else {
                builder.column(column);
            }
        }
    }

    private static SchemaBuilder.ColumnLine column(Row row) {
        return new SchemaBuilder.ColumnLine(
                text(row, 0),
                number(row, 1),
                text(row, 2),
                Objects.requireNonNullElse(row.get(3, String.class), ""),
                flag(row, 4),
                row.get(5, String.class),
                number(row, 6),
                number(row, 7));
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
