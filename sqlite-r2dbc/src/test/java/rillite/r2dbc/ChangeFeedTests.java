package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** What the change feed tells, as {@code +t1} for an insert, {@code ~t1} for an update, {@code -t1} for a delete. */
@ExtendWith(LeakFree.class)
final class ChangeFeedTests {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    @TempDir
    Path directory;

    private TestDatabase database;
    private Disposable listening;
    private long fences;

    @BeforeEach
    void open() {
        database = TestDatabase.in(directory);
        database.run("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE TABLE fence (n INTEGER PRIMARY KEY)");
        listening = listen();
    }

    @AfterEach
    void close() {
        listening.dispose();
        connections.forEach(connection -> Await.done(connection.close()));
        database.close();
    }

    private Flux<SqliteChange> changes() {
        return SqliteCapabilities.require(database.factory(), SqliteChanges.class)
                .changes();
    }

    private Disposable listen() {
        return changes().subscribe(change -> told.add(text(change)), error -> told.add("error"));
    }

    private static String text(SqliteChange change) {
        String sign = switch (change.kind()) {
            case INSERT -> "+";
            case UPDATE -> "~";
            case DELETE -> "-";
        };
        return sign + change.table() + change.rowid();
    }

    /** Asserts everything that was told so far: what comes before the next commit. */
    private void assertTold(String... changes) {
        fences++;
        database.run("INSERT INTO fence VALUES (?)", fences);
        await().atMost(Duration.ofSeconds(10)).until(() -> told.contains("+fence" + fences));
        assertThat(told.stream().filter(change -> !change.startsWith("+fence"))).containsExactly(changes);
    }

    private Connection connect() {
        Connection connection = database.connect();
        connections.add(connection);
        return connection;
    }

    private static void exec(Connection connection, String sql) {
        Await.all(TestDatabase.counts(connection, sql));
    }

    private static Mono<Long> write(Connection connection, String sql) {
        return TestDatabase.counts(connection, sql).reduce(0L, Long::sum);
    }

    @Test
    void autoCommit_everyKind_isTold() {
        database.run("INSERT INTO t VALUES (1, 'x'), (2, 'x')");
        database.run("UPDATE t SET b = 'y' WHERE a = 2");
        database.run("UPDATE t SET a = 3 WHERE a = 2");
        database.run("DELETE FROM t WHERE true");

        assertTold("+t1", "+t2", "~t2", "~t3", "-t1", "-t3");
    }

    @Test
    void returning_rowsAreRead_isToldOnce() {
        Connection connection = connect();
        List<Long> keys = Await.all(
                TestDatabase.column(connection, Long.class, "INSERT INTO t VALUES (1, 'x'), (2, 'x') RETURNING a"));

        assertThat(keys).containsExactly(1L, 2L);
        assertTold("+t1", "+t2");
    }

    @Test
    void triggers_rowsOfOtherTables_areTold() {
        database.run("CREATE TABLE log (a INTEGER PRIMARY KEY)");
        database.run("CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a + 10); END");
        database.run("INSERT INTO t VALUES (1, 'x')");

        assertTold("+t1", "+log11");
    }

    @Test
    void bookkeepingOfSqlite_isNotTold() {
        database.run("CREATE TABLE auto (a INTEGER PRIMARY KEY AUTOINCREMENT)");
        database.run("INSERT INTO auto DEFAULT VALUES");
        database.run("CREATE INDEX i ON t (b)");
        database.run("ANALYZE");
        database.run("ANALYZE");
        database.run("ALTER TABLE t ADD COLUMN c INTEGER");
        database.run("VACUUM");

        assertTold("+auto1");
    }

    @Test
    void multiRowInsert_failsOnRowTwo_isNotTold() {
        database.run("INSERT INTO t VALUES (1, 'x')");
        Connection connection = connect();
        Await.error(TestDatabase.counts(connection, "INSERT INTO t VALUES (5, 'x'), (1, 'x'), (6, 'x')"));

        assertTold("+t1");
    }

    @Test
    void multiRowInsert_failsInTransaction_restIsTold() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.error(TestDatabase.counts(connection, "INSERT INTO t VALUES (5, 'x'), (1, 'x')"));
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        Await.done(connection.commitTransaction());

