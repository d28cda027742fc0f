package rillite.cli;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.SqlFunctions;
import rillite.r2dbc.OpenMode;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/**
 * A database while a command uses it.
 *
 * @param path the real path of the file
 * @param connections leads to it
 * @param database the same, as QuerySets see it
 */
public record OpenDatabase(Path path, SqliteConnectionFactory connections, Database database) implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * Opens a file without any write to it: its journal mode stays.
     *
     * @throws Refusal it cannot be opened
     */
    public static OpenDatabase forReading(InputFile file) {
        return open(file.path(), file.real(), OpenMode.RO);
    }

    /**
     * Opens a file that exists for reading and writing, and switches it to a write-ahead log as every program with Rillite
     * does.
     *
     * @throws Refusal it cannot be opened
     */
    public static OpenDatabase forWriting(InputFile file) {
        return open(file.path(), file.real(), OpenMode.RW);
    }

    /**
     * Opens a file for reading and writing that may be missing.
     *
     * @throws Refusal it cannot be opened
     */
    public static OpenDatabase create(Path file) {
        return open(file, file.toAbsolutePath(), OpenMode.RWC);
    }

    private static OpenDatabase open(Path typed, Path real, OpenMode mode) {
        SqliteConnectionFactory connections = SqliteConnectionFactory.from(configuration(typed, real, mode));
        try {
            DatabaseOptions options = DatabaseOptions.defaults().schemaCheck(Duration.ZERO);
            Database database =
                    Objects.requireNonNull(Database.over(connections, options).block());
            return new OpenDatabase(real, connections, database);
        } catch (RuntimeException e) {
            close(connections);
            if (Exceptions.unwrap(e) instanceof R2dbcException refused) {
                throw new Refusal("\"" + typed + "\" cannot be opened: " + refused.getMessage(), refused);
            }
            throw e;
        }
    }

    /** Whoever reads at the other end of a pipe may take as long as he likes: no cursor is too old. */
    private static SqliteConnectionConfiguration configuration(Path typed, Path real, OpenMode mode) {
        try {
            return SqlFunctions.addTo(SqliteConnectionConfiguration.builder()
                            .file(real)
                            .mode(mode)
                            .cursorIdleTimeout(Duration.ZERO)
                            .maxSnapshotAge(Duration.ZERO)
                            .transactionIdleTimeout(Duration.ZERO))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new Refusal("\"" + typed + "\" cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static void close(SqliteConnectionFactory connections) {
        Mono.from(connections.close()).block(CLOSING);
    }

    /** The rows of one statement, on a connection of their own. */
    public <T> Flux<T> rows(String sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return Flux.usingWhen(
                connections.create(), connection -> rows(connection, sql, mapper, binds), Connection::close);
    }

    public static <T> Flux<T> rows(
            Connection connection, String sql, Function<Row, T> mapper, @Nullable Object... binds) {
        return Flux.from(bound(connection, sql, binds).execute())
                .concatMap(result -> result.map((row, metadata) -> mapper.apply(row)));
    }

    /** Runs a statement in a transaction of its own and gives the number of rows that it changed. */
    public Mono<Long> changed(String sql, List<?> binds) {
        return Mono.usingWhen(
                connections.create(), connection -> changed(connection, sql, binds.toArray()), Connection::close);
    }

    public static Mono<Long> changed(Connection connection, String sql, @Nullable Object... binds) {
        return Flux.from(bound(connection, sql, binds).execute())
                .concatMap(Result::getRowsUpdated)
                .reduce(0L, Long::sum);
    }

    private static Statement bound(Connection connection, String sql, @Nullable Object... binds) {
        Statement statement = connection.createStatement(sql);
        for (int i = 0; i < binds.length; i++) {
            Object value = binds[i];
            if (value == null) {
                statement.bindNull(i, Object.class);
            } else {
                statement.bind(i, value);
            }
        }
        return statement;
    }

    /** All rows of a short result. */
    public <T> List<T> list(String sql, Function<Row, T> mapper, Object... binds) {
        return Objects.requireNonNull(rows(sql, mapper, binds).collectList().block());
    }

    /** The first value of a PRAGMA or a query as text; empty when there is none. */
    public String text(String sql) {
        return Objects.requireNonNullElse(
                rows(sql, row -> Objects.requireNonNullElse(row.get(0, String.class), ""))
                        .blockFirst(),
                "");
    }

    /** The first value of a PRAGMA or a query as a number; 0 when there is none. */
    public long number(String sql) {
        return Objects.requireNonNullElse(
                rows(sql, row -> Objects.requireNonNullElse(row.get(0, Long.class), 0L))
                        .blockFirst(),
                0L);
    }

    /** A name as SQL. */
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() {
        close(connections);
    }
}
