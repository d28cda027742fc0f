package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rillite.r2dbc.SqliteScript.Comment;
import rillite.r2dbc.SqliteScript.Kind;
import rillite.r2dbc.SqliteScript.Statement;

final class SqliteScriptTests {

    private static List<String> cut(String text) {
        return SqliteScript.of(text).statements().stream().map(Statement::sql).toList();
    }

    @Test
    void statements_areCutAtSemicolons_outsideOfStringsAndTriggers() {
        String trigger =
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE x WHEN 1 THEN 2 END; DELETE FROM b; END";

        assertThat(cut("\uFEFFCREATE TABLE a (x DEFAULT ';');\r\n" + trigger
                        + ";\r\n-- ; no\n/* ; */ ;; INSERT INTO \"a;b\" VALUES (1)"))
                .containsExactly("CREATE TABLE a (x DEFAULT ';')", trigger, "INSERT INTO \"a;b\" VALUES (1)");
    }

    @Test
    void indexes_areThoseOfTheText() {
        String text = "-- head\nSELECT 1 /* in */ ;\n\n/* x */ SELECT 2 -- tail";

        assertThat(SqliteScript.of(text).statements())
                .allSatisfy(found ->
                        assertThat(text.substring(found.start(), found.end())).isEqualTo(found.sql()))
                .extracting(Statement::start)
                .containsExactly(8, 37);
    }

    @Test
    void comments_betweenStatements_areGiven_thoseInsideAreNot() {
        String text =
                "-- one\nCREATE TABLE a ( -- inside\n x);\n/* -- not this */ --two  \r\nSELECT '\n-- nor this\n'; -- three";

        assertThat(SqliteScript.of(text).comments()).extracting(Comment::text).containsExactly("one", "two", "three");
        assertThat(SqliteScript.of(text).comments())
                .allSatisfy(comment ->
                        assertThat(text.startsWith("--", comment.start())).isTrue());
    }

    @Test
    void commentsAlone_areNoStatement() {
        assertThat(cut("-- nothing\n/* at all */ ;\n")).isEmpty();
        assertThat(cut("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "create  table a (x), CREATE TABLE, ORDINARY",
        "/* c */ Create Unique /* c */ Index i ON a (x), CREATE UNIQUE INDEX, ORDINARY",
        "DROP TABLE a, DROP TABLE, ORDINARY",
        "insert into a values (1), INSERT, ORDINARY",
        "ANALYZE, ANALYZE, ORDINARY",
        "REINDEX, REINDEX, ORDINARY",
        "PRAGMA user_version = 3, PRAGMA USER_VERSION, ORDINARY",
        "PRAGMA defer_foreign_keys = 1, PRAGMA DEFER_FOREIGN_KEYS, ORDINARY",
        "/* c */ vacuum, VACUUM, OUTSIDE",
        "VACUUM INTO 'x', VACUUM, OUTSIDE",
        "PRAGMA journal_mode = DELETE, PRAGMA JOURNAL_MODE, OUTSIDE",
        "PRAGMA wal_checkpoint, PRAGMA WAL_CHECKPOINT, OUTSIDE",
        "PRAGMA integrity_check, PRAGMA INTEGRITY_CHECK, OUTSIDE",
        "PRAGMA foreign_keys = OFF, PRAGMA FOREIGN_KEYS, SESSION",
        "ATTACH 'x' AS y, ATTACH, SESSION",
        "CREATE TEMP TABLE a (x), CREATE TEMP TABLE, SESSION",
        "BEGIN IMMEDIATE, BEGIN, CONTROL",
        "COMMIT, COMMIT, CONTROL",
        "SAVEPOINT s, SAVEPOINT, CONTROL",
        "ROLLBACK TO s, ROLLBACK, CONTROL",
        "nonsense, NONSENSE, ORDINARY"
    })
    void verbAndKind_areKnown(String sql, String verb, Kind kind) {
        Statement statement = SqliteScript.of(sql).statements().get(0);

        assertThat(statement.verb()).isEqualTo(verb);
        assertThat(statement.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 1, false, false",
        "WITH x AS (SELECT 1 AS a) SELECT a AS returning FROM x, false, false",
        "CREATE TABLE returning (x), false, false",
        "EXPLAIN DELETE FROM a, false, false",
        "DELETE FROM a WHERE x = 'RETURNING', true, false",
        "WITH x AS (SELECT 1) DELETE FROM a, true, false",
        "with recursive x as (select 1) update a set b = 1 returning b, true, true",
        "/* c */ WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x, true, false",
        "REPLACE INTO a VALUES (1) RETURNING *, true, true"
    })
    void changeOfRows_isKnown_alsoBehindWith(String sql, boolean changes, boolean returning) {
        Statement statement = SqliteScript.of(sql).statements().get(0);

        assertThat(statement.changesRows()).isEqualTo(changes);
        assertThat(statement.returning()).isEqualTo(returning);
    }

    @Test
    void parameters_areCounted() {
        assertThat(SqliteScript.of("SELECT ?, :a, '?'; SELECT 1").statements())
                .extracting(Statement::parameters)
                .containsExactly(2, 0);
    }

    @Test
    void textThatSqliteCannotBeGiven_isRefused() {
        assertThatThrownBy(() -> SqliteScript.of("SELECT 1\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 8");
    }
}