        assertTold("+t1", "+t2");
    }

    @Test
    void triggerThatFails_keptRows_areTold() {
        database.run("CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.a = 2 BEGIN SELECT RAISE(FAIL, 'no'); END");
        Connection connection = connect();
        Await.error(TestDatabase.counts(connection, "INSERT INTO t VALUES (1, 'x'), (2, 'x')"));

        assertThat(database.read(Long.class, "SELECT a FROM t")).containsExactly(1L);
        assertTold("+t1");
    }

    @Test
    void orRollback_inTransaction_nothingIsTold() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.error(TestDatabase.counts(connection, "INSERT OR ROLLBACK INTO t VALUES (2, 'x'), (1, 'x')"));
        Await.done(connection.rollbackTransaction());

        assertTold();
    }

    @Test
    void transaction_rolledBack_isNotTold() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.done(connection.rollbackTransaction());

        assertTold();
    }

    @Test
    void transaction_isToldAfterItsCommitOnly() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        assertThat(told).isEmpty();
        Await.done(connection.commitTransaction());

        assertTold("+t1", "+t2");
    }

    @Test
    void savepoints_rolledBack_areNotTold() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.done(connection.createSavepoint("Outer"));
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        Await.done(connection.createSavepoint("inner"));
        exec(connection, "INSERT INTO t VALUES (3, 'x')");
        Await.done(connection.rollbackTransactionToSavepoint("inner"));
        exec(connection, "INSERT INTO t VALUES (4, 'x')");
        Await.done(connection.releaseSavepoint("inner"));
        exec(connection, "SAVEPOINT last");
        exec(connection, "INSERT INTO t VALUES (5, 'x')");
        exec(connection, "RELEASE last");
        Await.done(connection.commitTransaction());
        assertTold("+t1", "+t2", "+t4", "+t5");

        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (6, 'x')");
        exec(connection, "SAVEPOINT Outer");
        exec(connection, "INSERT INTO t VALUES (7, 'x')");
        exec(connection, "SAVEPOINT inner");
        exec(connection, "INSERT INTO t VALUES (8, 'x')");
        exec(connection, "ROLLBACK TO oUTER");
        exec(connection, "INSERT INTO t VALUES (9, 'x')");
        Await.done(connection.commitTransaction());
        assertTold("+t1", "+t2", "+t4", "+t5", "+t6", "+t9");
    }

    @Test
    void savepoint_olderThanTheSubscription_undoesWhatWasHeard() {
        listening.dispose();
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.done(connection.createSavepoint("s"));
        listening = listen();
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        Await.done(connection.rollbackTransactionToSavepoint("s"));
        exec(connection, "INSERT INTO t VALUES (3, 'x')");
        Await.done(connection.commitTransaction());

        assertTold("+t3");
    }

    @Test
    void group_failingMembers_onlyTheOthersAreTold() {
        database.run("INSERT INTO t VALUES (1, 'x')");
        List<Throwable> errors = group(
                "INSERT INTO t VALUES (2, 'x')",
                "INSERT INTO t VALUES (3, 'x'), (1, 'x')",
                "INSERT OR FAIL INTO t VALUES (4, 'x'), (1, 'x')",
                "UPDATE t SET b = 'y' WHERE a = 2",
                "INSERT INTO t VALUES (5, 'x') RETURNING a");

        assertThat(errors).hasSize(2);
        assertThat(groups()).isEqualTo(1);
        assertTold("+t1", "+t2", "~t2", "+t5");
    }

    @Test
    void group_commitRefused_replayIsToldOnce() {
        database.run("CREATE TABLE child (a INTEGER PRIMARY KEY, p REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
        List<Throwable> errors = group(
                "INSERT INTO t VALUES (1, 'x')", "INSERT INTO child VALUES (1, 99)", "INSERT INTO child VALUES (2, 1)");

        assertThat(errors).hasSize(1);
        assertTold("+t1", "+child2");
    }

    /** Writes that wait behind a transaction, so that they share a commit; returns the errors. */
    private List<Throwable> group(String... statements) {
        Connection holder = connect();
        Await.done(holder.beginTransaction());
        List<Mono<Throwable>> ends = new ArrayList<>();
        for (String sql : statements) {
            Mono<Throwable> end = TestDatabase.column(connect(), Object.class, sql)
                    .then(Mono.<Throwable>empty())
                    .onErrorResume(Mono::just)
                    .cache();
            end.subscribe();
            ends.add(end);
        }
        Await.done(holder.commitTransaction());
        return Await.all(Flux.concat(ends));
    }

    private long groups() {
        return SqliteCapabilities.require(database.factory(), SqliteStatistics.class)
                .statistics()
                .groups();
    }

    @Test
    void manySessions_orderOfCommits_isTheOrderTold() {
        List<Connection> sessions =
                IntStream.range(0, 16).mapToObj(i -> connect()).toList();
        int rows = 40;
        Await.done(Flux.fromIterable(sessions)
                .flatMap(
                        session ->
                                write(session, "INSERT INTO t (b) VALUES ('x')").repeat(rows - 1),
                        sessions.size()));

        assertTold(IntStream.rangeClosed(1, 16 * rows).mapToObj(i -> "+t" + i).toArray(String[]::new));
    }

    @Test
    void cancel_ofTheLast_stopsWatching() {
        Connection connection = connect();
        Disposable second = changes().subscribe();
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        assertThat(isWatched(connection)).isTrue();

        second.dispose();
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        assertThat(isWatched(connection)).isTrue();
        assertTold("+t1", "+t2");

        listening.dispose();
        exec(connection, "INSERT INTO t VALUES (3, 'x')");
        assertThat(isWatched(connection)).isFalse();

        listening = listen();
        exec(connection, "INSERT INTO t VALUES (4, 'x')");
        assertTold("+t1", "+t2", "+t4");
    }

    private static boolean isWatched(Connection connection) {
        return Await.one(((SqliteConnection) connection).session().write(SqlitePhysical::isWatched));
    }

    @Test
    void cancel_insideTheFirstSignal_isTheEnd() {
        List<SqliteChange> taken = new CopyOnWriteArrayList<>();
        Disposable one = changes().take(1).subscribe(taken::add);
        database.run("INSERT INTO t VALUES (1, 'x'), (2, 'x')");

        await().atMost(Duration.ofSeconds(10)).until(one::isDisposed);
        assertThat(taken).containsExactly(new SqliteChange("t", SqliteChange.Kind.INSERT, 1));
    }

    @Test
    void writer_reopenedAfterAnUnknownOutcome_isWatchedAgain() {
        Connection connection = connect();
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Throwable unknown =
                Await.error(((SqliteConnection) connection).session().write(writer -> {
                    throw Errors.of(Errors.Phase.RUN, SqliteErrorCode.IOERR_FSYNC.code(), "disk I/O error", null, null);
                }));
        assertThat(unknown).isInstanceOf(SqliteOutcomeUnknownException.class);
        exec(connection, "INSERT INTO t VALUES (2, 'x')");

        assertTold("+t1", "+t2");
    }

    @Test
    void dedicatedSession_ownConnection_isToldInOrder() {
        try (TestDatabase dedicated = TestDatabase.at(database.file(), "session=dedicated")) {
            Connection connection = dedicated.connect();
            exec(connection, "CREATE TEMP TABLE scratch (a INTEGER PRIMARY KEY)");
            exec(connection, "INSERT INTO scratch VALUES (1)");
            exec(connection, "INSERT INTO t VALUES (1, 'x')");
            database.run("INSERT INTO t VALUES (2, 'x')");
            Await.done(connection.beginTransaction());
            exec(connection, "INSERT INTO t VALUES (3, 'x')");
            Await.done(connection.commitTransaction());
            Await.done(connection.close());
        }

        assertTold("+t1", "+t2", "+t3");
    }

    @Test
    void withoutRowidAndTruncatingDelete_areNotTold() {
        database.run("CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID");
        database.run("INSERT INTO w VALUES ('x')");
        database.run("INSERT INTO t VALUES (1, 'x')");
        database.run("DELETE FROM t");

        assertTold("+t1");
    }

    @Test
    void close_completesAfterWhatWasCommitted() {
        List<SqliteChange> all = new CopyOnWriteArrayList<>();
        Mono<Void> end = changes().doOnNext(all::add).then().cache();
        end.subscribe();
        database.run("INSERT INTO t VALUES (1, 'x')");
        database.close();

        Await.done(end);
        assertThat(all).containsExactly(new SqliteChange("t", SqliteChange.Kind.INSERT, 1));
    }

    @Test
    void factory_notOpen_isOpenedBySubscribing() {
        database.run("INSERT INTO t VALUES (1, 'x')");
        database.close();
        database = TestDatabase.at(database.file());
        told.clear();
        listening = listen();

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            database.run("UPDATE t SET b = 'y'");
            return told.contains("~t1");
        });
    }

    @Test
    void proxyAndConnection_offerIt() {
        try (TestDatabase proxy = TestDatabase.via("proxy:", database.file())) {
            Connection connection = proxy.connect();
            List<SqliteChange> all = new CopyOnWriteArrayList<>();
            Disposable third = SqliteCapabilities.require(connection, SqliteChanges.class)
                    .changes()
                    .subscribe(all::add);
            Await.done(connection.close());
            database.run("INSERT INTO t VALUES (1, 'x')");

            await().atMost(Duration.ofSeconds(10)).until(() -> all.size() == 1);
            third.dispose();
        }
    }

    @Test
    void request_ofNothing_isAnError() {
        Taker taker = new Taker(0);
        changes().subscribe(taker);

        await().atMost(Duration.ofSeconds(10)).until(() -> taker.errors.size() == 1);
        assertThat(taker.errors.get(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3.9");
    }

    @Test
    void subscriberThatTakesNothing_isToldThatItMissed() {
        Taker taker = new Taker(10);
        changes().subscribe(taker);
        for (int i = 0; i < 5; i++) {
            many("INSERT INTO t (b)", 2_000);
            int told = (i + 1) * 2_000;
            await().atMost(Duration.ofSeconds(10)).until(() -> this.told.size() == told);
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> taker.errors.size() == 1);
        assertThat(taker.taken).hasValue(10);
        assertThat(taker.errors.get(0))
                .asInstanceOf(type(SqliteTransientResourceException.class))
                .satisfies(error -> assertThat(error.getSqlState()).isEqualTo("53400"))
                .extracting(Throwable::getMessage)
                .asString()
                .contains("9990 changes behind", "8192");
    }

    @Test
    void commit_ofMoreThanTheBound_endsEverySubscriber() {
        Taker taker = new Taker(Long.MAX_VALUE);
        changes().subscribe(taker);
        many("INSERT INTO t (b)", 8_192);
        await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == 8_192);
        assertThat(taker.errors).isEmpty();
        many("INSERT INTO t (b)", 8_193);

        await().atMost(Duration.ofSeconds(10)).until(() -> taker.errors.size() == 1);
        assertThat(taker.errors.get(0)).isInstanceOf(SqliteTransientResourceException.class);
    }

    @Test
    void commit_ofMuchThatWasUndone_isTold() {
        Connection connection = connect();
        Await.done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
        Await.done(connection.createSavepoint("s"));
        exec(connection, numbers("INSERT INTO t (b)", 10_000));
        Await.done(connection.rollbackTransactionToSavepoint("s"));
        exec(connection, "INSERT INTO t VALUES (2, 'x')");
        Await.done(connection.commitTransaction());

        assertTold("+t1", "+t2");
    }

    private void many(String insert, int rows) {
        database.run(numbers(insert, rows));
    }

    private static String numbers(String insert, int rows) {
        return insert + " WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < " + rows
                + ") SELECT x FROM n";
    }

    /** Asks for so many once, and keeps its errors. */
    private static final class Taker implements CoreSubscriber<SqliteChange> {
        private final long demand;
        private final AtomicInteger taken = new AtomicInteger();
        private final List<Throwable> errors = new CopyOnWriteArrayList<>();

        Taker(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(demand);
        }

        @Override
        public void onNext(SqliteChange change) {
            taken.incrementAndGet();
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
        }

        @Override
        public void onComplete() {}
    }
}
