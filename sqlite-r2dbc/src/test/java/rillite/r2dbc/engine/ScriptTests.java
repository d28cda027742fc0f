package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Several statements in one text or batch: in order, with the results of their place. */
final class ScriptTests extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
    }

    private static Flux<String> shown(Result result) {
        return Flux.from(result.flatMap(segment -> {
            if (segment instanceof Result.RowSegment row) {
                return Mono.just("row " + row.row().get(0));
            }
            return segment instanceof Result.UpdateCount count
                    ? Mono.just("count " + count.value())
                    : Mono.error(((Result.Message) segment).exception());
        }));
    }

    private List<String> run(String sql) {
        return Await.all(
                Flux.<Result>from(connection.createStatement(sql).execute()).concatMap(ScriptTests::shown));
    }

    @Test
    void query_betweenWrites_seesItsPlace_howeverItIsConsumed() {
        String script =
                "INSERT INTO t VALUES (1), (2); SELECT a FROM t ORDER BY a; DELETE FROM t; SELECT count(*) FROM t";
        String[] expected = {"count 2", "row 1", "row 2", "count 2", "row 0"};

        assertThat(run(script)).containsExactly(expected);
        List<Result> all = Await.all(connection.createStatement(script).execute());
        List<String> late = new ArrayList<>();
        for (Result result : all) {
            late.addAll(Await.all(shown(result)));
        }
        assertThat(late).containsExactly(expected);
    }

    @Test
    void query_inABatchBetweenWrites_seesItsPlace() {
        Batch batch = connection
                .createBatch()
                .add("INSERT INTO t VALUES (1), (2)")
                .add("SELECT a FROM t ORDER BY a; DELETE FROM t")
                .add("SELECT count(*) FROM t")
                .add("PRAGMA user_version");

        assertThat(Await.all(Flux.<Result>from(batch.execute()).concatMap(ScriptTests::shown)))
                .containsExactly("count 2", "row 1", "row 2", "count 2", "row 0", "row 0");
    }

    @Test
    void beginToCommit_inOneText_isATransaction() {
        assertThat(run("BEGIN; INSERT INTO t VALUES (1); SELECT a FROM t; COMMIT; SELECT max(a) FROM t"))
                .containsExactly("count 1", "row 1", "row 1");
        assertThat(connection.isAutoCommit()).isTrue();

        assertThat(run("BEGIN IMMEDIATE; INSERT INTO t VALUES (2); SAVEPOINT s; INSERT INTO t VALUES (3);"
                        + " ROLLBACK TO s; RELEASE s; END"))
                .containsExactly("count 1", "count 1");
        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 2);
    }

    @Test
    void errorBetweenBeginAndCommit_leavesTheTransactionOpen_toBeRolledBack() {
        assertThat(Await.error(Flux.<Result>from(connection
                                .createStatement("BEGIN; INSERT INTO t VALUES (1); INSERT INTO t VALUES (1); COMMIT")
                                .execute())
                        .concatMap(ScriptTests::shown)))
                .isInstanceOf(R2dbcDataIntegrityViolationException.class);

        assertThat(connection.isAutoCommit()).isFalse();
        done(connection.rollbackTransaction());
        assertThat(database.read(Integer.class, "SELECT a FROM t")).isEmpty();
    }

    @Test
    void statements_afterAnError_doNotRun_thoseBeforeHave() {
        Flux<String> results = Flux.<Result>from(connection
                        .createStatement(
                                "INSERT INTO t VALUES (1); INSERT INTO nope VALUES (1); INSERT INTO t VALUES (2)")
                        .execute())
                .concatMap(ScriptTests::shown);

        StepVerifier.create(results).expectNext("count 1").verifyError(R2dbcBadGrammarException.class);

        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1);
    }

    @Test
    void cancelledInTheMiddle_runsNoMore() {
        Flux<Result> results = Flux.from(connection
                .createStatement("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)")
                .execute());

        StepVerifier.create(results, 1).expectNextCount(1).thenCancel().verify();

        assertThat(read(connection, Integer.class, "SELECT max(a) FROM t").get(0))
                .isLessThan(3);
    }

    @Test
    void valuesOfSeveralSets_runTheWholeTextForEach() {
        var statement = connection
                .createStatement(
                        "INSERT INTO t VALUES ($1); SELECT count(*) FROM t; UPDATE t SET a = a + 0 WHERE a = $1")
                .bind("$1", 1)
                .add()
                .bind("$1", 2);

        List<Result> all = Await.all(statement.execute());
        assertThat(all.stream().flatMap(r -> Await.all(shown(r)).stream()))
                .containsExactly("count 1", "row 1", "count 1", "count 1", "row 2", "count 1");
    }

    @Test
    void hugeQueryBeforeAWrite_isATypedError_asTheLastItStreams() {
        TestDatabase small = openAt(directory.resolve("small.db"), "maxMaterializeBytes=65536");
        Connection session = connect(small);
        exec(session, "CREATE TABLE t (a)");

        assertThat(assertFails(
                        TestDatabase.rows(session, row -> row, ENDLESS + "; INSERT INTO t VALUES (1)"),
                        R2dbcTransientResourceException.class,
                        "53400"))
                .hasMessageContaining("maxMaterializeBytes");
        assertThat(Await.all(TestDatabase.column(session, Integer.class, "INSERT INTO t VALUES (1); " + ENDLESS)
                        .take(100_000)))
                .hasSize(100_000);
    }

    @Test
    void batchWithDdl_isAllOrNothing() {
        Batch good = connection
                .createBatch()
                .add("CREATE TABLE u (a PRIMARY KEY)")
                .add("INSERT INTO u VALUES (1)")
                .add("CREATE INDEX i ON u (a)");
        assertThat(Await.all(Flux.<Result>from(good.execute()).concatMap(ScriptTests::shown)))
                .containsExactly("count 1");

        Batch bad = connection
                .createBatch()
                .add("CREATE TABLE w (a)")
                .add("INSERT INTO w VALUES (1)")
                .add("INSERT INTO u VALUES (1)");
        assertFails(Flux.from(bad.execute()), R2dbcDataIntegrityViolationException.class, "23505");
        assertFails(connection, "SELECT * FROM w", R2dbcBadGrammarException.class, "42S02");
    }

    @Test
    void batchInATransaction_isAllOrNothing_andTheTransactionLives() {
        exec(connection, "CREATE TABLE u (a PRIMARY KEY); INSERT INTO u VALUES (1)");
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");
        Batch bad = connection
                .createBatch()
                .add("CREATE TABLE w (a)")
                .add("INSERT INTO t VALUES (2)")
                .add("INSERT INTO u VALUES (1)");

        assertFails(Flux.from(bad.execute()), R2dbcDataIntegrityViolationException.class, "23505");
        assertFails(connection, "SELECT * FROM w", R2dbcBadGrammarException.class, "42S02");
        exec(connection, "INSERT INTO t VALUES (3)");
        done(connection.commitTransaction());

        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 3);
    }

    @Test
    void batchOfReads_needsNoWriter() {
        Connection holder = connect(database);
        done(holder.beginTransaction());
        exec(holder, "INSERT INTO t VALUES (1)");

        assertThat(Await.all(Flux.<Result>from(connection
                                .createBatch()
                                .add("SELECT 1")
                                .add("SELECT count(*) FROM t")
                                .execute())
                        .concatMap(ScriptTests::shown)))
                .containsExactly("row 1", "row 0");
        done(holder.rollbackTransaction());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", " -- nothing", "/* nothing */ ;;"})
    void emptyBatch_hasNoResults(String sql) {
        assertThat(Await.all(connection.createBatch().add(sql).execute())).isEmpty();
        assertThat(Await.all(connection.createBatch().execute())).isEmpty();
    }

    @Test
    void addSets_inATransaction_areAllOrNothing_andItLives() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");
        Publisher<? extends Result> sets = connection
                .createStatement("INSERT INTO t VALUES (?)")
                .bind(0, 2)
                .add()
                .bind(0, 1)
                .execute();

        assertFails(Flux.from(sets), R2dbcDataIntegrityViolationException.class, "23505");
        exec(connection, "INSERT INTO t VALUES (3)");
        done(connection.commitTransaction());

        assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1, 3);
    }

    @Test
    void addSets_manyAtOnce_eachIsAllOrNothing() {
        Flux<Object> work = Flux.range(0, 100)
                .flatMap(
                        i -> database.using(c -> Flux.<Result>from(c.createStatement("INSERT INTO t VALUES (?)")
                                                .bind(0, i * 10)
                                                .add()
                                                .bind(0, i * 10 + 1)
                                                .add()
                                                .bind(0, i % 2 == 0 ? i * 10 + 2 : i * 10)
                                                .execute())
                                        .concatMap(Result::getRowsUpdated)
                                        .cast(Object.class))
                                .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState())),
                        100);

        assertThat(Await.all(work)).filteredOn("23505"::equals).hasSize(50);
        assertThat(database.read(Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactlyElementsOf(IntStream.range(0, 100)
                        .filter(i -> i % 2 == 0)
                        .boxed()
                        .flatMap(i -> IntStream.range(i * 10, i * 10 + 3).boxed())
                        .toList());
    }

    @Test
    void blobAndSets_withTheRightValues() {
        exec(connection, "CREATE TABLE b (n, x)");
        var statement = connection
                .createStatement("INSERT INTO b VALUES (?, ?)")
                .bind(0, 1)
                .bind(1, io.r2dbc.spi.Clob.from(Mono.just("one")))
                .add()
                .bind(0, 2)
                .bind(1, io.r2dbc.spi.Clob.from(Flux.just("t", "wo")));

        assertThat(Await.all(Flux.<Result>from(statement.execute()).concatMap(Result::getRowsUpdated)))
                .containsExactly(1L, 1L);
        assertThat(read(connection, String.class, "SELECT n || x FROM b ORDER BY n"))
                .containsExactly("1one", "2two");
    }
}
