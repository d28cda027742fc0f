package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of columns from their values, and the values of JSON. */
final class TypeGuessTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 -5 0                                   | INTEGER
            1 2.5                                    | REAL
            1e5 -0.001                               | REAL
            999999999999999999                       | INTEGER
            9999999999999999999                      | TEXT
            0.12345678901234567890                   | TEXT
            0.00012345678901234567                   | REAL
            12345678901234567.8                      | TEXT
            007                                      | TEXT
            1 007                                    | TEXT
            +5                                       | TEXT
            .5                                       | TEXT
            1,5                                      | TEXT
            true FALSE                               | BOOLEAN
            true 1                                   | TEXT
            2024-02-29                               | DATE
            2023-02-29                               | TEXT
            2024-01-05T08:00 2024-01-05              | DATETIME
            2024-01-05T08:00:59.123456Z              | DATETIME
            2024-01-05T25:00                         | TEXT
            x'00FF' x''                              | BLOB
            x'0'                                     | TEXT
            Infinity                                 | TEXT
            1e9999                                   | TEXT
            1e999                                    | TEXT
            1e-400                                   | TEXT
            0.10000000000000001                      | TEXT
            9007199254740993                         | INTEGER
            9007199254740993 2.5                     | TEXT
            9007199254740992 2.5                     | REAL
            2.50                                     | REAL
            """)
    void texts_giveTheNarrowestTypeForAll(String values, TypeGuess.Type type) {
        TypeGuess guess = new TypeGuess();
        Arrays.stream(values.split(" ")).forEach(guess::text);
        guess.text(null);

        assertThat(guess.type()).isEqualTo(type);
    }

    @Test
    void nothing_isText() {
        TypeGuess guess = new TypeGuess();
        guess.text(null);
        guess.json(null);

        assertThat(guess.type()).isEqualTo(TypeGuess.Type.TEXT);
    }

    @Test
    void json_textsAreNoNumbers() {
        TypeGuess number = new TypeGuess();
        number.json(5L);
        TypeGuess text = new TypeGuess();
        text.json("5");
        TypeGuess list = new TypeGuess();
        list.json(List.of());
        TypeGuess bytes = new TypeGuess();
        bytes.json(Map.of("$base64", "AA=="));

        assertThat(number.type()).isEqualTo(TypeGuess.Type.INTEGER);
        assertThat(text.type()).isEqualTo(TypeGuess.Type.TEXT);
        assertThat(list.type()).isEqualTo(TypeGuess.Type.JSON);
        assertThat(bytes.type()).isEqualTo(TypeGuess.Type.BLOB);
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, INTEGER",
        "'9007199254740993, 0.5', TEXT",
        "'9007199254740992, 0.5', REAL",
        "0.1234567890123456789, TEXT",
        "9223372036854775808, TEXT",
        "12345678901234567890.5, TEXT",
        "1e20, REAL",
        "9e999, REAL"
    })
    void json_numbers_areRealWhereADoubleHoldsThem(String values, TypeGuess.Type type) {
        TypeGuess guess = new TypeGuess();
        ((List<?>) Objects.requireNonNull(JsonText.parse("[" + values + "]"))).forEach(guess::json);

        assertThat(guess.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775809",
                "-9223372036854775809",
                "9999999999999999999",
                "12345678901234567890123",
                "9223372036854775809.0"
            })
    void json_wholeNumberBeyondALong_keepsItsDigits(String number) {
        assertThat(JsonText.parse(number)).isEqualTo(new BigDecimal(number));
    }

    @Test
    void json_isReadByTheLetter() {
        assertThat(JsonText.parse(" {\"a\": [1, -0.5, 1e3, true, false, null, \"\\u00e9\\n\\/\"], \"b\": {}} "))
                .isEqualTo(Map.of("a", Arrays.asList(1L, -0.5, 1000.0, true, false, null, "é\n/"), "b", Map.of()));
        assertThat(JsonText.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(JsonText.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(JsonText.parse("0.1234567890123456789")).isEqualTo(new BigDecimal("0.1234567890123456789"));
        assertThat(JsonText.parse("1e999999999")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(JsonText.parse("1.0000000000000000000e-999999999")).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":}",
                "{a:1}",
                "'x'",
                "01",
                "1.",
                "-",
                ".5",
                "\"\\x\"",
                "\"\\u12g4\"",
                "nul",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "\"\t\"",
                "[1 2]",
                "NaN",
                "+1",
                "[[[["
            })
    void noJson_isRefused(String text) {
        assertThatThrownBy(() -> JsonText.parse(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void json_nestedBeyondReason_isRefused() {
        assertThatThrownBy(() -> JsonText.parse("[".repeat(1_000_000)))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("fewer brackets");
    }
}
