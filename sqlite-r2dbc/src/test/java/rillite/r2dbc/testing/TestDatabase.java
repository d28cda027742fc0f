package rillite.r2dbc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * A database file and a connection factory over it, found by URL as a user finds it. Closing it closes the factory and
 * everything the factory wraps. While it is open, {@link LeakFree} asserts after each test that it holds no snapshot.
 */
public final class TestDatabase implements AutoCloseable {
    private static final Set<TestDatabase> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final String url;
    private final ConnectionFactory factory;

    private TestDatabase(Path file, String url) {
        this.file = file;
        this.url = url;
        this.factory = ConnectionFactories.get(url);
        OPEN.add(this);
    }

    /** A database {@code app.db} in the directory; options are {@code name=value}. */
    public static TestDatabase in(Path directory, String... options) {
        return at(directory.resolve("app.db"), options);
    }

    /** A database at the path; options are {@code name=value}. */
    public static TestDatabase at(Path file, String... options) {
        return via("", file, options);
    }

    /** As {@link #at}, behind another R2DBC driver: {@code "pool:"} or {@code "proxy:"}. */
    public static TestDatabase via(String wrapper, Path file, String... options) {
        return new TestDatabase(file, url(wrapper, file, options));
    }

    /** The URL of a file: {@code r2dbc:sqlite:file:////path?options}. */
    public static String url(String wrapper, Path file, String... options) {
        String query = options.length == 0 ? "" : "?" + String.join("&", options);
        return "r2dbc:" + wrapper + "sqlite:file:///" + file.toAbsolutePath() + query;
    }

    public Path file() {
        return file;
    }

    public String url() {
        return url;
    }

    public ConnectionFactory factory() {
        return factory;
    }

    /** Opens a session and waits for it. */
    public Connection connect() {
        return Await.one(factory.create());
    }

    /** Uses a session of its own for one publisher and closes it afterwards, whatever happens. */
    public <T> Flux<T> using(Function<Connection, ? extends Publisher<T>> use) {
        return Flux.usingWhen(factory.create(), use::apply, Connection::close);
    }

    /** Runs SQL (several statements allowed) in a session of its own and returns the sum of the update counts. */
    public long run(String sql, Object... binds) {
        return Await.one(using(c -> counts(c, sql, binds).reduce(0L, Long::sum)));
    }

    /** Reads the first column of every row in a session of its own. */
    public <T> List<T> read(Class<T> type, String sql, Object... binds) {
        return Await.all(using(c -> column(c, type, sql, binds)));
    }

    /** Reads one value in a session of its own. */
    public <T> T value(Class<T> type, String sql, Object... binds) {
        return Await.one(using(c -> column(c, type, sql, binds)));
    }

    /** Creates {@code item(id, name)} with the given number of rows, ids from 1. */
    public void items(int rows) {
        run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        run(
                "INSERT INTO item SELECT value, printf('item %07d', value) FROM (WITH RECURSIVE n(value) AS"
                        + " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)",
                rows);
    }

    /** A statement with the binds at index 0 and up. */
    public static Statement bound(Connection connection, String sql, Object... binds) {
        Statement statement = connection.createStatement(sql);
        for (int i = 0; i < binds.length; i++) {
            statement.bind(i, binds[i]);
        }
        return statement;
    }

    /** The update counts of every result, in order. */
    public static Flux<Long> counts(Connection connection, String sql, Object... binds) {
        return Flux.<Result>from(bound(connection, sql, binds).execute()).concatMap(Result::getRowsUpdated);
    }

    /** The first column of every row. */
    public static <T> Flux<T> column(Connection connection, Class<T> type, String sql, Object... binds) {
        return rows(connection, row -> value(row, type), sql, binds);
    }

    /** Every row through a mapper. */
    public static <T> Flux<T> rows(Connection connection, Function<Row, T> mapper, String sql, Object... binds) {
        return Flux.<Result>from(bound(connection, sql, binds).execute())
                .concatMap(result -> result.map((row, metadata) -> mapper.apply(row)));
    }

    private static <T> T value(Row row, Class<T> type) {
        T value = row.get(0, type);
        assertThat(value).as("first column").isNotNull();
        return value;
    }

    /** A connection of plain JDBC to the same file, for looking at it from outside the engine. */
    public java.sql.Connection jdbc() throws SQLException {
        return jdbc(file);
    }

    /** A connection of plain JDBC. */
    public static java.sql.Connection jdbc(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** Reads one value of the file through plain JDBC. */
    public static @Nullable Object peek(Path file, String sql) {
        try (var connection = jdbc(file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getObject(1) : null;
        } catch (SQLException e) {
            throw new AssertionError("cannot read " + file + " by JDBC: " + sql, e);
        }
    }

    /** Asserts that no open database keeps a snapshot: a truncating checkpoint is not told to wait. */
    static void assertNoSnapshots() {
        OPEN.forEach(TestDatabase::assertNoSnapshot);
    }

    /** Asserts within 5 s that a truncating checkpoint from outside is not held up by a snapshot or a writer. */
    public void assertNoSnapshot() {
        if (!file.toFile().exists() || url.contains("mode=ro")) {
            return;
        }
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(peek(file, "PRAGMA wal_checkpoint(TRUNCATE)"))
                        .as("busy flag of a truncating checkpoint of %s", file)
                        .isEqualTo(0));
    }

    @Override
    public void close() {
        OPEN.remove(this);
        close(factory);
    }

    /** Closes a factory and every factory it wraps. */
    public static void close(ConnectionFactory factory) {
        Object next = factory;
        while (next != null) {
            if (next instanceof Closeable closeable) {
                Await.done(closeable.close());
            }
            Object inner = next instanceof Wrapped<?> wrapped ? wrapped.unwrap() : null;
            next = inner == next ? null : inner;
        }
    }
}
