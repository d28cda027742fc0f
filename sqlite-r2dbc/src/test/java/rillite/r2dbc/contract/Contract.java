package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** One database file and one session for each test. A test that begins a transaction ends it. */
@ExtendWith(LeakFree.class)
abstract class Contract {
    TestDatabase database;
    Connection connection;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = TestDatabase.in(directory, options());
        connection = database.connect();
        exec("CREATE TABLE t (a INTEGER)");
    }

    @AfterEach
    void close() {
        Await.done(connection.close());
        database.close();
    }

    String[] options() {
        return new String[0];
    }

    /** Runs SQL in the session of the test and returns its update counts. */
    List<Long> exec(String sql, Object... binds) {
        return Await.all(TestDatabase.counts(connection, sql, binds));
    }

    /** Reads the first column in the session of the test. */
    <T> List<T> read(Class<T> type, String sql, Object... binds) {
        return Await.all(TestDatabase.column(connection, type, sql, binds));
    }

    /** The values of {@code t} as another session sees them. */
    List<Integer> committed() {
        return database.read(Integer.class, "SELECT a FROM t ORDER BY a");
    }

    static void done(Publisher<?> publisher) {
        Await.done(publisher);
    }

    /** Asserts that the publisher fails with this class and SQLState, and returns the error. */
    static R2dbcException assertFails(Publisher<?> publisher, Class<? extends R2dbcException> type, String sqlState) {
        R2dbcException error =
                type.cast(assertThat(Await.error(publisher)).isInstanceOf(type).actual());
        assertThat(error.getSqlState()).as("SQLState of %s", error).isEqualTo(sqlState);
        return error;
    }
}
