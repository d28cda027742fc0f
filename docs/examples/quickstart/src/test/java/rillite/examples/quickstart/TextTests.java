package rillite.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TextTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true));

    @Test
    void json_everyKindOfValue_isOneLine() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", 7L);
        row.put("say \"hi\"", "a\nb\\");
        row.put("gone", null);
        row.put("ratio", 0.5);
        row.put("blob", ByteBuffer.allocate(3));

        assertThat(Rows.json(row))
                .isEqualTo(
                        "{\"id\":7,\"say \\\"hi\\\"\":\"a\\u000ab\\\\\",\"gone\":null,\"ratio\":0.5,\"blob\":\"3 bytes\"}");
    }

    @Test
    void misspelt_anyName_differsFromTheName() {
        for (String name : List.of("id", "title", "aaa", "aaaa", "purchase_id", "x")) {
            assertThat(Names.misspelt(name)).isNotEqualTo(name);
        }
        assertThat(Names.misspelt("title")).isEqualTo("ttile");
    }

    @Test
    void parse_optionsAndFile_inAnyOrder() {
        Arguments arguments = Arguments.parse("my.db", "--serve");

        assertThat(arguments.file()).contains(Path.of("my.db"));
        assertThat(arguments.serve()).isTrue();
        assertThat(Arguments.parse("--", "--serve").file()).contains(Path.of("--serve"));
        assertThat(Arguments.parse()).isEqualTo(Arguments.parse(new String[0]));
    }

    @Test
    void say_longSentence_breaksBetweenWords() {
        screen.say("%s", "word ".repeat(40).trim());

        assertThat(lines()).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void table_longCells_areCutAndTheLastGoesOn() {
        String columns = "column, ".repeat(40) + "end";

        assertThat(table("ll", List.of(List.of("table", "columns"), List.of("x".repeat(60), columns))))
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .last()
                .asString()
                .startsWith("          ")
                .endsWith("end");
    }

    @Test
    void table_numbers_endBelowEachOther() {
        assertThat(table("lr", List.of(List.of("table", "rows"), List.of("book", "2,000"), List.of("tag", "10"))))
                .containsExactly("    table   rows", "    book   2,000", "    tag       10");
    }

    @Test
    void labelled_longText_hangsBelowItself() {
        screen.labelled("SQL", "SELECT " + "\"my column\", ".repeat(12) + "1 FROM book", "(?<=,) | (?=FROM )");

        assertThat(lines())
                .hasSize(3)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotEndWith("\"my"))
                .last()
                .asString()
                .startsWith("            ");
    }

    @Test
    void bar_halfway_tellsRateAndRest() {
        assertThat(Bar.line(100_000, 200_000, Duration.ofMillis(400)))
                .isEqualTo("     50% [========        ]   100,000 of 200,000,   250,000 rows/s, 0.4 s left")
                .hasSizeLessThan(80);
        assertThat(Bar.line(0, 200_000, Duration.ZERO)).isEqualTo("      0% [                ]         0 of 200,000");
    }

    @Test
    void table_namesThatSteerTheTerminal_areHarmless() {
        assertThat(table("ll", List.of(List.of("a\u001b[31m", "b\nc")))).containsExactly("    a?[31m  b?c");
    }

    @Test
    void count_one_isSingular() {
        assertThat(Screen.count(1, "row")).isEqualTo("1 row");
        assertThat(Screen.count(0, "row")).isEqualTo("0 rows");
        assertThat(Screen.count(12_345, "more table")).isEqualTo("12,345 more tables");
    }

    private List<String> table(String alignment, List<List<String>> rows) {
        screen.table(alignment, rows);
        return lines();
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
