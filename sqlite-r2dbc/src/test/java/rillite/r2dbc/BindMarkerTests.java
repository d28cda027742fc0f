package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BindMarkerTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a?b', '$1', ':a', '@a'",
                "SELECT \"a?b\", \"$1\" FROM t",
                "SELECT [a?b], `:a` FROM t",
                "SELECT 1 -- ? $1 :a @a",
                "SELECT /* ? $1 :a @a */ 1",
                "SELECT x'3f'",
                "SELECT a$1, b$c FROM t$d",
                "SELECT 1:2, 3:a, 1.5:x, 1e5:x, 0x1f:x, .5:y",
                "SELECT a::text, b::numeric(10,2) FROM t",
                "SELECT a -> 'x', a ->> '$.b', a ->> 1 FROM t",
                "SELECT $, @, :, # FROM t",
                "SELECT :a(b c)",
                "SELECT \u00e9$1, \ud83d\ude00$1",
                "CREATE VIRTUAL TABLE v USING fts5(a, b = ?, c = :x, $1)"
            })
    void markers_lookalikes_areNone(String sql) {
        ParsedSql parsed = ParsedSql.of(sql);
        assertThat(parsed.parameterCount()).isZero();
        assertThat(only(parsed).sql()).isEqualTo(sql);
        assertThat(only(parsed).parameterCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT ?                       | 0",
                "SELECT ?, ?                    | 0 1",
                "SELECT ?1, ?2, ?1              | 0 1",
                "SELECT ?, ?5, ?                | 0 -1 -1 -1 4 5",
                "SELECT ?5                      | -1 -1 -1 -1 4",
                "SELECT ?3, ?                   | -1 -1 2 3",
                "SELECT ?007                    | -1 -1 -1 -1 -1 -1 6",
                "SELECT ?2a, ?                  | -1 1 2",
                "SELECT :a, @a, $a, #a, :a      | 0 1 2 3",
                "SELECT :b, :a, :b              | 0 1",
                "SELECT :a, :A                  | 0 1",
                "SELECT :a, ?, :b, ?1           | 0 1 2",
                "SELECT ?3, :a, ?               | -1 -1 2 3 4",
                "SELECT :1, @1                  | 0 1",
                "SELECT $a::b, $a(x), @n::m(y)  | 0 1 2",
                "SELECT -?,+:a,a<:b,a->?,(:c)   | 0 1 2 3 4",
                "SELECT a FROM t LIMIT ?,?      | 0 1"
            })
    void markers_oneStatement_numberAsSqliteDoesAndKeepText(String sql, String parameters) {
        ParsedStatement statement = only(ParsedSql.of(sql));
        assertThat(statement.sql()).isEqualTo(sql);
        assertThat(shown(statement)).isEqualTo(parameters);
        for (int i = 0; i < statement.parameterCount(); i++) {
            assertThat(ParsedSql.of(sql).required(i)).isEqualTo(statement.parameter(i) >= 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT $1, $2                  | SELECT ?1, ?2               | 0 1",
                "SELECT $2, $1                  | SELECT ?2, ?1               | 0 1",
                "SELECT $1, '$1', $1            | SELECT ?1, '$1', ?1         | 0",
                "SELECT $3                      | SELECT ?3                   | -1 -1 2",
                "SELECT $1, ?, ?1, $2           | SELECT ?1, ?, ?1, ?2        | 0 1",
                "SELECT $name, $2, $1a          | SELECT $name, ?2, $1a       | 0 1 2",
                "SELECT $1::text                | SELECT $1::text             | 0"
            })
    void markers_dollarNumbers_areRewritten(String sql, String text, String parameters) {
        ParsedStatement statement = only(ParsedSql.of(sql));
        assertThat(statement.sql()).isEqualTo(text);
        assertThat(shown(statement)).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT 1 ?, ?; INSERT 2 ?      | INSERT 1 ?, ? = 0 1         | INSERT 2 ? = 2",
                "A $1; B $2, $1                 | A ?1 = 0                    | B ?1, ?2 = 1 0",
                "A :x; B :y, :x, :y             | A :x = 0                    | B :y, :x, :y = 1 0",
                "A ?; B ?, ?1                   | A ? = 0                     | B ?1, ?2 = 1 0",
                "A ?5; B ?                      | A ?5 = -1 -1 -1 -1 4        | B ? = 5",
                "A ?; B ?900                    | A ? = 0                     | B ?1 = 899",
                "A ?; B ?2                      | A ? = 0                     | B ?1 = 1",
                "A :a; B ?1, :a, ?              | A :a = 0                    | B ?1, :a, ? = 0 0 1",
                "A :a; B :b, ?1                 | A :a = 0                    | B ?1, ?2 = 1 0",
                "A; B ?                         | A =                         | B ? = 0"
            })
    void markers_severalStatements_shareOneSpace(String sql, String first, String second) {
        assertThat(ParsedSql.of(sql).statements())
                .extracting(statement -> (statement.sql() + " = " + shown(statement)).strip())
                .containsExactly(first, second);
    }

    @Test
    void markers_renumbered_keepTheirDistanceToDigits() {
        ParsedStatement second =
                ParsedSql.of("SELECT ?; SELECT ?5, $a(x)7").statements().get(1);
        assertThat(second.sql()).isEqualTo("SELECT ?1, ?2 7");
    }

    @Test
    void markers_hugeGap_isClosed() {
        ParsedSql parsed = ParsedSql.of("SELECT ?250000");
        assertThat(parsed.parameterCount()).isEqualTo(250_000);
        assertThat(parsed.required(249_999)).isTrue();
        assertThat(parsed.required(249_998)).isFalse();
        assertThat(only(parsed).sql()).isEqualTo("SELECT ?1");
        assertThat(only(parsed).parameters()).containsExactly(249_999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?0", "$0", "?250001", "$250001", "?99999999999999999999", "?00"})
    void markers_numberOutOfRange_isRefused(String marker) {
        assertThatThrownBy(() -> ParsedSql.of("SELECT " + marker))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at index 7")
                .hasMessageContaining("from 1 to 250000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ?250000, ?", "SELECT ?250000; SELECT :a"})
    void markers_beyondTheLimit_areRefused(String sql) {
        assertThatThrownBy(() -> ParsedSql.of(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The SQL uses more than 250000 parameters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT :a, @b, $c, #d  | :a | 0",
                "SELECT :a, @b, $c, #d  | a  | 0",
                "SELECT :a, @b, $c, #d  | b  | 1",
                "SELECT :a, @b, $c, #d  | $c | 2",
                "SELECT :a, @b, $c, #d  | d  | 3",
                "SELECT :a, @a          | @a | 1",
                "SELECT $x::y(z)        | x::y(z) | 0",
                "SELECT ?, ?            | ?2 | 1",
                "SELECT ?, ?            | $1 | 0",
                "SELECT ?, ?            | 2  | 1",
                "SELECT $2, $1          | $1 | 0",
                "SELECT $2, $1          | $2 | 1",
                "SELECT ?2, ?1          | ?2 | 1",
                "SELECT ?2, ?1          | $02 | 1",
                "SELECT ?, :1           | 1  | 1",
                "SELECT :a; SELECT :b   | b  | 1"
            })
    void indexOf_knownName_findsIt(String sql, String name, int index) {
        assertThat(ParsedSql.of(sql).indexOf(name)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT :name, :age | nmae | Unknown parameter \"nmae\", did you mean \"name\"? Parameters: :name, :age",
                "SELECT :user_id    | $userId | Unknown parameter \"$userId\", did you mean \"user_id\"? Parameters: :user_id",
                "SELECT :name       | unrelated | Unknown parameter \"unrelated\". Parameters: :name",
                "SELECT ?, ?        | a   | Unknown parameter \"a\". Parameters: ?1, ?2",
                "SELECT ?, ?        | ?3  | Unknown parameter \"?3\". Parameters: ?1, ?2",
                "SELECT ?2          | ?1  | Unknown parameter \"?1\". Parameters: ?2",
                "SELECT :a          | ?1  | Unknown parameter \"?1\". Parameters: :a",
                "SELECT ?           | ?   | Unknown parameter \"?\". Parameters: ?1",
                "SELECT ?           | ?-1 | Unknown parameter \"?-1\". Parameters: ?1",
                "SELECT ?           | ''  | Unknown parameter \"\". Parameters: ?1",
                "SELECT 1           | a   | Unknown parameter \"a\": the SQL has no parameters"
            })
    void indexOf_unknownName_saysWhatIsKnown(String sql, String name, String message) {
        assertThatThrownBy(() -> ParsedSql.of(sql).indexOf(name))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage(message);
    }

    @Test
    void indexOf_manyParameters_listsTwenty() {
        assertThatThrownBy(() -> ParsedSql.of("SELECT ?30" + ", ?".repeat(30)).indexOf("x"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageEndingWith("?48, ?49 and 11 more");
    }

    @Test
    void indexOf_bareNameOfSeveral_isAmbiguous() {
        assertThatThrownBy(() -> ParsedSql.of("SELECT :a, @a, $a").indexOf("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Parameter name \"a\" is ambiguous: the SQL has :a, @a, $a. Bind with the prefix");
    }

    @Test
    void indexOf_null_isRefused() {
        assertThatThrownBy(() -> ParsedSql.of("SELECT ?").indexOf(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name must not be null");
    }

    @Test
    void parameters_array_isACopy() {
        ParsedStatement statement = only(ParsedSql.of("SELECT ?, ?"));
        statement.parameters()[0] = 99;
        assertThat(statement.parameters()).containsExactly(0, 1);
    }

    private static ParsedStatement only(ParsedSql parsed) {
        assertThat(parsed.statements()).hasSize(1);
        return parsed.statements().get(0);
    }

    private static String shown(ParsedStatement statement) {
        StringBuilder text = new StringBuilder();
        for (int parameter : statement.parameters()) {
            text.append(text.isEmpty() ? "" : " ").append(parameter);
        }
        return text.toString();
    }
}
