package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Result;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** What writes answer: counts, returned rows, and nothing kept when the answer is an error. */
final class WriteResultTests extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open("maxMaterializeBytes=65536");
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
    }

    private static Flux<Long> counts(Connection session, String sql) {
        return Flux.<Result>from(session.createStatement(sql).execute()).concatMap(Result::getRowsUpdated);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (4, 'd'), (5, 'e') | 2",
                "INSERT OR IGNORE INTO t VALUES (1, 'x') | 0",
                "INSERT OR REPLACE INTO t VALUES (1, 'x') | 1",
                "INSERT INTO t VALUES (1, 'x') ON CONFLICT DO NOTHING | 0",
                "INSERT INTO t VALUES (1, 'x') ON CONFLICT (a) DO UPDATE SET b = excluded.b | 1",
                "UPDATE t SET b = 'z' | 3",
                "UPDATE t SET b = 'z' WHERE a = 99 | 0",
                "DELETE FROM t | 3",
                "WITH x AS (SELECT 1 AS a) DELETE FROM t WHERE a IN (SELECT a FROM x) | 1",
                "INSERT INTO t SELECT a + 10, b FROM t | 3",
                "REPLACE INTO t VALUES (2, 'x') | 1",
                "INSERT INTO v VALUES (9, 'q') | 0",
                "UPDATE t SET b = 'z' RETURNING a | 3"
            })
    void counts_areThoseOfTheStatement(String sql, long count) {
        exec(connection, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        exec(connection, "CREATE VIEW v AS SELECT * FROM t");
        exec(
                connection,
                "CREATE TRIGGER tv INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a, new.b), (100, 'x'); END");

        assertThat(Await.all(counts(connection, sql))).containsExactly(count);
        done(connection.beginTransaction());
        done(connection.rollbackTransaction());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "VALUES (1), (2)",
                "CREATE TABLE u (a)",
                "PRAGMA user_version",
                "PRAGMA user_version = 5",
                "BEGIN; COMMIT",
                "EXPLAIN DELETE FROM t",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "VACUUM"
            })
    void countless_haveNone(String sql) {
        assertThat(Await.all(counts(connection, sql))).isEmpty();
    }

    @Test
    void counts_amongManyWriters_areTheOwn() {
        exec(connection, "INSERT INTO t SELECT x, 'x' FROM (" + ENDLESS + " LIMIT 100)");
        Flux<Boolean> work = Flux.range(1, 100)
                .flatMap(
                        i -> database.using(c -> counts(c, "UPDATE t SET b = 'n' WHERE a <= " + i)
                                .map(count -> count.intValue() == i)),
                        100);

        assertThat(Await.all(work)).hasSize(100).containsOnly(true);
    }

    @Test
    void insteadOfView_returnsNoGeneratedValue() {
        exec(connection, "CREATE VIEW v AS SELECT * FROM t");
        exec(connection, "CREATE TRIGGER tv INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a, new.b); END");

        assertThat(Await.all(Flux.<Result>from(connection
                                .createStatement("INSERT INTO v (b) VALUES ('x')")
                                .returnGeneratedValues("a")
                                .execute())
                        .concatMap(r -> r.map(row -> String.valueOf(row.get("a"))))))
                .containsExactly("null");
        assertThat(read(connection, String.class, "SELECT b FROM t")).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void returnedRows_tooMany_areAnError_andNothingIsKept(boolean transaction) {
        exec(connection, "INSERT INTO t SELECT x, 'old' FROM (" + ENDLESS + " LIMIT 5000)");
        if (transaction) {
            done(connection.beginTransaction());
            exec(connection, "INSERT INTO t VALUES (9000, 'old')");
        }

        assertThat(assertFails(
                        TestDatabase.rows(connection, row -> row, "UPDATE t SET b = 'new' RETURNING a, b"),
                        R2dbcTransientResourceException.class,
                        "53400"))
                .hasMessageContaining("maxMaterializeBytes");

        if (transaction) {
            assertThat(connection.isAutoCommit()).isFalse();
            done(connection.commitTransaction());
        }
        assertThat(database.value(Long.class, "SELECT count(*) FROM t WHERE b = 'new'"))
                .isZero();
        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(transaction ? 5001 : 5000);
    }

    @Test
    void returnedRows_tooMany_amongOthers_costOnlyThemselves() {
        exec(connection, "INSERT INTO t SELECT x, 'old' FROM (" + ENDLESS + " LIMIT 5000)");
        Flux<String> work = Flux.range(0, 60)
                .flatMap(
                        i -> i % 10 == 0
                                ? database.using(
                                                c -> TestDatabase.rows(c, row -> "row", "DELETE FROM t RETURNING a, b"))
                                        .ignoreElements()
                                        .thenReturn("deleted")
                                        .onErrorResume(R2dbcException.class, e -> Mono.just(e.getSqlState()))
                                        .flux()
                                : database.using(c -> counts(c, "INSERT INTO t VALUES (" + (10_000 + i) + ", 'x')")
                                        .map(String::valueOf)),
                        60);

        List<String> outcome = Await.all(work);

        assertThat(outcome).filteredOn("53400"::equals).hasSize(6);
        assertThat(outcome).filteredOn("1"::equals).hasSize(54);
        assertThat(database.value(Long.class, "SELECT count(*) FROM t")).isEqualTo(5054);
    }

    @Test
    void returning_errorOnALaterRow_keepsNothing() {
        exec(connection, "INSERT INTO t VALUES (1, '{}'), (2, 'no json')");

        Throwable error = Await.error(
                TestDatabase.rows(connection, row -> row, "UPDATE t SET a = a + 10 RETURNING json_extract(b, '$.x')"));

        assertThat(error).isInstanceOf(R2dbcException.class).hasMessageNotContaining("no json\"");
        assertThat(read(connection, Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactly(1, 2);
    }

    @Test
    void returning_amongManyWriters_givesEachItsOwn() {
        exec(connection, "CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER)");
        Flux<String> work = Flux.range(0, 300)
                .flatMap(
                        i -> database.using(c -> Flux.<Result>from(c.createStatement("INSERT INTO s (n) VALUES (?)")
                                        .bind(0, i)
                                        .returnGeneratedValues("id", "n")
                                        .execute())
                                .concatMap(r -> r.map(row -> row.get("id") + ":" + row.get("n")))),
                        300);

        List<String> pairs = Await.all(work);

        assertThat(pairs).hasSize(300);
        assertThat(database.read(String.class, "SELECT id || ':' || n FROM s"))
                .containsExactlyInAnyOrderElementsOf(pairs);
    }

    @Test
    void unknownName_suggestsTheNearest() {
        exec(connection, "CREATE TABLE customer_order (customer_id INTEGER, total REAL)");

        assertSuggests("SELECT * FROM customer_ordr", "42S02", "customer_order");
        assertSuggests("SELECT custmer_id FROM customer_order", "42S22", "customer_id");
        assertSuggests("SELECT o.totl FROM customer_order AS o", "42S22", "total");
        assertSuggests("INSERT INTO customer_order (custmer_id) VALUES (1)", "42S22", "customer_id");
        assertSuggests("UPDATE customer_order SET totals = 1", "42S22", "total");
        assertSuggests("SELECT lenght('x')", "42883", "length");
        done(connection.beginTransaction());
        assertSuggests("DELETE FROM custumer_order", "42S02", "customer_order");
        done(connection.commitTransaction());
    }

    private void assertSuggests(String sql, String state, String name) {
        assertThat(assertFails(connection, sql, R2dbcBadGrammarException.class, state))
                .hasMessageContaining("Did you mean " + name);
    }

    @Test
    void metadata_needsNoRoundTrip() {
        long before = stats(connection).rowsRead();
        for (int i = 0; i < 100; i++) {
            assertThat(connection.getMetadata().getDatabaseVersion()).matches("3\\.\\d+\\.\\d+");
            assertThat(connection.getMetadata().getDatabaseProductName()).isEqualTo("SQLite");
        }

        assertThat(stats(connection).rowsRead()).isEqualTo(before);
        assertThat(read(connection, String.class, "SELECT sqlite_version()"))
                .containsExactly(connection.getMetadata().getDatabaseVersion());
    }

    @Test
    void statementCache_small_worksWithManyTexts() {
        TestDatabase tiny = openAt(directory.resolve("tiny.db"), "statementCacheSize=2");
        Connection session = connect(tiny);
        exec(session, "CREATE TABLE t (a)");
        String kept = "INSERT INTO t VALUES (?)";
        for (int i = 0; i < 200; i++) {
            exec(session, kept, i);
            if (i % 3 == 0) {
                assertThat(read(session, Integer.class, "SELECT " + i)).containsExactly(i);
                exec(session, "INSERT INTO t VALUES (-" + i + ")");
                exec(session, "UPDATE t SET a = a WHERE a = " + i);
            }
        }

        assertThat(read(session, Long.class, "SELECT count(*) FROM t")).containsExactly(267L);
    }

    @Test
    void statementCache_zero_leavesNoStatementOpen() {
        TestDatabase none = openAt(directory.resolve("none.db"), "statementCacheSize=0");
        Connection session = connect(none);
        exec(session, "CREATE TABLE t (a)");
        for (int i = 0; i < 500; i++) {
            exec(session, "INSERT INTO t VALUES (?)", i);
        }

        assertThat(read(session, Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        exec(session, "DROP TABLE t");
    }

    @Test
    void bigValues_areGivenFree() {
        byte[] big = new byte[8 << 20];
        for (int i = 0; i < 10; i++) {
            exec(connection, "INSERT INTO t (a, b) VALUES (?, ?)", i, java.nio.ByteBuffer.wrap(big));
        }

        assertThat(read(connection, Long.class, "SELECT sum(length(b)) FROM t")).containsExactly(10L * big.length);
    }
}
