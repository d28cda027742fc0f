package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** A session with a physical connection of its own, and what a shared one refuses for the lack of it. */
final class DedicatedSessionTests extends EngineCase {
    private TestDatabase shared;
    private Connection common;
    private Connection own;

    @BeforeEach
    void openBoth() {
        shared = open();
        common = connect(shared);
        own = connect(open("session=dedicated"));
        exec(common, "CREATE TABLE t (a INTEGER)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE x (a)",
                "CREATE TEMPORARY VIEW v AS SELECT 1",
                "CREATE TEMP TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END",
                "CREATE TABLE temp.x (a)",
                "ATTACH ':memory:' AS other",
                "DETACH other",
                "PRAGMA foreign_keys = OFF",
                "PRAGMA cache_size = 100",
                "PRAGMA busy_timeout = 1",
                "PRAGMA synchronous = OFF",
                "PRAGMA temp_store = MEMORY",
                "PRAGMA query_only = 0",
                "PRAGMA case_sensitive_like(1)",
                "PRAGMA locking_mode = EXCLUSIVE",
                "SELECT last_insert_rowid()",
                "SELECT changes()",
                "SELECT a, total_changes ( ) FROM t",
                "INSERT INTO t VALUES (last_insert_rowid())"
            })
    void sharedSession_refuses_sayingWhatToDo(String sql) {
        assertThat(assertFails(common, sql, R2dbcNonTransientException.class, "0A000"))
                .hasMessageContaining("session=dedicated")
                .hasMessageContaining(sql);
    }

