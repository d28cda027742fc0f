package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import rillite.r2dbc.Errors.Phase;

/** Provokes the errors of a real SQLite and checks what becomes of their true codes and messages. */
final class SqliteErrorMappingTests {
    private static final String SCHEMA =
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT NOT NULL DEFAULT 1, c INT CHECK(c > 0), x, y,"
                    + " UNIQUE(x, y))";

    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = connect("app.db");
        run(connection, SCHEMA, "PRAGMA foreign_keys=ON");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** Statements before the last are the way there; they are separated by two semicolons. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "selec 1 | 1 | BadGrammar | 42601 | near \"selec\": syntax error",
                "SELECT 1 FROM | 1 | BadGrammar | 42601 | incomplete input",
                "SELECT 'abc | 1 | BadGrammar | 42601 | unrecognized token: \"'abc",
                "SELECT * FROM nope | 1 | BadGrammar | 42S02 | no such table: nope",
                "INSERT INTO nope VALUES (1) | 1 | BadGrammar | 42S02 | no such table: nope",
                "DROP VIEW nope | 1 | BadGrammar | 42S02 | no such view: nope",
                "SELECT nope FROM t | 1 | BadGrammar | 42S22 | no such column: nope",
                "SELECT t.nope FROM t | 1 | BadGrammar | 42S22 | no such column: t.nope",
                "SELECT `nope` FROM t | 1 | BadGrammar | 42S22 | no such column: nope",
                "INSERT INTO t(nope) VALUES (1) | 1 | BadGrammar | 42S22 | table t has no column named nope",
                "UPDATE t SET nope = 1 | 1 | BadGrammar | 42S22 | no such column: nope",
                "CREATE VIEW v AS SELECT nope FROM t;;SELECT * FROM v | 1 | BadGrammar | 42S22 | no such column: nope",
                "SELECT nofn(1) | 1 | BadGrammar | 42883 | no such function: nofn",
                "SELECT abs(1, 2) | 1 | BadGrammar | 42883 | wrong number of arguments to function abs()",
                "CREATE TABLE t(id) | 1 | BadGrammar | 42S01 | table t already exists",
                "CREATE INDEX i ON t(b);;CREATE INDEX i ON t(b) | 1 | BadGrammar | 42S01 | index i already exists",
                "CREATE VIEW v AS SELECT 1;;CREATE VIEW v AS SELECT 1 | 1 | BadGrammar | 42S01 | view v already exists",
                "CREATE INDEX i ON t(b);;CREATE TABLE i(a) | 1 | BadGrammar | 42S01 | already an index named i",
                "CREATE INDEX t ON t(a) | 1 | BadGrammar | 42S01 | there is already a table named t",
                "INSERT INTO t VALUES (1) | 1 | BadGrammar | 21S01 | table t has 6 columns but 1 values",
                "INSERT INTO t(id) VALUES (1, 2) | 1 | BadGrammar | 21S01 | 2 values for 1 columns",
                "VALUES (1), (1, 2) | 1 | BadGrammar | 21S01 | all VALUES must have the same number of terms",
                "SELECT 1 UNION SELECT 1, 2 | 1 | BadGrammar | 21S01 | do not have the same number of result columns",
                "SELECT a FROM t, t AS u | 1 | BadGrammar | 42000 | ambiguous column name: a",
                "RELEASE nope | 1 | BadGrammar | 42000 | no such savepoint: nope",
                "SELECT ?1000000 | 1 | BadGrammar | 42000 | variable number must be between",
                "SELECT 'a' ORDER BY 1 COLLATE nope | 257 | BadGrammar | 42704 | no such collation sequence: nope",
                "SELECT abs(-9223372036854775808) | 1 | NonTransient | 22003 | integer overflow",
                "SELECT json('{') | 1 | NonTransient | 22032 | malformed JSON",
                "SELECT json_extract('{}', 'bad') | 1 | NonTransient | 22000 | bad JSON path: 'bad'",
                "SELECT json_object('a') | 1 | NonTransient | 22000 | json_object() requires an even number",
                "BEGIN;;BEGIN | 1 | NonTransient | 25001 | cannot start a transaction within a transaction",
                "BEGIN;;VACUUM | 1 | NonTransient | 25001 | cannot VACUUM from within a transaction",
                "BEGIN;;PRAGMA synchronous=OFF | 1 | NonTransient | 25001 | Safety level may not be changed inside",
                "COMMIT | 1 | NonTransient | 25P01 | cannot commit - no transaction is active",
                "ROLLBACK | 1 | NonTransient | 25P01 | cannot rollback - no transaction is active",
                "INSERT INTO t(id) VALUES (1), (1) | 1555 | DataIntegrity | 23505 | UNIQUE constraint failed: t.id",
                "INSERT INTO t(a) VALUES ('q'), ('q') | 2067 | DataIntegrity | 23505 | UNIQUE constraint failed: t.a",
                "INSERT INTO t(x, y) VALUES (1, 1), (1, 1) | 2067 | DataIntegrity | 23505 | failed: t.x, t.y",
                "CREATE TABLE r(a);;INSERT INTO r(rowid, a) VALUES (1, 1), (1, 2)"
                        + " | 2579 | DataIntegrity | 23505 | UNIQUE constraint failed: r.rowid",
                "CREATE UNIQUE INDEX ux ON t(lower(a));;INSERT INTO t(a) VALUES ('q'), ('Q')"
                        + " | 2067 | DataIntegrity | 23505 | UNIQUE constraint failed: index 'ux'",
                "INSERT INTO t(b) VALUES (NULL) | 1299 | DataIntegrity | 23502 | NOT NULL constraint failed: t.b",
                "INSERT INTO t(c) VALUES (0) | 275 | DataIntegrity | 23514 | CHECK constraint failed: c > 0",
                "CREATE TABLE k(p REFERENCES t);;INSERT INTO k VALUES (5)"
                        + " | 787 | DataIntegrity | 23503 | FOREIGN KEY constraint failed",
                "CREATE TABLE k(p REFERENCES t DEFERRABLE INITIALLY DEFERRED);;BEGIN;;INSERT INTO k VALUES (5);;COMMIT"
                        + " | 787 | DataIntegrity | 23503 | FOREIGN KEY constraint failed",
                "CREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no way'); END;;INSERT INTO t(a) VALUES"
                        + " (1) | 1811 | DataIntegrity | 23000 | no way",
                "CREATE VIRTUAL TABLE rt USING rtree(id, x0, x1);;INSERT INTO rt VALUES (1, 5, 1)"
                        + " | 19 | DataIntegrity | 23000 | rtree constraint failed: rt.(x0<=x1)",
                "CREATE TABLE st(a INTEGER) STRICT;;INSERT INTO st VALUES ('q')"
                        + " | 3091 | DataIntegrity | 22018 | cannot store TEXT value in INTEGER column st.a",
                "INSERT INTO t(id) VALUES ('q') | 20 | DataIntegrity | 22018 | datatype mismatch",
                "SELECT zeroblob(2000000000) | 18 | NonTransient | 54000 | string or blob too big",
                "PRAGMA query_only=1;;INSERT INTO t(a) VALUES (1)"
                        + " | 8 | PermissionDenied | 25006 | attempt to write a readonly database",
                "ATTACH '/no/such/folder/x.db' AS q"
                        + " | 14 | NonTransientResource | 08001 | unable to open database: /no/such/folder/x.db",
            })
    void statement_fails_withClassStateAndText(String script, int code, String family, String sqlState, String text)
            throws SQLException {
        String[] statements = script.split(";;(?=[A-Z])");
        for (int i = 0; i < statements.length - 1; i++) {
            run(connection, statements[i]);
        }
        String sql = statements[statements.length - 1];
        R2dbcException error = fail(connection, Phase.PREPARE, sql);
        assertThat(error.getErrorCode()).isEqualTo(code);
        assertThat(error.getClass().getSimpleName()).startsWith("Sqlite" + family + "Exception");
        assertThat(error.getSqlState()).isEqualTo(sqlState);
        assertThat(error.getSql()).isEqualTo(sql);
        assertThat(error)
                .hasMessageStartingWith("[" + SqliteErrorCode.of(code).sqliteName() + "] ")
                .hasMessageContaining(text)
                .hasCauseInstanceOf(SQLiteException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM f5 WHERE f5 MATCH ? | hunter2:x",
                "SELECT * FROM f5 WHERE f5 = ? | AND hunter2",
                "SELECT * FROM f5(?) | *hunter2",
                "SELECT * FROM f5(?) | hunter2\"",
                "SELECT * FROM f5(?) | NEAR(a, hunter2)",
                "SELECT * FROM f5 WHERE f5 MATCH 'hello' AND rank MATCH ? | hunter2",
                "SELECT * FROM f4 WHERE f4 MATCH ? | hunter2 AND",
                "SELECT * FROM f4 WHERE f4 MATCH ? | \"hunter2",
                "SELECT fts3_tokenizer(?) | hunter2",
                "SELECT json_extract('{}', ?) | hunter2",
                "SELECT '{}' -> ? | $hunter2",
                "SELECT json_insert('[]', ?, 1) | $[hunter2]",
                "SELECT json(?) | hunter2",
                "SELECT * FROM json_each('{}', ?) | hunter2",
                "SELECT * FROM pragma_table_info('t', ?) | hunter2",
                "SELECT * FROM pragma_integrity_check(?) | hunter2",
                "ATTACH ? AS other | /no/such/hunter2/x.db",
                "ATTACH ? AS other | file:x?mode=hunter2",
                "ATTACH ? AS other | file:x?vfs=hunter2",
                "ATTACH ? AS other | file://hunter2/x",
                "DETACH ? | hunter2",
                "VACUUM INTO ? | /no/such/hunter2/x.db",
                "INSERT INTO t(id) VALUES (?) | hunter2",
                "SELECT grumble(?) | hunter2",
            })
    void boundValue_quotedBySqlite_isNotShown(String sql, String value) throws SQLException {
        run(connection, "CREATE VIRTUAL TABLE f5 USING fts5(body)", "INSERT INTO f5 VALUES ('hello')");
        run(connection, "CREATE VIRTUAL TABLE f4 USING fts4(body)", "INSERT INTO f4 VALUES ('hello')");
        Function.create(connection, "grumble", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                throw new SQLException("cannot digest " + value_text(0));
            }
        });
        R2dbcException error = null;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.execute();
        } catch (SQLiteException e) {
            error = mapped(Phase.RUN, e, sql);
        }
        assertThat(error).isNotNull();
        for (Throwable seen = error; seen != null; seen = seen.getCause()) {
            assertThat(seen.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void busy_otherConnectionWrites_isTransient() throws SQLException {
        try (Connection other = connect("app.db")) {
            run(connection, "BEGIN IMMEDIATE");
            run(other, "PRAGMA busy_timeout=0");
            assertMapped(fail(other, Phase.RUN, "BEGIN IMMEDIATE"), 5, SqliteTransientResourceException.class, "55006");
        }
    }

    @Test
    void busySnapshot_readThenWriteBehindAnotherCommit_isRollback() throws SQLException {
        run(connection, "PRAGMA journal_mode=WAL");
        try (Connection other = connect("app.db")) {
            run(connection, "BEGIN", "SELECT * FROM t");
            run(other, "INSERT INTO t(a) VALUES ('q')");
            assertMapped(
                    fail(connection, Phase.RUN, "INSERT INTO t(a) VALUES ('r')"),
                    517,
                    SqliteRollbackException.class,
                    "40001");
        }
    }

    @Test
    void locked_dropTableUnderACursor_isTransient() throws SQLException {
        run(connection, "INSERT INTO t(a) VALUES ('q'), ('r')");
        try (Statement cursor = connection.createStatement();
                ResultSet rows = cursor.executeQuery("SELECT * FROM t")) {
            assertThat(rows.next()).isTrue();
            assertMapped(
                    fail(connection, Phase.RUN, "DROP TABLE t"), 6, SqliteTransientResourceException.class, "55006");
        }
    }

    @Test
    void lockedSharedCache_otherConnectionWrites_isTransient() throws SQLException {
        String url = "jdbc:sqlite:file:mapping?mode=memory&cache=shared";
        try (Connection writer = DriverManager.getConnection(url);
                Connection reader = DriverManager.getConnection(url)) {
            run(writer, "CREATE TABLE s(a)", "BEGIN IMMEDIATE", "INSERT INTO s VALUES (1)");
            assertMapped(
                    fail(reader, Phase.RUN, "SELECT * FROM s"), 262, SqliteTransientResourceException.class, "55006");
        }
    }

    @Test
    void abortRollback_schemaRolledBackUnderACursor_isRollback() throws SQLException {
        run(connection, "INSERT INTO t(a) VALUES ('q'), ('r')", "BEGIN", "CREATE TABLE fresh(a)");
        try (Statement cursor = connection.createStatement();
                ResultSet rows = cursor.executeQuery("SELECT * FROM t")) {
            assertThat(rows.next()).isTrue();
            run(connection, "ROLLBACK");
            R2dbcException error = null;
            try {
                rows.next();
            } catch (SQLiteException e) {
                error = mapped(Phase.RUN, e, "SELECT * FROM t");
            }
            assertMapped(error, 516, SqliteRollbackException.class, "40000");
        }
    }

    @Test
    void interrupt_fromInside_isTimeout() throws SQLException {
        SQLiteConnection raw = connection.unwrap(SQLiteConnection.class);
        Function.create(connection, "stop", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                raw.getDatabase().interrupt();
                result(1);
            }
        });
        R2dbcException error = fail(
                connection,
                Phase.RUN,
                "WITH RECURSIVE n(i) AS (SELECT stop() UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                        + " SELECT sum(i) FROM n");
        assertMapped(error, 9, SqliteTimeoutException.class, "57014");
    }

    @Test
    void full_pageLimit_isNonTransientResource() throws SQLException {
        run(connection, "PRAGMA max_page_count=8");
        for (Phase phase : Phase.values()) {
            assertMapped(
                    fail(connection, phase, "INSERT INTO t(a) VALUES (zeroblob(1000000))"),
                    13,
                    SqliteNonTransientResourceException.class,
                    "53100");
        }
    }

    @Test
    void notADatabase_foreignFile_isNonTransientResource() throws SQLException, IOException {
        Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(100));
        try (Connection other = connect("text.db")) {
            assertMapped(
                    fail(other, Phase.RUN, "SELECT * FROM sqlite_master"),
                    26,
                    SqliteNonTransientResourceException.class,
                    "XX001");
        }
    }

    @Test
    void corrupt_pageOverwritten_isNonTransientResourceAndUnknownForAWrite() throws SQLException, IOException {
        run(connection, "INSERT INTO t(a) VALUES (zeroblob(100))");
        connection.close();
        byte[] bytes = Files.readAllBytes(folder.resolve("app.db"));
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5A);
        Files.write(folder.resolve("app.db"), bytes);
        connection = connect("app.db");
        assertMapped(
                fail(connection, Phase.RUN, "SELECT * FROM t"), 11, SqliteNonTransientResourceException.class, "XX001");
        assertMapped(
                fail(connection, Phase.AUTOCOMMIT_WRITE, "INSERT INTO t(a) VALUES ('q')"),
                11,
                SqliteOutcomeUnknownException.class,
                "08007");
    }

    @Test
    void corruptVirtualTable_shadowTableDamaged_isNonTransientResource() throws SQLException {
        run(connection, "CREATE VIRTUAL TABLE ft USING fts5(body)", "INSERT INTO ft VALUES ('hello')");
        run(connection, "UPDATE ft_data SET block = zeroblob(3) WHERE id > 10");
        assertMapped(
                fail(connection, Phase.RUN, "SELECT * FROM ft WHERE ft MATCH 'hello'"),
                267,
                SqliteNonTransientResourceException.class,
                "XX001");
    }

    @Test
    void databaseMoved_fileDeletedUnderAConnection_isNonTransientResource() throws SQLException, IOException {
        run(connection, "PRAGMA journal_mode=DELETE");
        Files.delete(folder.resolve("app.db"));
        assertMapped(
                fail(connection, Phase.RUN, "INSERT INTO t(a) VALUES ('q')"),
                1032,
                SqliteNonTransientResourceException.class,
                "58030");
    }

    @Test
    void cannotOpen_directory_isNonTransientResource() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("dir.db"));
        R2dbcException error = null;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory)) {
            assertThat(other).isNull();
        } catch (SQLException e) {
            error = mapped(Phase.RUN, (SQLiteException) e, null);
        }
        assertThat(error).isInstanceOf(SqliteNonTransientResourceException.class);
        assertThat(error.getErrorCode() & 0xFF).isEqualTo(14);
        assertThat(error.getSqlState()).isEqualTo("08001");
    }

    @Test
    void unknownColumnInDoubleQuotes_isReadAsText_soTheAdviceSaysSo() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"nope\"")) {
            assertThat(rows.getString(1)).isEqualTo("nope");
        }
        assertThat(fail(connection, Phase.PREPARE, "SELECT nope FROM t"))
                .hasMessageContaining("names in double quotes that match no column are read as text");
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
    }

    private static void assertMapped(
            R2dbcException error, int code, Class<? extends R2dbcException> type, String sqlState) {
        assertThat(error).isExactlyInstanceOf(type);
        assertThat(error.getErrorCode()).isEqualTo(code);
        assertThat(error.getSqlState()).isEqualTo(sqlState);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private static R2dbcException fail(Connection connection, Phase phase, String sql) throws SQLException {
        try {
            run(connection, sql);
        } catch (SQLiteException e) {
            return mapped(phase, e, sql);
        }
        throw new AssertionError("No error from " + sql);
    }

    private static R2dbcException mapped(Phase phase, SQLiteException error, String sql) {
        return Errors.of(phase, error.getResultCode().code, error.getMessage(), sql, error);
    }
}
