package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteException;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Every bound of the engine: what happens at it, which error says so, and that everything goes on behind it. */
final class BoundsIT extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    private void open(int rows, String... options) {
        database = open(options);
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
        exec(connection, "INSERT INTO t SELECT x, 'row ' || x FROM (" + ENDLESS + " LIMIT " + rows + ")");
    }

    private static Flux<Integer> all(Connection session) {
        return TestDatabase.column(session, Integer.class, "SELECT a FROM t ORDER BY a");
    }

    /** Subscribes and asks for so many rows, no more. */
    private static final class Stalled extends BaseSubscriber<Integer> {
        final List<Integer> rows = new ArrayList<>();
        final CompletableFuture<Throwable> error = new CompletableFuture<>();
        final CompletableFuture<List<Integer>> end = new CompletableFuture<>();
        private final int first;

        Stalled(int first) {
            this.first = first;
        }

        static Stalled on(Flux<Integer> flux, int first) {
            Stalled stalled = new Stalled(first);
            flux.subscribe(stalled);
            await().atMost(Duration.ofSeconds(30)).until(() -> stalled.size() == first || stalled.error.isDone());
            return stalled;
        }

        private synchronized int size() {
            return rows.size();
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(first);
        }

        @Override
        protected synchronized void hookOnNext(Integer value) {
            rows.add(value);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error.complete(throwable);
        }

        @Override
        protected void hookOnComplete() {
            end.complete(rows);
        }
    }

    private static R2dbcException assertState(Throwable error, Class<? extends R2dbcException> type, String state) {
        assertThat(error).isInstanceOf(type).isInstanceOf(SqliteException.class);
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo(state);
        return (R2dbcException) error;
    }

    @Test
    void lockWait_namesTheHolder_itsAgeAndItsLastStatement() {
        open(1);
        Connection holder = connect(database);
        done(holder.beginTransaction(
                TransactionRoutingTests.definition(Map.of(TransactionDefinition.NAME, "nightly"))));
        exec(holder, "UPDATE t SET b = ? WHERE a = 1", "secret-value");
        done(connection.setLockWaitTimeout(Duration.ofMillis(150)));

        for (var waiting : List.of(
                TestDatabase.counts(connection, "INSERT INTO t VALUES (7, 'x')").then(),
                Mono.from(connection.beginTransaction()))) {
            assertThat(assertFails(waiting, R2dbcTimeoutException.class, "55P03"))
                    .hasMessageContaining("lockWaitTimeout")
                    .hasMessageContaining("150 ms")
                    .hasMessageContaining("nightly")
                    .hasMessageContaining("UPDATE t SET b")
                    .hasMessageContaining("same connection")
                    .hasMessageNotContaining("secret-value");
        }

        done(holder.rollbackTransaction());
        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void lockWait_ofTheDefinition_winsOverThatOfTheSession() {
        open(1);
        Connection holder = connect(database);
        done(holder.beginTransaction());
        long start = System.nanoTime();

        assertFails(
                connection.beginTransaction(TransactionRoutingTests.definition(
                        Map.of(TransactionDefinition.LOCK_WAIT_TIMEOUT, Duration.ofMillis(100)))),
                R2dbcTimeoutException.class,
                "55P03");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        done(holder.rollbackTransaction());
    }

    @Test
    void writerQueue_full_failsAtOnce_andWhatWaitsIsDone() {
        open(1, "writerQueueLimit=10");
        Connection holder = connect(database);
        done(holder.beginTransaction());
        List<CompletableFuture<String>> writes = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            int n = i;
            writes.add(database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?, 'x')", n))
                    .map(String::valueOf)
                    .next()
                    .onErrorResume(
                            R2dbcTransientResourceException.class,
                            e -> Mono.just(e.getSqlState() + " " + e.getMessage()))
                    .toFuture());
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> writes.stream().filter(CompletableFuture::isDone).count() == 20);

        assertThat(stats(database.factory()).writerQueueDepth()).isEqualTo(10);
        assertThat(writes)
                .filteredOn(CompletableFuture::isDone)
                .extracting(CompletableFuture::join)
                .allSatisfy(text -> assertThat(text)
                        .startsWith("53400")
                        .contains("writerQueueLimit")
                        .contains("limit 10"));
        done(holder.rollbackTransaction());
        assertThat(writes).allSatisfy(write -> assertThat(write).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(11);
    }

    @Test
    void writerQueue_byBytes_failsAtOnce() {
        open(1, "writerQueueBytes=1048576");
        Connection holder = connect(database);
        done(holder.beginTransaction());
        String big = "x".repeat(200_000);
        List<CompletableFuture<String>> writes = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            int n = i;
            writes.add(database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?, ?)", n, big))
                    .map(String::valueOf)
                    .next()
                    .onErrorResume(
                            R2dbcTransientResourceException.class,
                            e -> Mono.just(e.getSqlState() + " " + e.getMessage()))
                    .toFuture());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> writes.stream().anyMatch(CompletableFuture::isDone));
        assertThat(writes)
                .filteredOn(CompletableFuture::isDone)
                .extracting(CompletableFuture::join)
                .allSatisfy(text -> assertThat(text).startsWith("53400").contains("writerQueueBytes"));
        done(holder.rollbackTransaction());

        assertThat(writes).allSatisfy(write -> assertThat(write).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(stats(database.factory()).writerQueueBytes()).isZero();
    }

    @Test
    void readerQueue_full_failsAtOnce() {
        open(
                1,
                "readerThreads=1",
                "maxReaderConnections=1",
                "maxOpenCursors=1",
                "readerQueueLimit=5",
                "statementTimeout=PT1S");
        List<CompletableFuture<String>> reads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            reads.add(database.using(c -> TestDatabase.column(c, Long.class, "SELECT count(*) FROM (" + ENDLESS + ")"))
                    .map(String::valueOf)
                    .next()
                    .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState() + " " + e.getMessage()))
                    .toFuture());
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> reads.stream().filter(CompletableFuture::isDone).count() >= 6);
        assertThat(reads)
                .filteredOn(CompletableFuture::isDone)
                .extracting(CompletableFuture::join)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("53400")
                        .contains("readerQueueLimit")
                        .contains("limit 5"));
        assertThat(reads).allSatisfy(read -> assertThat(read).succeedsWithin(Duration.ofSeconds(20)));
        assertThat(reads)
                .extracting(CompletableFuture::join)
                .allMatch(text -> text.startsWith("53400") || text.startsWith("57014"));
    }

    @Test
    void transactionIdle_isRolledBack_theNextUseSaysSo_once() {
        open(1, "transactionIdleTimeout=PT0.2S");
        done(connection.beginTransaction(
                TransactionRoutingTests.definition(Map.of(TransactionDefinition.NAME, "idler"))));
        exec(connection, "INSERT INTO t VALUES (5, 'x')");

        assertThat(database.run("INSERT INTO t VALUES (6, 'y')"))
                .as("another session gets the writer")
                .isEqualTo(1);
        assertThat(assertFails(connection, "INSERT INTO t VALUES (7, 'z')", R2dbcRollbackException.class, "40000"))
                .hasMessageContaining("idler")
                .hasMessageContaining("transactionIdleTimeout");
        done(connection.rollbackTransaction());

        assertThat(connection.isAutoCommit()).isTrue();
        exec(connection, "INSERT INTO t VALUES (8, 'z')");
        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 6, 8);
    }

    @Test
    void transactionIdle_commit_isAnError_notASilentLoss() {
        open(1, "transactionIdleTimeout=PT0.2S");
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (5, 'x')");
        database.run("INSERT INTO t VALUES (6, 'y')");

        assertFails(connection.commitTransaction(), R2dbcRollbackException.class, "40000");

        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 6);
    }

    @Test
    void transactionBusy_isNotIdle() {
        open(1, "transactionIdleTimeout=PT0.3S");
        done(connection.beginTransaction());
        for (int i = 0; i < 8; i++) {
            exec(connection, "INSERT INTO t VALUES (?, 'x')", 100 + i);
            done(Mono.delay(Duration.ofMillis(80)));
        }
        assertThat(read(
                        connection,
                        Long.class,
                        "SELECT count(*) FROM (" + ENDLESS.replace("FROM n)", "FROM n WHERE x < 3000000)") + ")"))
                .containsExactly(3_000_000L);
        done(connection.commitTransaction());

        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(9);
    }

    @Test
    void cursorIdle_smallRest_goesToTheHeap_andArrives() {
        open(5000, "cursorIdleTimeout=PT0.2S");
        Stalled stalled = Stalled.on(all(connection), 10);
        assertThat(stats(connection).openCursors()).isEqualTo(1);

        await().atMost(Duration.ofSeconds(30)).until(() -> stats(connection).openCursors() == 0);
        database.assertNoSnapshot();
        stalled.requestUnbounded();

        assertThat(stalled.end).succeedsWithin(Duration.ofSeconds(30));
        assertThat(stalled.rows)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5000).boxed().toList());
        assertThat(stats(connection).spilledBytes()).isPositive();
    }

    @Test
    void cursorIdle_largeRest_isATypedError_afterTheRowsReadSoFar() {
        open(100_000, "cursorIdleTimeout=PT0.2S", "maxMaterializeBytes=65536");
        Stalled stalled = Stalled.on(all(connection), 10);

        await().atMost(Duration.ofSeconds(30)).until(() -> stats(connection).openCursors() == 0);
        stalled.requestUnbounded();

        assertThat(stalled.error).succeedsWithin(Duration.ofSeconds(30));
        assertThat(assertState(stalled.error.join(), R2dbcTransientResourceException.class, "57014"))
                .hasMessageContaining("cursorIdleTimeout")
                .hasMessageContaining("maxMaterializeBytes");
        assertThat(read(connection, Integer.class, "SELECT 1")).containsExactly(1);
    }

    @Test
    void snapshotAge_endsAlsoATricklingReader() {
        open(100_000, "maxSnapshotAge=PT0.3S", "maxMaterializeBytes=65536");
        Flux<Integer> slowly = all(connection).concatMap(a -> Mono.just(a).delayElement(Duration.ofMillis(2)), 1);

        assertThat(assertState(Await.error(slowly), R2dbcTransientResourceException.class, "57014"))
                .hasMessageContaining("maxSnapshotAge");
    }

    @Test
    void openCursors_beyondTheBound_goToTheHeap() {
        open(2000, "maxReaderConnections=4", "readerThreads=2", "maxOpenCursors=2");
        List<Stalled> all = IntStream.range(0, 8)
                .mapToObj(i -> Stalled.on(all(connect(database)), 5))
                .toList();
        assertThat(stats(connection).openCursors()).isLessThanOrEqualTo(2);
        assertThat(read(connection, Integer.class, "SELECT 1")).containsExactly(1);

        all.forEach(Stalled::requestUnbounded);

        assertThat(all)
                .allSatisfy(stalled -> assertThat(stalled.end)
                        .succeedsWithin(Duration.ofSeconds(30))
                        .satisfies(rows -> assertThat(rows).hasSize(2000)));
    }

    @Test
    void openCursors_beyondTheBound_tooLargeForTheHeap_failTyped() {
        open(100_000, "maxReaderConnections=4", "readerThreads=2", "maxOpenCursors=2", "maxMaterializeBytes=65536");
        List<Stalled> all = IntStream.range(0, 4)
                .mapToObj(i -> Stalled.on(all(connect(database)), 5))
                .toList();
        all.forEach(Stalled::requestUnbounded);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> all.stream().allMatch(stalled -> stalled.end.isDone() || stalled.error.isDone()));
        assertThat(all)
                .filteredOn(stalled -> stalled.error.isDone())
                .hasSize(2)
                .allSatisfy(stalled -> assertThat(
                                assertState(stalled.error.join(), R2dbcTransientResourceException.class, "53400"))
                        .hasMessageContaining("maxOpenCursors"));
        assertThat(all).filteredOn(stalled -> stalled.end.isDone()).hasSize(2);
    }

    @Test
    void cursorInATransaction_writeBehindIt_readsTheRestFirst() {
        open(3000);
        done(connection.beginTransaction());
        Stalled stalled = Stalled.on(all(connection), 10);

        exec(connection, "DELETE FROM t WHERE a > 100");
        stalled.requestUnbounded();

        assertThat(stalled.end).succeedsWithin(Duration.ofSeconds(30));
        assertThat(stalled.rows).hasSize(3000);
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(100L);
        exec(connection, "DROP TABLE t");
        done(connection.rollbackTransaction());
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(3000L);
    }

    @Test
    void cursorInATransaction_tooLargeForTheHeap_failsTyped_theWriteRuns() {
        open(100_000, "maxMaterializeBytes=65536");
        done(connection.beginTransaction());
        Stalled stalled = Stalled.on(all(connection), 10);

        assertThat(exec(connection, "DELETE FROM t WHERE a > 50")).containsExactly(99_950L);
        stalled.requestUnbounded();

        assertThat(stalled.error).succeedsWithin(Duration.ofSeconds(30));
        assertState(stalled.error.join(), R2dbcTransientResourceException.class, "57014");
        done(connection.commitTransaction());
        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(50);
    }

    @Test
    void statementTimeout_untilTheFirstRow_alsoOfASort() {
        open(10);
        done(connection.setStatementTimeout(Duration.ofMillis(200)));
        String sort = "SELECT x FROM (" + ENDLESS + ") ORDER BY -x";

        assertThat(assertFails(TestDatabase.column(connection, Long.class, sort), R2dbcTimeoutException.class, "57014"))
                .hasMessageContaining("statementTimeout")
                .hasMessageContaining("200 ms");
        assertThat(assertFails(
                        TestDatabase.counts(connection, "CREATE TABLE big AS " + ENDLESS),
                        R2dbcTimeoutException.class,
                        "57014"))
                .hasMessageContaining("statementTimeout");
        done(connection.setStatementTimeout(Duration.ZERO));
        assertThat(read(connection, Long.class, "SELECT count(*) FROM sqlite_schema WHERE name = 'big'"))
                .containsExactly(0L);
    }

    @Test
    void statementTimeout_inATransaction_killsIt_andItsSession_isInNone() {
        open(1);
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (5, 'x')");
        done(connection.createSavepoint("s"));
        done(connection.setStatementTimeout(Duration.ofMillis(200)));

        assertThat(assertFails(
                        TestDatabase.counts(connection, "INSERT INTO t SELECT x + 10, 'x' FROM (" + ENDLESS + ")"),
                        R2dbcRollbackException.class,
                        "40000"))
                .hasMessageContaining("statementTimeout")
                .hasMessageContaining("rolled back");

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(database.run("INSERT INTO t VALUES (6, 'other session has the writer')"))
                .isEqualTo(1);
        done(connection.rollbackTransaction());
        done(connection.setStatementTimeout(Duration.ZERO));
        exec(connection, "INSERT INTO t VALUES (7, 'x')");
        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 6, 7);
    }

    @Test
    void statementTimeout_ofAnImportOrBatch_isTyped() {
        open(1);
        done(connection.setStatementTimeout(Duration.ofMillis(200)));

        assertFails(
                Flux.from(connection
                                .createBatch()
                                .add("INSERT INTO t VALUES (5, 'x')")
                                .add("INSERT INTO t SELECT x + 10, 'x' FROM (" + ENDLESS + ")")
                                .execute())
                        .concatMap(Result::getRowsUpdated),
                R2dbcTimeoutException.class,
                "57014");

        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void closedEngine_saysSo() {
        open(1);
        database.close();

        for (String sql : List.of("SELECT 1", "INSERT INTO t VALUES (9, 'x')", "CREATE TABLE z (a)", "VACUUM")) {
            assertThat(assertFails(connection, sql, R2dbcNonTransientResourceException.class, "08003"))
                    .hasMessageContaining("closed");
        }
        assertFails(connection.beginTransaction(), R2dbcNonTransientResourceException.class, "08003");
        done(connection.rollbackTransaction());
        done(connection.close());
    }

    @Test
    void closeOfASession_endsItsCursorsAndWaitsForNobody() {
        open(5000);
        Connection session = connect(database);
        Stalled stalled = Stalled.on(all(session), 10);
        Connection busy = connect(database);
        CompletableFuture<Long> endless = TestDatabase.column(
                        busy, Long.class, "SELECT count(*) FROM (" + ENDLESS + ")")
                .next()
                .toFuture();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> stats(database.factory()).readersBusy() >= 2);

        long start = System.nanoTime();
        done(session.close());
        done(busy.close());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        stalled.requestUnbounded();
        assertThat(stalled.error).succeedsWithin(Duration.ofSeconds(30));
        assertState(stalled.error.join(), R2dbcNonTransientResourceException.class, "08003");
        assertThat(endless.handle((value, error) -> error))
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(error -> assertState(error, R2dbcNonTransientResourceException.class, "08003"));
    }

    @Test
    void requestOne_takesEveryRow() {
        open(3000);

        StepVerifier.Step<Integer> step = StepVerifier.create(all(connection), 0);
        for (int i = 1; i <= 3000; i++) {
            step = step.thenRequest(1).expectNext(i);
        }
        step.expectComplete().verify(Duration.ofSeconds(20));
    }
}
