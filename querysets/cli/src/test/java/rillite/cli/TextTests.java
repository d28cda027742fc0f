package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commands print: tables, numbers, JSON, colours. */
final class TextTests {

    @Test
    void printable_showsWhatWouldSteerTheScreen() {
        assertThat(Printable.of("plain été 日本")).isEqualTo("plain été 日本");
        assertThat(Printable.of("a\u001b[31m\nb\tc\u202e\ud800")).isEqualTo("a\\u001b[31m\\nb\\tc\\u202e\\ud800");
        assertThat(Printable.lines("a\nb\r\u0000")).isEqualTo("a\nb\\r\\u0000");
    }

    @Test
    void table_countsTheColumnsOfWideCharacters() {
        assertThat(new TextTable("NAME", "N>").row("日本", 1).row("abc", 22).lines(80, false))
                .containsExactly("NAME   N", "日本   1", "abc   22");
    }

    @Test
    void table_cutsTheWidestCells() {
        assertThat(new TextTable("A", "B").row("x".repeat(50), "y").lines(20, false))
                .containsExactly("A                  B", "xxxxxxxxxxxxxxxx…  y");
    }

    @Test
    void table_withoutAScreen_isNotCut() {
        int width = Terminal.system(Map.of("COLUMNS", "72"), false).width();

        assertThat(new TextTable("A", "B", "C")
                        .row("x".repeat(300), "y".repeat(300), "z".repeat(2000))
                        .lines(width, false)
                        .get(1))
                .isEqualTo("x".repeat(300) + "  " + "y".repeat(300) + "  " + "z".repeat(999) + "…");
    }

    @Test
    void colours_areOnlyOnAScreenWithoutNoColor() {
        assertThat(Terminal.system(Map.of(), false).coloured()).isFalse();
        assertThat(Terminal.system(Map.of(), true).coloured()).isTrue();
        assertThat(Terminal.system(Map.of("NO_COLOR", "1"), true).coloured()).isFalse();
        assertThat(Terminal.system(Map.of("TERM", "dumb"), true).coloured()).isFalse();
        assertThat(Terminal.system(Map.of("COLUMNS", "72"), true).width()).isEqualTo(72);
        assertThat(Terminal.system(Map.of("COLUMNS", "wide"), true).width()).isEqualTo(100);
    }

    @Test
    void json_writesEveryKindOfValue() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a\"\\\n\u0001\u007f\ud800é");
        map.put("numbers", Arrays.asList(1L, -2, 1.5, new BigDecimal("12.50"), Double.POSITIVE_INFINITY, null));
        map.put("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        map.put("none", List.of());

        assertThat(Json.line(map))
                .isEqualTo("{\"text\":\"a\\\"\\\\\\n\\u0001\\u007f\\ud800é\",\"numbers\":[1,-2,1.5,12.50,9e999,null],"
                        + "\"bytes\":{\"$base64\":\"AQID\"},\"none\":[]}");
        assertThat(Json.pretty(Map.of("a", List.of(1, 2)))).isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ]\n}");
    }

    @Test
    void numbers_areForPeople() {
        assertThat(Numbers.grouped(1234567)).isEqualTo("1,234,567");
        assertThat(Numbers.bytes(999)).isEqualTo("999 B");
        assertThat(Numbers.bytes(4_600_000)).isEqualTo("4.6 MB");
        assertThat(Numbers.time(Duration.ofMillis(12))).isEqualTo("12 ms");
        assertThat(Numbers.time(Duration.ofMillis(3400))).isEqualTo("3.4 s");
        assertThat(Numbers.time(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Output.count(1, "row")).isEqualTo("1 row");
        assertThat(Output.some(List.of("a", "b", "c"), 2)).isEqualTo("a, b, c");
        assertThat(Output.some(List.of("a", "b", "c", "d"), 2)).isEqualTo("a, b and 2 more");
    }
}
