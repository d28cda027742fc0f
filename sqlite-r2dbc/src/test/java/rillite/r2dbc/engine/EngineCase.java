package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import rillite.core.LaneStats;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteStatistics;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** A folder of its own for every test; whatever a test opens is closed after the leak assertion. */
@ExtendWith(LeakFree.class)
abstract class EngineCase {
    static final String ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The database {@code app.db} of this test. */
    TestDatabase open(String... options) {
        return openAt(directory.resolve("app.db"), options);
    }

    TestDatabase openAt(Path file, String... options) {
        TestDatabase database = TestDatabase.at(file, options);
        opened.add(database);
        return database;
    }

    /** A factory for a URL, such as an in-memory one. */
    SqliteConnectionFactory factory(String url) {
        SqliteConnectionFactory factory = SqliteConnectionFactory.fromUrl(url);
        opened.add(() -> done(factory.close()));
        return factory;
    }

    /** A connection that is closed with the test. */
    Connection connect(TestDatabase database) {
        Connection connection = database.connect();
        opened.add(() -> done(connection.close()));
        return connection;
    }

    Connection connect(SqliteConnectionFactory factory) {
        Connection connection = Await.one(factory.create());
        opened.add(() -> done(connection.close()));
        return connection;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    static void done(Publisher<?> publisher) {
        Await.done(publisher);
    }

    /** Runs SQL in a session and returns its update counts. */
    static List<Long> exec(Connection connection, String sql, Object... binds) {
        return Await.all(TestDatabase.counts(connection, sql, binds));
    }

    /** Reads the first column in a session. */
    static <T> List<T> read(Connection connection, Class<T> type, String sql, Object... binds) {
        return Await.all(TestDatabase.column(connection, type, sql, binds));
    }

    static LaneStats stats(Object connectionOrFactory) {
        return SqliteCapabilities.require(connectionOrFactory, SqliteStatistics.class)
                .statistics();
    }

    /** Asserts that the publisher fails with this class and SQLState, and returns the error. */
    static R2dbcException assertFails(Publisher<?> publisher, Class<? extends R2dbcException> type, String sqlState) {
        Throwable error = Await.error(publisher);
        assertThat(error).isInstanceOf(type);
        R2dbcException known = type.cast(error);
        assertThat(known.getSqlState()).as("SQLState of %s", error).isEqualTo(sqlState);
        return known;
    }

    static R2dbcException assertFails(
            Connection connection, String sql, Class<? extends R2dbcException> type, String sqlState) {
        return assertFails(TestDatabase.counts(connection, sql), type, sqlState);
    }
}
