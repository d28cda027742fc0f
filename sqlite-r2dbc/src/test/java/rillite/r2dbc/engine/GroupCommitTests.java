package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.LaneStats;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/**
 * Writes that share a commit: whatever one of them meets, the others are as they would be alone. A transaction holds the
 * writer until all of them wait, so that they do share it.
 */
final class GroupCommitTests extends EngineCase {
    private TestDatabase database;
    private Connection gate;

    @BeforeEach
    void openOne() {
        database = open();
        gate = connect(database);
        exec(gate, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT CHECK (b <> 'bad'))");
        exec(gate, "CREATE TABLE log (a)");
    }

    /** Lets writes queue up behind a transaction, then go; each gives its outcome as text, in the order given. */
    private List<String> together(List<? extends Function<Connection, ? extends Flux<?>>> writes) {
        done(gate.beginTransaction());
        List<Mono<String>> started = new ArrayList<>();
        List<Disposable> running = new ArrayList<>();
        for (Function<Connection, ? extends Flux<?>> write : writes) {
            int waiting = started.size() + 1;
            Mono<String> outcome = database.using(c -> write.apply(c).map(String::valueOf))
                    .collectList()
                    .map(all -> String.join(",", all))
                    .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState()))
                    .cache();
            running.add(outcome.subscribe());
            started.add(outcome);
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> stats(gate).writerQueueDepth() == waiting);
        }
        done(gate.commitTransaction());
        List<String> outcomes = Await.all(Flux.concat(started));
        running.forEach(Disposable::dispose);
        return outcomes;
    }

    private static Function<Connection, Flux<?>> sql(String sql) {
        return c -> TestDatabase.counts(c, sql);
    }

    private static List<Function<Connection, Flux<?>>> sqls(String... all) {
        return IntStream.range(0, all.length).mapToObj(i -> sql(all[i])).toList();
    }

    private static String insert(int a) {
        return "INSERT INTO t (a) VALUES (" + a + ")";
    }

    private List<Integer> stored() {
        return database.read(Integer.class, "SELECT a FROM t ORDER BY a");
    }

    @Test
    void writes_thatWait_shareACommit() {
        LaneStats before = stats(gate);

        assertThat(together(IntStream.range(0, 50).mapToObj(i -> sql(insert(i))).toList()))
                .containsOnly("1");

        assertThat(stats(gate).groupedWrites() - before.groupedWrites()).isEqualTo(50);
        assertThat(stats(gate).groups() - before.groups()).isEqualTo(1);
        assertThat(stats(gate).replays()).isEqualTo(before.replays());
        assertThat(stored()).hasSize(50);
    }

    @Test
    void groupCommitOff_everyWriteIsACommit() {
        TestDatabase alone = openAt(directory.resolve("alone.db"), "groupCommit=false");
        alone.run("CREATE TABLE t (a)");
        Await.all(Flux.range(0, 200)
                .flatMap(i -> alone.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (1)")), 200));

        assertThat(stats(alone.factory()).groups()).isZero();
        assertThat(stats(alone.factory()).writes()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t (a) VALUES (1) | 23505",
                "INSERT INTO t VALUES (100, 'bad') | 23514",
                "INSERT INTO t (a) VALUES (100), (101), (1) | 23505",
                "INSERT OR ABORT INTO t (a) VALUES (100), (1) | 23505",
                "INSERT OR FAIL INTO t (a) VALUES (100), (1) | 23505",
                "INSERT OR ROLLBACK INTO t (a) VALUES (100), (1) | 23505",
                "UPDATE OR FAIL t SET a = a + 1 | 23505",
                "INSERT INTO nope VALUES (1) | 42S02",
                "INSERT INTO t (nope) VALUES (1) | 42S22",
                "INSERT INTO t (a) VALUES (1) RETURNING a | 23505",
                "INSERT INTO t (a) VALUES (abs(-9223372036854775808)) | 22003"
            })
    void oneFails_theOthersAreStored(String bad, String state) {
        List<String> outcomes = together(sqls(insert(1), insert(2), insert(3), bad, insert(4), insert(5)));

        assertThat(outcomes).containsExactly("1", "1", "1", state, "1", "1");
        assertThat(stored()).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT OR IGNORE INTO t (a) VALUES (1), (100) | 1 | 100",
                "INSERT OR REPLACE INTO t (a) VALUES (1) | 1 | 1",
                "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING | 0 | 1",
                "REPLACE INTO t VALUES (1, 'new') | 1 | 1"
            })
    void conflictClauses_doWhatTheySay(String sql, String count, int expected) {
        assertThat(together(sqls(insert(1), sql, insert(2)))).containsExactly("1", count, "1");
        assertThat(stored()).contains(1, 2, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABORT", "ROLLBACK", "FAIL"})
    void triggerRaises_theOthersAreStored(String how) {
        exec(
                gate,
                "CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.a = 13 BEGIN INSERT INTO log VALUES (new.a); SELECT RAISE("
                        + how + ", 'unlucky'); END");

        List<String> outcomes = together(sqls(insert(1), insert(2), insert(13), insert(3), insert(13), insert(4)));

        assertThat(outcomes).containsExactly("1", "1", "23000", "1", "23000", "1");
        assertThat(stored()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void triggerIgnores_countsNothing() {
        exec(gate, "CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.a = 13 BEGIN SELECT RAISE(IGNORE); END");

        assertThat(together(sqls(insert(1), insert(13), insert(2)))).containsExactly("1", "0", "1");
        assertThat(stored()).containsExactly(1, 2);
    }

    @Test
    void deferredForeignKey_brokenByOne_failsThatOneAlone() {
        exec(gate, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec(gate, "CREATE TABLE child (p INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        LaneStats before = stats(gate);

        List<String> outcomes = together(sqls(
                insert(1),
                "INSERT INTO parent VALUES (5)",
                "INSERT INTO child VALUES (5)",
                "INSERT INTO child VALUES (99)",
                insert(2),
                "INSERT INTO child VALUES (77) RETURNING p",
                insert(3)));

        assertThat(outcomes).containsExactly("1", "1", "1", "23503", "1", "23503", "1");
        assertThat(stored()).containsExactly(1, 2, 3);
        assertThat(database.read(Integer.class, "SELECT p FROM child")).containsExactly(5);
        assertThat(stats(gate).replays() - before.replays()).isEqualTo(1);
    }

    @Test
    void deferredForeignKey_mendedByALaterMember_isStillAnErrorOfItsOwn() {
        exec(gate, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec(gate, "CREATE TABLE child (p INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");

        List<String> outcomes = together(
                sqls("INSERT INTO child VALUES (5)", "INSERT INTO parent VALUES (5)", "INSERT INTO child VALUES (6)"));

        assertThat(outcomes.get(1)).isEqualTo("1");
        assertThat(outcomes.get(2)).isEqualTo("23503");
        assertThat(database.value(Long.class, "SELECT count(*) FROM child WHERE p NOT IN (SELECT id FROM parent)"))
                .isZero();
        assertThat(database.value(Long.class, "SELECT count(*) FROM child"))
                .isEqualTo(outcomes.get(0).equals("1") ? 1 : 0);
    }

    @Test
    void errorCausedByAMemberThatIsUndone_isToldAsItIsAlone() {
        exec(gate, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec(
                gate,
                "CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");

        List<String> outcomes = together(sqls(
                "INSERT INTO child VALUES (1, 99)",
                "INSERT INTO child VALUES (1, NULL)",
                "INSERT INTO child VALUES (2, NULL)"));

        assertThat(outcomes).containsExactly("23503", "1", "1");
        assertThat(database.read(Integer.class, "SELECT id FROM child")).containsExactly(1, 2);
    }

    @Test
    void barriersAndDdlBetween_keepTheOrder() {
        List<String> outcomes = together(sqls(
                insert(1),
                "CREATE TABLE u (a)",
                "INSERT INTO u SELECT a FROM t",
                "VACUUM",
                insert(2),
                "ALTER TABLE u ADD COLUMN b DEFAULT 7",
                "INSERT INTO u SELECT a, a FROM t",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA user_version = 9",
                "DROP TABLE u",
                "INSERT INTO u VALUES (1, 1)",
                insert(3)));

        assertThat(outcomes).containsExactly("1", "", "1", "", "1", "", "2", "", "", "", "42S02", "1");
        assertThat(stored()).containsExactly(1, 2, 3);
        assertThat(database.value(Integer.class, "PRAGMA user_version")).isEqualTo(9);
    }

    @Test
    void returningRows_areEachOnes() {
        List<Function<Connection, Flux<?>>> writes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int a = i;
            writes.add(c ->
                    TestDatabase.column(c, Integer.class, "INSERT INTO t (a) VALUES (?), (?) RETURNING a", a, a + 100));
        }

        assertThat(together(writes))
                .containsExactlyElementsOf(IntStream.range(0, 40)
                        .mapToObj(i -> i + "," + (i + 100))
                        .toList());
    }

    @Test
    void sets_failingInTheMiddle_leaveNothing_theOthersAreStored() {
        Function<Connection, Flux<?>> good = c -> Flux.<Result>from(c.createStatement("INSERT INTO t (a) VALUES (?)")
                        .bind(0, 10)
                        .add()
                        .bind(0, 11)
                        .execute())
                .concatMap(Result::getRowsUpdated);
        Function<Connection, Flux<?>> bad = c -> Flux.<Result>from(c.createStatement("INSERT INTO t (a) VALUES (?)")
                        .bind(0, 20)
                        .add()
                        .bind(0, 10)
                        .execute())
                .concatMap(Result::getRowsUpdated);

        assertThat(together(List.of(sql(insert(1)), good, bad, sql(insert(2)))))
                .containsExactly("1", "1,1", "23505", "1");
        assertThat(stored()).containsExactly(1, 2, 10, 11);
    }

    @Test
    void cancelledWhileWaiting_doesNotRun_theOthersDo() {
        done(gate.beginTransaction());
        List<Disposable> waiting = new ArrayList<>();
        List<Connection> sessions =
                IntStream.range(0, 30).mapToObj(i -> connect(database)).toList();
        for (int i = 0; i < 30; i++) {
            waiting.add(TestDatabase.counts(sessions.get(i), insert(i)).subscribe());
        }
        for (int i = 0; i < 30; i += 3) {
            waiting.get(i).dispose();
        }
        done(gate.commitTransaction());
        exec(gate, insert(1000));

        assertThat(stored())
                .containsExactlyElementsOf(IntStream.concat(
                                IntStream.range(0, 30).filter(i -> i % 3 != 0), IntStream.of(1000))
                        .boxed()
                        .toList());
        assertThat(stats(gate).writerQueueDepth()).isZero();
    }

    @Test
    void ofOneSession_runInOrder_alsoWhenOneFails() {
        done(gate.beginTransaction());
        Connection session = connect(database);
        Flux<String> work = Flux.range(0, 60)
                .flatMapSequential(
                        i -> TestDatabase.counts(
                                        session, i == 30 ? insert(0) : "INSERT INTO log SELECT count(*) FROM log")
                                .map(String::valueOf)
                                .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState())),
                        60);
        exec(gate, insert(0));
        var running = work.collectList().toFuture();
        done(gate.commitTransaction());

        assertThat(running).succeedsWithin(Duration.ofSeconds(30));
        assertThat(running.join()).hasSize(60).filteredOn("23505"::equals).hasSize(1);
        assertThat(database.read(Integer.class, "SELECT a FROM log ORDER BY rowid"))
                .containsExactlyElementsOf(IntStream.range(0, 59).boxed().toList());
    }

    @Test
    void statementTimeout_inAGroup_costsOnlyTheGuilty() {
        Function<Connection, Flux<?>> endless = c -> Flux.from(c.setStatementTimeout(Duration.ofMillis(300)))
                .thenMany(TestDatabase.counts(c, "INSERT INTO log " + ENDLESS));
        List<Function<Connection, Flux<?>>> writes = new ArrayList<>(
                IntStream.range(0, 10).mapToObj(i -> sql(insert(i))).toList());
        writes.add(5, endless);

        assertThat(together(writes)).containsExactly("1", "1", "1", "1", "1", "57014", "1", "1", "1", "1", "1");
        assertThat(stored()).hasSize(10);
        assertThat(database.value(Long.class, "SELECT count(*) FROM log")).isZero();
    }

    @Test
    void randomMixture_isAsIfOneByOne() {
        for (int round = 0; round < 6; round++) {
            List<String> script = new ArrayList<>();
            java.util.Random random = new java.util.Random(round);
            for (int i = 0; i < 40; i++) {
                int a = random.nextInt(25);
                script.add(
                        switch (random.nextInt(8)) {
                            case 0 -> "INSERT OR ROLLBACK INTO t (a) VALUES (" + a + ")";
                            case 1 -> "INSERT OR FAIL INTO t (a) VALUES (" + (a + 30) + "), (" + a + ")";
                            case 2 -> "DELETE FROM t WHERE a = " + a;
                            case 3 -> "UPDATE t SET a = a + 1 WHERE a > " + a;
                            case 4 -> "INSERT INTO t VALUES (" + a + ", 'bad')";
                            case 5 -> "INSERT OR REPLACE INTO t VALUES (" + a + ", 'r') RETURNING a";
                            default -> insert(a);
                        });
            }
            TestDatabase model = openAt(directory.resolve("model" + round + ".db"), "groupCommit=false");
            model.run("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT CHECK (b <> 'bad'))");
            List<String> expected = new ArrayList<>();
            for (String sql : script) {
                expected.addAll(Await.all(model.using(c -> TestDatabase.counts(c, sql))
                        .map(String::valueOf)
                        .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState()))));
            }
            exec(gate, "DELETE FROM t");

            List<String> outcomes =
                    together(script.stream().map(GroupCommitTests::sql).toList());

            assertThat(outcomes).as("seed %s", round).isEqualTo(expected);
            assertThat(stored()).isEqualTo(model.read(Integer.class, "SELECT a FROM t ORDER BY a"));
        }
    }
}
