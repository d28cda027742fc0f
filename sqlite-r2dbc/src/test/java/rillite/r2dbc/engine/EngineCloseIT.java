package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** What is running when an engine is closed ends with an error that says so, and what is not committed is not there. */
final class EngineCloseIT extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a)");
        exec(connection, "INSERT INTO t VALUES (1)");
    }

    private Throwable errorAtClose(Flux<?> running) {
        CompletableFuture<Throwable> error = running.then()
                .<Throwable>thenReturn(new AssertionError("it completed"))
                .onErrorResume(reactor.core.publisher.Mono::just)
                .toFuture();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> stats(database.factory()).activeCommands() > 0);
        long start = System.nanoTime();

        database.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(error).succeedsWithin(Duration.ofSeconds(2));
        return error.join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM (" + ENDLESS + ")",
                "INSERT INTO t " + ENDLESS,
                "CREATE TABLE u AS " + ENDLESS,
                "UPDATE t SET a = (SELECT count(*) FROM (" + ENDLESS + ")) RETURNING a"
            })
    void endlessStatement_isStopped(String sql) {
        Throwable error = errorAtClose(TestDatabase.counts(connection, sql));

        assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
        assertThat(((R2dbcException) error).getSqlState()).isIn("08003", "57014");
        assertThat(error.getMessage()).containsIgnoringCase("closed");
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(1);
        assertThat(TestDatabase.peek(database.file(), "SELECT a FROM t")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT count(*) FROM (" + ENDLESS + ")", "INSERT INTO t " + ENDLESS})
    void endlessStatement_inATransaction_isStopped_nothingIsKept(String sql) {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (2)");

        Throwable error = errorAtClose(TestDatabase.counts(connection, sql));

        assertThat(error).isInstanceOf(R2dbcException.class);
        assertThat(connection.isAutoCommit()).isTrue();
        done(connection.rollbackTransaction());
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(1);
        assertThat(database.file().resolveSibling("app.db-wal")).doesNotExist();
    }

    @Test
    void openTransaction_isRolledBack() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (2)");

        database.close();

        assertFails(connection.commitTransaction(), R2dbcNonTransientResourceException.class, "08003");
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void emitOn_carriesEverySignal() {
        Scheduler scheduler = Schedulers.newSingle("mine", true);
        SqliteConnectionFactory factory = SqliteConnectionFactory.from(SqliteConnectionConfiguration.builder()
                .file(directory.resolve("emit.db"))
                .emitOn(scheduler)
                .build());
        Connection session = Await.one(factory.create());
        exec(session, "CREATE TABLE e (a)");
        exec(session, "INSERT INTO e " + ENDLESS + " LIMIT 5000");
        for (String sql :
                new String[] {"SELECT 1", "SELECT a FROM e", "UPDATE e SET a = 1 RETURNING a", "SELECT nope"}) {
            var threads = Flux.from(session.createStatement(sql).execute())
                    .concatMap(
                            result -> result.map(row -> Thread.currentThread().getName()))
                    .onErrorResume(
                            R2dbcException.class,
                            e -> Flux.just(Thread.currentThread().getName()));

            assertThat(Await.all(threads)).as(sql).isNotEmpty().allMatch(name -> name.startsWith("mine"));
        }
        done(factory.close());
        scheduler.dispose();
    }
}