    @Test
    void sharedSession_connectionFunctions_inATransactionAndInABatch_work() {
        done(common.beginTransaction());
        exec(common, "INSERT INTO t VALUES (1), (2)");
        assertThat(read(common, Long.class, "SELECT last_insert_rowid()")).containsExactly(2L);
        assertThat(read(common, Long.class, "SELECT changes()")).containsExactly(2L);
        done(common.commitTransaction());

        assertThat(Await.all(Flux.from(common.createBatch()
                                .add("INSERT INTO t VALUES (3)")
                                .add("SELECT last_insert_rowid()")
                                .execute())
                        .concatMap(result -> result.map(row -> row.get(0, Long.class)))))
                .containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH changes(x) AS (SELECT 5) SELECT x FROM changes",
                "SELECT 'changes()', 5 -- changes()",
                "SELECT 5 AS last_insert_rowid",
            })
    void sharedSession_namesLikeThoseFunctions_areOnlyNames(String sql) {
        assertThat(read(common, Object.class, sql)).hasSize(1);
    }

    @Test
    void tempTables_areOfThisSessionAlone() {
        Connection another = connect(open("session=dedicated"));
        exec(own, "CREATE TEMP TABLE x (a)");
        exec(own, "INSERT INTO x VALUES (1), (2)");
        exec(own, "INSERT INTO t SELECT a * 10 FROM x");

        assertThat(read(own, Integer.class, "SELECT a FROM x")).containsExactly(1, 2);
        assertFails(another, "SELECT a FROM x", R2dbcBadGrammarException.class, "42S02");
        assertFails(common, "SELECT a FROM x", R2dbcBadGrammarException.class, "42S02");
        assertThat(read(common, Integer.class, "SELECT a FROM t")).containsExactly(10, 20);
        exec(own, "DROP TABLE x");
        assertFails(own, "SELECT a FROM x", R2dbcBadGrammarException.class, "42S02");
    }

    @Test
    void attach_detach_work_alsoAfterVacuum() {
        exec(own, "VACUUM");
        exec(own, "ATTACH ? AS other", directory.resolve("other.db").toString());
        exec(own, "CREATE TABLE other.o (a)");
        exec(own, "INSERT INTO other.o VALUES (5)");

        assertThat(read(own, Integer.class, "SELECT a FROM other.o")).containsExactly(5);
        exec(own, "DETACH other");
        assertFails(own, "SELECT a FROM other.o", R2dbcBadGrammarException.class, "42S02");
        assertThat(TestDatabase.peek(directory.resolve("other.db"), "SELECT a FROM o"))
                .isEqualTo(5);
    }

    @Test
    void connectionPragmas_holdForThisSession() {
        exec(own, "PRAGMA cache_size = 123");
        exec(own, "PRAGMA case_sensitive_like = 1");
        exec(own, "PRAGMA foreign_keys = OFF");
        exec(common, "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (p REFERENCES parent)");

        assertThat(read(own, Integer.class, "PRAGMA cache_size")).containsExactly(123);
        assertThat(read(own, Integer.class, "SELECT 'a' LIKE 'A'")).containsExactly(0);
        assertThat(read(common, Integer.class, "SELECT 'a' LIKE 'A'")).containsExactly(1);
        assertThat(exec(own, "INSERT INTO child VALUES (1)")).containsExactly(1L);
        assertFails(common, "INSERT INTO child VALUES (1)", R2dbcDataIntegrityViolationException.class, "23503");
    }

    @Test
    void settersThatAnswer_giveTheirRow() {
        assertThat(read(own, Integer.class, "PRAGMA busy_timeout = 77")).containsExactly(77);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA journal_mode = DELETE"})
    void settersWithoutEffectInATransaction_areRefusedThere(String sql) {
        done(own.beginTransaction());

        assertThat(assertFails(own, sql, R2dbcNonTransientException.class, "25001"))
                .hasMessageContaining("transaction");

        done(own.rollbackTransaction());
    }

    @Test
    void setters_withAutoCommitOff_startNoTransaction() {
        done(own.setAutoCommit(false));

        exec(own, "PRAGMA foreign_keys = OFF");
        exec(own, "ATTACH ':memory:' AS other");

        assertThat(read(own, Integer.class, "PRAGMA foreign_keys")).containsExactly(0);
        done(own.rollbackTransaction());
        done(own.setAutoCommit(true));
        assertThat(read(own, Long.class, "SELECT count(*) FROM pragma_database_list WHERE name = 'other'"))
                .containsExactly(1L);
    }

    @Test
    void lastInsertRowid_isThisSessions() {
        for (int i = 0; i < 20; i++) {
            exec(own, "INSERT INTO t VALUES (?)", i);
            long rowid = read(own, Long.class, "SELECT last_insert_rowid()").get(0);
            exec(common, "INSERT INTO t VALUES (-1)");

            assertThat(read(own, Long.class, "SELECT last_insert_rowid()")).containsExactly(rowid);
            assertThat(read(own, Integer.class, "SELECT a FROM t WHERE rowid = ?", rowid))
                    .containsExactly(i);
        }
    }

    @Test
    void transaction_excludesTheSharedWriter_andViceVersa() {
        done(own.beginTransaction());
        exec(own, "INSERT INTO t VALUES (1)");
        CompletableFuture<Long> write =
                TestDatabase.counts(common, "INSERT INTO t VALUES (2)").next().toFuture();
        assertThat(shared.value(Long.class, "SELECT count(*) FROM t")).isZero();
        await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(30)).until(() -> !write.isDone());
        done(own.commitTransaction());
        assertThat(write).succeedsWithin(30, TimeUnit.SECONDS);

        done(common.beginTransaction());
        exec(common, "INSERT INTO t VALUES (3)");
        done(own.setLockWaitTimeout(Duration.ofMillis(200)));
        assertThat(assertFails(own, "INSERT INTO t VALUES (4)", R2dbcTimeoutException.class, "55P03"))
                .hasMessageContaining("lockWaitTimeout");
        assertFails(own.beginTransaction(), R2dbcTimeoutException.class, "55P03");
        done(common.commitTransaction());

        assertThat(exec(own, "INSERT INTO t VALUES (5)")).containsExactly(1L);
        assertThat(read(common, Integer.class, "SELECT a FROM t ORDER BY a")).containsExactly(1, 2, 3, 5);
    }

    @Test
    void manyOfThem_writeAtOnce_noneIsLocked() {
        TestDatabase dedicated = open("session=dedicated");
        Flux<Long> writes = Flux.range(1, 60)
                .flatMap(
                        i -> dedicated.using(c ->
                                Flux.range(0, 5).concatMap(k -> TestDatabase.counts(c, "INSERT INTO t VALUES (?)", i))),
                        12)
                .mergeWith(Flux.range(1, 300)
                        .flatMap(i -> shared.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?)", -i)), 20));

        assertThat(Await.all(writes)).hasSize(600);
        assertThat(read(common, Long.class, "SELECT count(*) FROM t")).containsExactly(600L);
    }

    @Test
    void statementFails_andTransactionGoesOn() {
        exec(own, "CREATE TEMP TABLE x (a PRIMARY KEY)");
        done(own.beginTransaction());
        exec(own, "INSERT INTO x VALUES (1)");
        assertFails(own, "INSERT INTO x VALUES (1)", R2dbcDataIntegrityViolationException.class, "23505");
        exec(own, "INSERT INTO t VALUES (1)");
        done(own.commitTransaction());

        assertThat(read(own, Integer.class, "SELECT a FROM t")).containsExactly(1);
    }

    @Test
    void close_givesEverythingBack() {
        for (int i = 0; i < 30; i++) {
            Connection session = Await.one(open("session=dedicated").factory().create());
            exec(session, "CREATE TEMP TABLE x (a)");
            exec(session, "ATTACH ':memory:' AS other");
            if (i % 3 == 0) {
                done(session.beginTransaction());
                exec(session, "INSERT INTO t VALUES (?)", i);
            }
            if (i % 3 == 1) {
                var rows = TestDatabase.column(session, Integer.class, ENDLESS);
                assertThat(Await.all(rows.take(3))).hasSize(3);
            }
            done(session.close());
        }

        assertThat(exec(common, "INSERT INTO t VALUES (7)")).containsExactly(1L);
        assertThat(read(common, Integer.class, "SELECT a FROM t")).containsExactly(7);
    }

    @Test
    void statementTimeout_stopsItsStatements() {
        done(own.setStatementTimeout(Duration.ofMillis(200)));
        assertFails(own, "SELECT count(*) FROM (" + ENDLESS + ")", R2dbcTimeoutException.class, "57014");
        assertFails(own, "INSERT INTO t " + ENDLESS, R2dbcTimeoutException.class, "57014");

        assertThat(read(common, Long.class, "SELECT count(*) FROM t")).containsExactly(0L);
        assertThat(exec(common, "INSERT INTO t VALUES (1)")).containsExactly(1L);
    }
}
