package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.ValidationDepth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.BlockingCalls;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** No public call of the driver blocks; and the watcher that says so really sees SQLite's native calls. */
@Tag("blockhound")
@ExtendWith(LeakFree.class)
final class BlockHoundIT {
    @TempDir
    Path directory;

    @BeforeEach
    void watch() {
        BlockingCalls.watch();
    }

    @Test
    void control_step_isReported() throws Exception {
        try (var jdbc = TestDatabase.jdbc(directory.resolve("control.db"));
                var query = jdbc.prepareStatement("SELECT 1")) {
            assertReported("step", query::executeQuery);
        }
    }

    @Test
    void control_exec_isReported() throws Exception {
        try (var jdbc = TestDatabase.jdbc(directory.resolve("control.db"))) {
            var db = jdbc.unwrap(SQLiteConnection.class).getDatabase();
            assertReported("_exec_utf8", () -> db._exec("PRAGMA user_version"));
        }
    }

    @Test
    void control_prepare_isReported() throws Exception {
        try (var jdbc = TestDatabase.jdbc(directory.resolve("control.db"))) {
            assertReported("prepare_utf8", () -> jdbc.prepareStatement("SELECT 2"));
        }
    }

    @Test
    void control_sleepInMapper_isReported() {
        try (var database = TestDatabase.in(directory)) {
            database.items(10);

            Throwable error = Await.error(database.using(c -> TestDatabase.rows(
                    c,
                    row -> {
                        sleepOneMillisecond();
                        return row;
                    },
                    "SELECT id FROM item")));

            assertThat(Await.causes(error)).hasAtLeastOneElementOfType(BlockingOperationError.class);
            BlockingCalls.assertSeen("sleep");
        }
    }

    @Test
    void control_sleepInMapperOfLongResult_isReported() {
        try (var database = TestDatabase.in(directory)) {
            database.items(20_000);

            Throwable error = Await.error(database.using(c -> TestDatabase.rows(
                    c,
                    row -> {
                        Long id = row.get(0, Long.class);
                        if (id != null && id == 15_000L) {
                            sleepOneMillisecond();
                        }
                        return row;
                    },
                    "SELECT id FROM item ORDER BY id")));

            assertThat(Await.causes(error)).hasAtLeastOneElementOfType(BlockingOperationError.class);
            BlockingCalls.assertSeen("sleep");
        }
    }

    @Test
    void blockInMapper_isRefused() {
        try (var database = TestDatabase.in(directory)) {
            database.items(10);

            Throwable error = Await.error(database.using(c ->
                    TestDatabase.rows(c, row -> Mono.delay(Duration.ofMillis(1)).block(), "SELECT id FROM item")));

            assertThat(Await.causes(error))
                    .anySatisfy(cause -> assertThat(cause).hasMessageContaining("block"));
        }
    }

    @Test
    void everyCall_fromAnEventLoop_doesNotBlock() {
        try (var database = TestDatabase.in(directory)) {
            Await.done(database.using(this::useEverything).subscribeOn(Schedulers.parallel()));

            assertThat(database.file()).exists();
            BlockingCalls.assertNone();
        }
    }

    @Test
    void errorAndCancel_onAnEventLoop_doNotBlock() {
        try (var database = TestDatabase.in(directory)) {
            database.items(5_000);
            var broken = database.using(c -> TestDatabase.counts(c, "SELEKT 1")).onErrorComplete();
            var cancelled = database.using(c ->
                    TestDatabase.column(c, Long.class, "SELECT id FROM item").take(7));
            var duplicate = database.using(c -> TestDatabase.counts(c, "INSERT INTO item VALUES (1, 'twice')"))
                    .onErrorComplete();

            Await.done(Flux.concat(broken, cancelled, duplicate).subscribeOn(Schedulers.parallel()));

            BlockingCalls.assertNone();
        }
    }

    private Mono<Void> useEverything(Connection connection) {
        return Flux.concat(
                        TestDatabase.counts(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"),
                        TestDatabase.counts(connection, "INSERT INTO t VALUES (?, ?)", 1, "one"),
                        Mono.from(connection.setTransactionIsolationLevel(IsolationLevel.SERIALIZABLE)),
                        Mono.from(connection.beginTransaction()),
                        TestDatabase.counts(connection, "INSERT INTO t VALUES (?, ?)", 2, "two"),
                        Mono.from(connection.createSavepoint("s")),
                        TestDatabase.counts(connection, "DELETE FROM t"),
                        Mono.from(connection.rollbackTransactionToSavepoint("s")),
                        Mono.from(connection.releaseSavepoint("s")),
                        Mono.from(connection.commitTransaction()),
                        Flux.<Result>from(connection
                                        .createBatch()
                                        .add("INSERT INTO t VALUES (3, 'three')")
                                        .add("SELECT count(*) FROM t")
                                        .execute())
                                .concatMap(Result::getRowsUpdated),
                        TestDatabase.column(connection, String.class, "SELECT b FROM t ORDER BY a"),
                        Mono.from(connection.beginTransaction()),
                        Mono.from(connection.rollbackTransaction()),
                        Mono.from(connection.validate(ValidationDepth.LOCAL)),
                        Mono.from(connection.validate(ValidationDepth.REMOTE)))
                .then();
    }

    private static void assertReported(String method, Callable<?> call) {
        Throwable error = Await.error(Mono.fromCallable(call).subscribeOn(Schedulers.parallel()));

        assertThat(error).isInstanceOf(BlockingOperationError.class).hasMessageContaining(method);
        BlockingCalls.assertSeen(method);
    }

    private static void sleepOneMillisecond() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
