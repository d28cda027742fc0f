package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/**
 * A commit that somebody else's reader holds up, as a rollback journal allows it: it is sent again until the deadline, and
 * what is reported as failed is not there.
 */
final class BusyCommitTests extends EngineCase {
    private TestDatabase database;
    private Connection connection;
    private java.sql.Connection outside;
    private Statement reading;
    private ResultSet rows;

    @BeforeEach
    void openBoth() throws SQLException {
        database = open("journalMode=DELETE", "lockWaitTimeout=PT10S");
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER)");
        exec(connection, "INSERT INTO t SELECT x FROM (" + ENDLESS + " LIMIT 1000)");
        outside = database.jdbc();
        reading = outside.createStatement();
    }

    @AfterEach
    void closeOutside() throws SQLException {
        outside.close();
    }

    private void hold() throws SQLException {
        rows = reading.executeQuery("SELECT a FROM t");
        rows.next();
    }

    private void letGo() throws SQLException {
        rows.close();
    }

    private long count() throws SQLException {
        try (var all = outside.createStatement().executeQuery("SELECT count(*) FROM t WHERE a < 0")) {
            return all.getLong(1);
        }
    }

    private List<Flux<?>> kinds() {
        return List.of(
                TestDatabase.counts(connection, "INSERT INTO t VALUES (-1)"),
                TestDatabase.counts(connection, "INSERT INTO t VALUES (-1) RETURNING a"),
                Flux.from(connection
                        .createBatch()
                        .add("INSERT INTO t VALUES (-1)")
                        .add("INSERT INTO t VALUES (-1)")
                        .execute()),
                Flux.range(0, 20)
                        .flatMap(i -> database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (-1)"))),
                Flux.concat(
                        connection.beginTransaction(),
                        TestDatabase.counts(connection, "INSERT INTO t VALUES (-1)")
                                .then(),
                        connection.commitTransaction()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void heldUp_thenLetGo_isCommitted(int kind) throws SQLException {
        hold();
        CompletableFuture<Void> write = kinds().get(kind).then().toFuture();
        await().during(Duration.ofMillis(150)).atMost(Duration.ofSeconds(30)).until(() -> !write.isDone());

        letGo();

        assertThat(write).succeedsWithin(Duration.ofSeconds(8));
        assertThat(count()).isPositive();
        assertThat(connection.isAutoCommit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void heldUp_pastTheDeadline_isATimeout_andNotThere(int kind) throws SQLException {
        TestDatabase same = database;
        done(connection.setLockWaitTimeout(Duration.ofMillis(300)));
        hold();
        Flux<?> write = kind == 3 ? manyOf(same, Duration.ofMillis(300)) : kinds().get(kind);

        Throwable error = Await.error(write);

        assertThat(error).isInstanceOf(R2dbcTimeoutException.class);
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo("55P03");
        assertThat(connection.isAutoCommit()).isTrue();
        letGo();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(30)).until(() -> count() == 0);
        assertThat(exec(connection, "INSERT INTO t VALUES (-2)")).containsExactly(1L);
    }

    /** Twenty writes, of which none may be cancelled: each has to report its own failure before the last of them is told. */
    private static Flux<?> manyOf(TestDatabase database, Duration patience) {
        return Flux.range(0, 20)
                .flatMap(i -> Flux.usingWhen(
                                database.factory().create(),
                                c -> Mono.from(c.setLockWaitTimeout(patience))
                                        .thenMany(TestDatabase.counts(c, "INSERT INTO t VALUES (-1)")),
                                Connection::close)
                        .then(Mono.<Throwable>empty())
                        .onErrorResume(Mono::just))
                .collectList()
                .flatMapMany(errors -> {
                    assertThat(errors).hasSize(20).allMatch(R2dbcTimeoutException.class::isInstance);
                    return Flux.error(errors.get(0));
                });
    }

    @Test
    void readsOfOthers_doNotNeedTheCommit() throws SQLException {
        hold();
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (-1)");

        assertThat(read(connection, Long.class, "SELECT count(*) FROM t WHERE a < 0"))
                .containsExactly(1L);
        done(connection.rollbackTransaction());
        letGo();
        assertThat(count()).isZero();
    }
}
