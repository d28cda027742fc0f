package rillite.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TextTests {

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
    void quoted_backtick_isDoubled() {
        assertThat(Names.quoted("shelf `place")).isEqualTo("`shelf ``place`");
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Screen(new PrintStream(bytes, true)).say("%s", "word ".repeat(40).trim());

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void table_longCells_areCut() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Screen(new PrintStream(bytes, true))
                .table(List.of(List.of("table", "columns"), List.of("x".repeat(60), "y".repeat(300))));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
}
