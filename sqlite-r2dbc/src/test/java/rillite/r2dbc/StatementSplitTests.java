package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementSplitTests {
    private static final String TRIGGER = """
            CREATE TRIGGER audit AFTER UPDATE OF "a;b" ON [t;u] WHEN new.a > 0 -- ; END ;
            BEGIN
              /* ; END ; */
              INSERT INTO `log;x` VALUES ('; END ;', "; END ;", CASE WHEN new.a THEN 1 ELSE 2 END);
              UPDATE t SET a = CASE a WHEN 1 THEN CASE WHEN 2 THEN 3 END END;
              SELECT RAISE(ABORT, 'it''s; END ;');
            END""";

    @Test
    void split_oneStatement_staysTheSameText() {
        String sql = "SELECT a, \"b;c\" FROM t WHERE x = ';' AND y = ? AND z = :z";
        assertThat(split(sql)).containsExactly(sql);
    }

    @Test
    void split_several_dropsSemicolonsBlanksAndEmptyStatements() {
        assertThat(split(" ;; SELECT 1 ;\r\n\t; SELECT 2\n;;SELECT 3 "))
                .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\r\n\f",
                ";",
                ";;;",
                "-- only a comment",
                "/* only */ ; -- this",
                "/* open",
                "\uFEFF",
                "\uFEFF;"
            })
    void split_nothingToRun_isEmpty(String sql) {
        assertThat(split(sql)).isEmpty();
        assertThat(ParsedSql.of(sql).parameterCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s ; here'",
                "SELECT 'a''''b;'",
                "SELECT \"a\"\"b;c\" FROM t",
                "SELECT `a``b;c` FROM t",
                "SELECT [a;b] FROM t",
                "SELECT [a''\";b] FROM t",
                "SELECT x'41;'",
                "SELECT 1 -- ; SELECT 2",
                "SELECT 1 /* ; */ + 2",
                "SELECT 1 /*/ ; */",
                "SELECT 1 /** ; **/",
                "SELECT 1 /* ; open",
                "SELECT 1 --\r ; not a line end",
                "SELECT 'never closed ; SELECT 2",
                "SELECT \"never closed ; SELECT 2",
                "SELECT [never closed ; SELECT 2",
                "SELECT $a(x;y)"
            })
    void split_semicolonInsideAToken_doesNotEnd(String sql) {
        assertThat(split(sql)).containsExactly(sql);
    }

    @Test
    void split_afterLineComment_goesOn() {
        assertThat(split("SELECT 1 -- one;\n; SELECT 2 --two\r\n;SELECT 3"))
                .containsExactly("SELECT 1 -- one;", "SELECT 2 --two", "SELECT 3");
    }

    @Test
    void split_commentBetween_belongsToTheNextStatement() {
        assertThat(split("SELECT 1; -- about two\nSELECT 2; /* bye */"))
                .containsExactly("SELECT 1", "-- about two\nSELECT 2");
    }

    @Test
    void split_byteOrderMark_isBlank() {
        assertThat(split("\uFEFFSELECT 1; \uFEFF SELECT a \uFEFF")).containsExactly("SELECT 1", "SELECT a");
        assertThat(split("SELECT a\uFEFFb; SELECT a\uFEFF")).containsExactly("SELECT a\uFEFFb", "SELECT a\uFEFF");
    }

    @Test
    void split_openCommentAtTheEnd_staysOpen() {
        assertThat(split("SELECT 1 /* ")).containsExactly("SELECT 1 /* ");
        assertThat(split("SELECT 1 /*")).containsExactly("SELECT 1 /*");
    }

    @Test
    void split_byteOrderMarkBeforeKeyword_classifies() {
        assertThat(ParsedSql.of("\uFEFFDELETE FROM t").statements().get(0).kind())
                .isEqualTo(StatementKind.DML);
    }

    @Test
    void split_trigger_endsAtEndOnly() {
        assertThat(split("SELECT 1; " + TRIGGER + "; SELECT 2")).containsExactly("SELECT 1", TRIGGER, "SELECT 2");
        assertThat(split(TRIGGER)).containsExactly(TRIGGER);
        assertThat(split(TRIGGER + ";")).containsExactly(TRIGGER);
        String windows = TRIGGER.replace("\n", "\r\n");
        assertThat(split(windows + ";\r\nSELECT 2")).containsExactly(windows, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TRIGGER t",
                "create temp trigger t",
                "Create Temporary Trigger If Not Exists main.t",
                "CREATE /* c */ TEMP -- d\n TRIGGER t",
                "EXPLAIN CREATE TRIGGER t",
                "explain query plan create trigger t"
            })
    void split_triggerInEverySpelling_keepsItsBody(String head) {
        String trigger = head + " AFTER INSERT ON x BEGIN SELECT 1; SELECT 2; end /* c */ ";
        assertThat(split(trigger + "; SELECT 3")).containsExactly(trigger.strip(), "SELECT 3");
    }

    @Test
    void split_triggerWithoutEnd_takesTheRest() {
        String open = "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; SELECT 2";
        assertThat(split(open)).containsExactly(open);
    }

    @Test
    void split_semicolonsBeforeEnd_stillEnd() {
        String trigger = "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1;; ; END";
        assertThat(split(trigger + ";SELECT 2")).containsExactly(trigger, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE trigger(a)",
                "CREATE TABLE t(a); DROP TRIGGER x",
                "CREATE VIEW \"trigger\" AS SELECT 1"
            })
    void split_noTrigger_endsAtFirstSemicolon(String sql) {
        assertThat(split(sql + "; SELECT 1; END; SELECT 2"))
                .hasSize(3 + (int) sql.chars().filter(c -> c == ';').count() + 1);
    }

    @Test
    void of_null_isRefused() {
        assertThatThrownBy(() -> ParsedSql.of(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sql must not be null");
    }

    @Test
    void of_nul_isRefused() {
        assertThatThrownBy(() -> ParsedSql.of("SELECT '\0'"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sql must not contain U+0000 (index 8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT '\ud83d'", "SELECT '\ude00'", "SELECT '\ude00\ud83d'"})
    void of_loneSurrogate_isRefused(String sql) {
        assertThatThrownBy(() -> ParsedSql.of(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lone surrogate (index 8)");
    }

    @Test
    void of_surrogatePairs_areText() {
        assertThat(split("SELECT '\ud83d\ude00;', \ud83d\ude00; SELECT 2")).hasSize(2);
    }

    @Test
    void toString_isTheText() {
        assertThat(ParsedSql.of("SELECT 1;").toString()).isEqualTo("SELECT 1;");
        assertThat(ParsedSql.of("SELECT 1;").sql()).isEqualTo("SELECT 1;");
        assertThat(ParsedSql.of("SELECT 1;").statements()).hasToString("[SELECT SELECT 1]");
    }

    private static List<String> split(String sql) {
        return ParsedSql.of(sql).statements().stream().map(ParsedStatement::sql).toList();
    }
}
