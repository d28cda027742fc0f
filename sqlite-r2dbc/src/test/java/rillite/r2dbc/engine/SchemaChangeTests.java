package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcRollbackException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Whoever changes the schema: rows have the columns they have, under their names, with their types. */
final class SchemaChangeTests extends EngineCase {
    /** Who changes it. */
    enum Changer {
        SAME_SESSION,
        OTHER_SESSION,
        OTHER_PROCESS
    }

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER, b TEXT)");
        exec(connection, "INSERT INTO t VALUES (1, 'x')");
    }

    private Consumer<String> by(Changer changer) {
        return switch (changer) {
            case SAME_SESSION -> sql -> exec(connection, sql);
            case OTHER_SESSION -> database::run;
            case OTHER_PROCESS -> this::byJdbc;
        };
    }

    private void byJdbc(String script) {
        try (var jdbc = database.jdbc();
                var statement = jdbc.createStatement()) {
            for (String sql : script.split(";")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Every row as {@code name:type=value}, read by index, with untyped values. */
    private List<String> shown(Connection session, String sql) {
        return Await.all(Flux.from(session.createStatement(sql).execute())
                .concatMap(result -> result.map((row, metadata) -> {
                    List<String> cells = new ArrayList<>();
                    for (ColumnMetadata column : metadata.getColumnMetadatas()) {
                        Object value = row.get(cells.size());
                        Object named = row.get(column.getName());
                        assertThat(named).isEqualTo(value);
                        cells.add(column.getName() + ":"
                                + (value == null ? "null" : value.getClass().getSimpleName()) + "=" + value);
                    }
                    return String.join(" ", cells);
                })));
    }

    /** The same from every reader, from the writer and from a transaction, again and again. */
    private void assertShown(String sql, String... rows) {
        for (int i = 0; i < 6; i++) {
            assertThat(shown(connection, sql)).containsExactly(rows);
        }
        assertThat(Await.all(Flux.range(0, 12)
                        .flatMap(i -> Mono.fromCallable(() -> i), 12)
                        .flatMap(i -> database.using(c -> TestDatabase.rows(
                                c, row -> row.getMetadata().getColumnMetadatas().size(), sql)))))
                .allMatch(width -> width == rows[0].split(" ").length);
        done(connection.beginTransaction());
        assertThat(shown(connection, sql)).containsExactly(rows);
        done(connection.rollbackTransaction());
    }

    private void warmUp() {
        assertShown("SELECT * FROM t", "a:Integer=1 b:String=x");
        assertShown("SELECT a, b FROM t", "a:Integer=1 b:String=x");
        assertShown("UPDATE t SET a = a RETURNING *", "a:Integer=1 b:String=x");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void addColumn_appears(Changer changer) {
        warmUp();

        by(changer).accept("ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 5");

        assertShown("SELECT * FROM t", "a:Integer=1 b:String=x c:Integer=5");
        assertShown("SELECT a, b FROM t", "a:Integer=1 b:String=x");
        assertShown("UPDATE t SET a = a RETURNING *", "a:Integer=1 b:String=x c:Integer=5");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void renameColumn_changesTheName(Changer changer) {
        warmUp();

        by(changer).accept("ALTER TABLE t RENAME COLUMN b TO bb");

        assertShown("SELECT * FROM t", "a:Integer=1 bb:String=x");
        assertShown("UPDATE t SET a = a RETURNING *", "a:Integer=1 bb:String=x");
        assertFails(
                TestDatabase.rows(connection, row -> row, "SELECT a, b FROM t"),
                R2dbcBadGrammarException.class,
                "42S22");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void dropColumn_shiftsNothing(Changer changer) {
        warmUp();

        by(changer).accept("ALTER TABLE t DROP COLUMN a");

        assertShown("SELECT * FROM t", "b:String=x");
        assertShown("UPDATE t SET b = b RETURNING *", "b:String=x");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void recreated_columnsSwapped_areSwapped(Changer changer) {
        warmUp();

        by(changer).accept("DROP TABLE t; CREATE TABLE t (b TEXT, a INTEGER); INSERT INTO t VALUES ('y', 2)");

        assertShown("SELECT * FROM t", "b:String=y a:Integer=2");
        assertShown("SELECT a, b FROM t", "a:Integer=2 b:String=y");
        assertShown("UPDATE t SET a = a RETURNING *", "b:String=y a:Integer=2");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void recreated_otherTypes_areThoseTypes(Changer changer) {
        warmUp();

        by(changer).accept("DROP TABLE t; CREATE TABLE t (a BOOLEAN, b DATE); INSERT INTO t VALUES (1, '2026-01-02')");

        assertShown("SELECT * FROM t", "a:Boolean=true b:LocalDate=" + LocalDate.of(2026, 1, 2));
        assertShown("SELECT a, b FROM t", "a:Boolean=true b:LocalDate=2026-01-02");
        assertShown("UPDATE t SET a = a RETURNING a, b", "a:Boolean=true b:LocalDate=2026-01-02");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void view_redefined_isTheNewOne(Changer changer) {
        exec(connection, "CREATE VIEW v AS SELECT a AS p, b AS q FROM t");
        assertShown("SELECT * FROM v", "p:Integer=1 q:String=x");

        by(changer).accept("DROP VIEW v; CREATE VIEW v AS SELECT b AS q, a AS p, 3 AS r FROM t");

        assertShown("SELECT * FROM v", "q:String=x p:Integer=1 r:Integer=3");
        assertShown("SELECT p, q FROM v", "p:Integer=1 q:String=x");
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void renamed_isAnError_andComesBack(Changer changer) {
        warmUp();

        by(changer).accept("ALTER TABLE t RENAME TO tt");

        assertFails(
                TestDatabase.rows(connection, row -> row, "SELECT * FROM t"), R2dbcBadGrammarException.class, "42S02");
        by(changer).accept("ALTER TABLE tt RENAME TO t");
        warmUp();
    }

    @ParameterizedTest
    @EnumSource(Changer.class)
    void statementObject_madeBefore_survives(Changer changer) {
        var insert = connection
                .createStatement("INSERT INTO t (a, b) VALUES (?, ?)")
                .bind(0, 2)
                .bind(1, "y");
        done(Flux.from(insert.execute()).concatMap(r -> r.getRowsUpdated()));

        by(changer).accept("ALTER TABLE t ADD COLUMN c DEFAULT 9");
        by(changer).accept("CREATE INDEX i ON t (a)");

        assertThat(Await.all(Flux.from(insert.execute()).concatMap(r -> r.getRowsUpdated())))
                .containsExactly(1L);
        assertThat(shown(connection, "SELECT * FROM t WHERE a = 2"))
                .containsExactly("a:Integer=2 b:String=y c:Integer=9", "a:Integer=2 b:String=y c:Integer=9");
    }

    @Test
    void changeInATransaction_rolledBack_isGone() {
        warmUp();
        for (int i = 0; i < 5; i++) {
            done(connection.beginTransaction());
            exec(connection, "DROP TABLE t");
            exec(connection, "CREATE TABLE t (a BOOLEAN, b DATE, c)");
            exec(connection, "INSERT INTO t VALUES (1, '2026-01-02', 3)");
            assertThat(shown(connection, "SELECT * FROM t"))
                    .containsExactly("a:Boolean=true b:LocalDate=2026-01-02 c:Integer=3");
            assertThat(shown(connection, "SELECT a, b FROM t"))
                    .containsExactly("a:Boolean=true b:LocalDate=2026-01-02");
            assertThat(database.value(String.class, "SELECT b FROM t")).isEqualTo("x");
            done(connection.rollbackTransaction());

            warmUp();
        }
    }

    @Test
    void changeInATransaction_undoneBySqlite_isGone() {
        warmUp();
        exec(connection, "CREATE TABLE k (id INTEGER PRIMARY KEY); INSERT INTO k VALUES (1)");
        done(connection.beginTransaction());
        exec(connection, "DROP TABLE t");
        exec(connection, "CREATE TABLE t (a BOOLEAN, b DATE)");
        exec(connection, "INSERT INTO t VALUES (1, '2026-01-02')");
        assertThat(shown(connection, "SELECT a, b FROM t")).containsExactly("a:Boolean=true b:LocalDate=2026-01-02");
        assertThat(shown(connection, "UPDATE t SET a = a RETURNING a, b"))
                .containsExactly("a:Boolean=true b:LocalDate=2026-01-02");

        Await.error(TestDatabase.counts(connection, "INSERT OR ROLLBACK INTO k VALUES (1)"));

        assertThat(connection.isAutoCommit()).isTrue();
        assertFails(TestDatabase.column(connection, Integer.class, "SELECT 1"), R2dbcRollbackException.class, "40000");
        done(connection.rollbackTransaction());
        warmUp();
        assertThat(shown(connection, "UPDATE t SET a = a RETURNING a, b")).containsExactly("a:Integer=1 b:String=x");
    }

    @Test
    void changeToSavepoint_rolledBack_isGone() {
        warmUp();
        done(connection.beginTransaction());
        done(connection.createSavepoint("s"));
        exec(connection, "ALTER TABLE t ADD COLUMN c BOOLEAN DEFAULT 1");
        assertThat(shown(connection, "SELECT * FROM t")).containsExactly("a:Integer=1 b:String=x c:Boolean=true");
        done(connection.rollbackTransactionToSavepoint("s"));
        assertThat(shown(connection, "SELECT * FROM t")).containsExactly("a:Integer=1 b:String=x");
        exec(connection, "ALTER TABLE t ADD COLUMN c DATE DEFAULT '2026-01-02'");
        assertThat(shown(connection, "SELECT * FROM t"))
                .containsExactly("a:Integer=1 b:String=x c:LocalDate=2026-01-02");
        assertThat(shown(connection, "SELECT c FROM t")).containsExactly("c:LocalDate=2026-01-02");
        done(connection.commitTransaction());

        assertShown("SELECT c FROM t", "c:LocalDate=2026-01-02");
    }

    @Test
    void changesAmongReaders_neverMixShapes() {
        exec(connection, "CREATE TABLE s (v INTEGER, w TEXT)");
        exec(connection, "INSERT INTO s VALUES (1, 'one')");
        Flux<String> changes = Flux.range(0, 60)
                .concatMap(i -> database.using(c -> Flux.from(c.createBatch()
                                .add("DROP TABLE s")
                                .add(
                                        i % 2 == 0
                                                ? "CREATE TABLE s (w TEXT, v INTEGER, z)"
                                                : "CREATE TABLE s (v INTEGER, w TEXT)")
                                .add("INSERT INTO s (v, w) VALUES (1, 'one')")
                                .execute())
                        .concatMap(r -> r.getRowsUpdated())
                        .then(Mono.just("change"))));
        Flux<String> reads = Flux.range(0, 1500)
                .flatMap(
                        i -> database.using(c -> TestDatabase.rows(
                                c,
                                row -> row.get("v", Integer.class)
                                        + row.get("w", String.class)
                                        + row.getMetadata().getColumnMetadatas().size(),
                                "SELECT * FROM s")),
                        16);

        List<String> seen = Await.all(Flux.merge(changes, reads));

        assertThat(seen)
                .filteredOn(text -> !text.equals("change"))
                .hasSize(1500)
                .allMatch(text -> text.equals("1one2") || text.equals("1one3"));
    }

    @Test
    void longResult_keepsItsShape_whileTheTableChanges() {
        exec(connection, "INSERT INTO t SELECT x, 'x' FROM (" + ENDLESS + " LIMIT 5000)");
        var rows = TestDatabase.rows(
                        connection,
                        row -> row.getMetadata().getColumnMetadatas().size(),
                        "SELECT * FROM t")
                .index()
                .concatMap(
                        row -> row.getT1() == 50
                                ? Mono.fromRunnable(() -> {})
                                        .thenMany(database.using(
                                                c -> TestDatabase.counts(c, "ALTER TABLE t ADD COLUMN late DEFAULT 1")))
                                        .then(Mono.just(row.getT2()))
                                : Mono.just(row.getT2()),
                        1);

        assertThat(Await.all(rows)).hasSize(5001).containsOnly(2);
        assertThat(shown(connection, "SELECT * FROM t LIMIT 1"))
                .containsExactly("a:Integer=1 b:String=x late:Integer=1");
    }
}
