package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReturningTests {
    private static final String INSERT = "INSERT INTO t VALUES (1)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1) RETURNING a",
                "insert into t values (1) returning *",
                "DELETE FROM t WHERE a IN (SELECT 1) RETURNING a",
                "WITH x AS (SELECT 1) UPDATE t SET a = 1 RETURNING a"
            })
    void returning_present_isSeenAndKept(String sql) {
        ParsedStatement statement = only(sql);
        assertThat(statement.returning()).isTrue();
        assertThat(statement.canReturn()).isFalse();
        assertThat(statement.withReturning("b")).isSameAs(statement.sql());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "INSERT INTO t VALUES ('RETURNING a')",
                "INSERT INTO t VALUES (1) -- RETURNING a",
                "INSERT INTO \"returning\" VALUES (1)",
                "REPLACE INTO t VALUES (1)",
                "UPDATE t SET a = 1",
                "WITH x AS (SELECT 1) DELETE FROM t"
            })
    void canReturn_changeWithoutReturning_isTrue(String sql) {
        assertThat(only(sql).canReturn()).isTrue();
        assertThat(only(sql).returning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "EXPLAIN INSERT INTO t VALUES (1)",
                "CREATE TABLE t(a)",
                "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END",
                "PRAGMA user_version = 1",
                "BEGIN"
            })
    void canReturn_anythingElse_isFalse(String sql) {
        ParsedStatement statement = only(sql);
        assertThat(statement.canReturn()).isFalse();
        assertThat(statement.withReturning()).isSameAs(statement.sql());
    }

    @Test
    void withReturning_noColumns_asksForAll() {
        assertThat(only(INSERT).withReturning()).isEqualTo(INSERT + " RETURNING *");
        assertThat(only(INSERT).withReturning("*")).isEqualTo(INSERT + " RETURNING *");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "id           | `id`",
                "\"id\"       | `id`",
                "`id`         | `id`",
                "[id]         | `id`",
                "'id'         | `id`",
                "\"a\"\"b\"   | `a\"b`",
                "`a``b`       | `a``b`",
                "a`b          | `a``b`",
                "a b          | `a b`",
                "[a]b         | `[a]b`",
                "\"           | `\"`",
                "order        | `order`"
            })
    void withReturning_columnInAnyStyle_isRenderedWithBackticks(String column, String rendered) {
        assertThat(only(INSERT).withReturning(column)).isEqualTo(INSERT + " RETURNING " + rendered);
    }

    @Test
    void withReturning_severalColumns_keepsTheirOrder() {
        assertThat(only(INSERT).withReturning("b", "\"a\"")).isEqualTo(INSERT + " RETURNING `b`, `a`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' -- done'     | ' -- done'",
                "-- done        | -- done",
                "' -- done;'    | ' -- done;'",
                "' /* trace */ ;' | ' /* trace */'",
                "' /* open'     | ' /* open'",
                "'; -- next'    | ''"
            })
    void withReturning_commentAtTheEnd_staysBehind(String end, String kept) {
        assertThat(only(INSERT + end).withReturning("a")).isEqualTo(INSERT + " RETURNING `a`" + kept);
    }

    @Test
    void withReturning_rewrittenMarkers_findsTheEnd() {
        assertThat(only("INSERT INTO t VALUES ($1, $2) -- $3").withReturning("a"))
                .isEqualTo("INSERT INTO t VALUES (?1, ?2) RETURNING `a` -- $3");
        ParsedStatement second = ParsedSql.of("SELECT ?; DELETE FROM t WHERE a = ?17 OR b = :name -- c")
                .statements()
                .get(1);
        assertThat(second.withReturning()).isEqualTo("DELETE FROM t WHERE a = ?1 OR b = ?2 RETURNING * -- c");
    }

    @Test
    void withReturning_nullOrBadNames_areRefused() {
        String[] none = null;
        ParsedStatement statement = only(INSERT);
        assertThatThrownBy(() -> statement.withReturning(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns must not be null");
        assertThatThrownBy(() -> statement.withReturning("a", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column name must not be null");
        assertThatThrownBy(() -> statement.withReturning(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column name must not be empty");
        assertThatThrownBy(() -> statement.withReturning("\"\"")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.withReturning("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ParsedStatement only(String sql) {
        ParsedSql parsed = ParsedSql.of(sql);
        assertThat(parsed.statements()).hasSize(1);
        return parsed.statements().get(0);
    }
}
