package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Several statements in one text, several bindings of one statement, and batches. */
final class SeveralStatementsTests extends Contract {
    @Test
    void text_severalStatements_oneResultEachInOrder() {
        var results = Flux.<Result>from(connection
                        .createStatement("INSERT INTO t VALUES (1), (2); SELECT a FROM t ORDER BY a;"
                                + " DELETE FROM t WHERE a = 1; SELECT count(*) FROM t")
                        .execute())
                .concatMap(result -> Flux.from(result.flatMap(segment -> Mono.just(describe(segment))))
                        .collectList()
                        .map(Object::toString));

        assertThat(Await.all(results)).containsExactly("[count 2]", "[row 1, row 2]", "[count 1]", "[row 1]");
    }

    @Test
    void text_parametersAcrossStatements_areNumberedThrough() {
        assertThat(exec("INSERT INTO t VALUES (?); INSERT INTO t VALUES (?), (?)", 1, 2, 3))
                .containsExactly(1L, 2L);
        assertThat(committed()).containsExactly(1, 2, 3);
    }

    @Test
    void text_sameNameInTwoStatements_isOneParameter() {
        var statement = connection.createStatement("INSERT INTO t VALUES (:v); INSERT INTO t VALUES (:v + 1)");

        Await.done(Flux.<Result>from(statement.bind("v", 5).execute()).concatMap(Result::getRowsUpdated));

        assertThat(committed()).containsExactly(5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ";", ";;", "-- nothing", "/* nothing */", "/* open", ";-- a\n;/* b */;"})
    void text_withoutStatement_hasNoResult(String sql) {
        assertThat(Await.all(connection.createStatement(sql).execute())).isEmpty();
    }

    @Test
    void text_semicolonsInsideQuotes_endNothing() {
        assertThat(read(
                        String.class,
                        "SELECT ';' || \"a;b\" || [c;d] || `e;f` FROM (SELECT 1 AS \"a;b\", 2 AS"
                                + " [c;d], 3 AS `e;f`) -- ; \n /* ; */;"))
                .containsExactly(";123");
    }

    @Test
    void text_triggerBody_isOneStatement() {
        exec("CREATE TABLE log (x)");

        assertThat(exec("CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (CASE WHEN new.a > 1 THEN"
                        + " 'big;' ELSE 'small' END); DELETE FROM log WHERE x = 'small'; END; INSERT INTO t VALUES (1),"
                        + " (2)"))
                .containsExactly(2L);
        assertThat(read(String.class, "SELECT x FROM log")).containsExactly("big;");
    }

    @Test
    void text_secondStatementWrong_isAnError() {
        assertThat(Await.error(TestDatabase.counts(connection, "INSERT INTO t VALUES (1); SELEC 2")))
                .isInstanceOf(R2dbcBadGrammarException.class);
    }

    @Test
    void add_severalBindings_oneResultEach() {
        var statement = connection.createStatement("INSERT INTO t VALUES (?)");
        for (int i = 1; i <= 3; i++) {
            statement.bind(0, i);
            if (i < 3) {
                statement.add();
            }
        }

        assertThat(Await.all(Flux.<Result>from(statement.execute()).concatMap(Result::getRowsUpdated)))
                .containsExactly(1L, 1L, 1L);
        assertThat(committed()).containsExactly(1, 2, 3);
    }

    @Test
    void add_oneBindingFails_noneIsKept() {
        exec("CREATE TABLE u (a INTEGER PRIMARY KEY)");
        var statement = connection.createStatement("INSERT INTO u VALUES (?)");
        statement.bind(0, 1).add().bind(0, 2).add().bind(0, 1);

        assertFails(
                Flux.<Result>from(statement.execute()).concatMap(Result::getRowsUpdated),
                R2dbcDataIntegrityViolationException.class,
                "23505");

        assertThat(database.value(Integer.class, "SELECT count(*) FROM u")).isZero();
    }

    @Test
    void batch_results_comeInOrder() {
        var batch = connection
                .createBatch()
                .add("INSERT INTO t VALUES (1), (2)")
                .add("SELECT a FROM t")
                .add("UPDATE t SET a = a + 1");

        var counts = Flux.<Result>from(batch.execute())
                .concatMap(result -> Mono.from(result.getRowsUpdated()).defaultIfEmpty(-1L));

        assertThat(Await.all(counts)).containsExactly(2L, -1L, 2L);
        assertThat(committed()).containsExactly(2, 3);
    }

    @Test
    void batch_oneFails_noneIsKept() {
        exec("CREATE TABLE u (a INTEGER PRIMARY KEY)");
        var batch = connection.createBatch().add("INSERT INTO u VALUES (1)").add("INSERT INTO u VALUES (1)");

        assertFails(
                Flux.<Result>from(batch.execute()).concatMap(Result::getRowsUpdated),
                R2dbcDataIntegrityViolationException.class,
                "23505");

        assertThat(database.value(Integer.class, "SELECT count(*) FROM u")).isZero();
        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void batch_null_isRefused() {
        assertThatThrownBy(() -> connection.createBatch().add(null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String describe(Result.Segment segment) {
        if (segment instanceof Result.UpdateCount count) {
            return "count " + count.value();
        }
        if (segment instanceof Result.RowSegment row) {
            return "row " + row.row().get(0);
        }
        return segment.toString();
    }
}
