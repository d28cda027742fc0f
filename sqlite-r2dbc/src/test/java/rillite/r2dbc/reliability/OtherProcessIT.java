package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** Another process holds the write lock: our writers wait without a thread, up to their deadline and not beyond. */
@ExtendWith(LeakFree.class)
final class OtherProcessIT {
    @TempDir
    Path directory;

    @Test
    void write_whileLocked_waitsAndSucceeds_readsGoOn() throws Exception {
        try (var database = table();
                var other = holder(database)) {
            CompletableFuture<Long> write = insert(database, 1).toFuture();
            CompletableFuture<Void> transaction = transaction(database).toFuture();

            for (int i = 0; i < 50; i++) {
                assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isZero();
            }
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !write.isDone());

            other.say("go");
            assertThat(other.line()).isEqualTo("released");

            assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            transaction.get(10, TimeUnit.SECONDS);
            assertThat(database.read(Integer.class, "SELECT a FROM t ORDER BY a"))
                    .containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void write_pastItsDeadline_failsAndNeverRuns() {
        try (var database = table("lockWaitTimeout=PT0.4S");
                var other = holder(database)) {
            long start = System.nanoTime();
            Throwable write = Await.error(insert(database, 1));
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            Throwable begin = Await.error(transaction(database));

            assertThat(write).isInstanceOf(R2dbcTimeoutException.class);
            assertThat(((R2dbcException) write).getSqlState()).isEqualTo("55P03");
            assertThat(waited).isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
            assertThat(begin).isInstanceOf(R2dbcTimeoutException.class);

            other.say("go");
            assertThat(other.line()).isEqualTo("released");
            assertThat(Await.<Long>one(insert(database, 9))).isEqualTo(1);
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> database.read(Integer.class, "SELECT a FROM t ORDER BY a")
                                    .size()
                            == 2);
            assertThat(database.read(Integer.class, "SELECT a FROM t ORDER BY a"))
                    .containsExactly(0, 9);
        }
    }

    @Test
    void cancelledWrite_whileLocked_neverRuns() {
        try (var database = table();
                var other = holder(database)) {
            insert(database, 1).subscribe().dispose();
            var waiting = insert(database, 2).subscribe();
            await().during(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30)).until(() -> !waiting.isDisposed());
            waiting.dispose();

            other.say("go");
            assertThat(other.line()).isEqualTo("released");

            assertThat(Await.<Long>one(insert(database, 9))).isEqualTo(1);
            assertThat(database.read(Integer.class, "SELECT a FROM t ORDER BY a"))
                    .containsExactly(0, 9);
        }
    }

    @Test
    void twoProcesses_manyWrites_addUp() {
        int each = 300;
        try (var database = TestDatabase.in(directory)) {
            database.run("CREATE TABLE counter (n INTEGER); INSERT INTO counter VALUES (0)");
            try (var other = ChildJvm.start(JdbcWriter.class, database.file().toString(), String.valueOf(each))) {
                assertThat(other.line()).isEqualTo("ready");
                Await.done(Flux.range(0, each)
                        .flatMap(i -> database.using(c -> TestDatabase.counts(c, "UPDATE counter SET n = n + 1")), 16));

                assertThat(other.line()).isEqualTo("done");
            }
            assertThat(database.value(Integer.class, "SELECT n FROM counter")).isEqualTo(2 * each);
        }
    }

    private TestDatabase table(String... options) {
        TestDatabase database = TestDatabase.in(directory, options);
        database.run("CREATE TABLE t (a INTEGER)");
        return database;
    }

    private static ChildJvm holder(TestDatabase database) {
        ChildJvm other = ChildJvm.start(LockHolder.class, database.file().toString(), "INSERT INTO t VALUES (0)");
        assertThat(other.line()).isEqualTo("locked");
        return other;
    }

    private static Mono<Long> insert(TestDatabase database, int value) {
        return database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?)", value))
                .single();
    }

    private static Mono<Void> transaction(TestDatabase database) {
        return database.using(c -> Mono.from(c.beginTransaction())
                        .thenMany(TestDatabase.counts(c, "INSERT INTO t VALUES (2)"))
                        .thenMany(TestDatabase.counts(c, "INSERT INTO t VALUES (3)"))
                        .then(Mono.from(c.commitTransaction())))
                .then();
    }
}
