package rillite.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTests {

    @Test
    void median_oddAndEven_isTheMiddle() {
        assertThat(Figures.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Figures.median(List.of(4.0, 1.0, 2.0, 8.0))).isEqualTo(3);
        assertThat(Figures.median(List.of())).isNaN();
    }

    @Test
    void plain_sizes_areReadable() {
        assertThat(Figures.plain(1_234_567.8)).isEqualTo("1,234,568");
        assertThat(Figures.plain(123.45)).isEqualTo("123");
        assertThat(Figures.plain(1.255)).isIn("1.25", "1.26");
        assertThat(Figures.plain(Double.NaN)).isEqualTo("-");
    }

    @Test
    void table_columns_areAligned() {
        String table = Figures.table(List.of(List.of("rival", "median"), List.of("a", "1")));

        assertThat(table.lines()).containsExactly("  rival  median", "  a           1");
    }

    @Test
    void medianRatio_rounds_comparesEachRoundWithItself() {
        Results results = new Results();
        double[][] rounds = {{10, 5}, {100, 100}, {30, 10}};
        for (double[] round : rounds) {
            results.add("mine", "ops/s", round[0]);
            results.add("theirs", "ops/s", round[1]);
        }

        assertThat(results.medianRatio("mine", "theirs", "ops/s")).isEqualTo(2);
        assertThat(results.medianRatio("mine", "absent", "ops/s")).isNaN();
    }

    @Test
    void verdict_bounds_areInclusive() {
        Target ratio = Target.ratio("ops/s", "hikari", 1.5, 2);

        assertThat(ratio.verdict(1.49)).isEqualTo(Target.Verdict.MISSED);
        assertThat(ratio.verdict(1.5)).isEqualTo(Target.Verdict.MET);
        assertThat(ratio.verdict(2)).isEqualTo(Target.Verdict.AIM_MET);
        assertThat(Target.atMost("lost", 0).verdict(0)).isEqualTo(Target.Verdict.MET);
        assertThat(Target.atMost("lost", 0).verdict(1)).isEqualTo(Target.Verdict.MISSED);
        assertThat(Target.difference("p50 us", "jdbc").verdict(Double.NaN)).isEqualTo(Target.Verdict.NOT_RUN);
    }

    @Test
    void json_nestedValues_areQuotedAndSeparated() {
        Json json = new Json();
        json.object(() -> {
            json.field("text", "a \"b\" \\ \n");
            json.field("missing", Double.NaN);
            json.array("list", List.of(1, 2), json::value);
            json.array("none", List.of(), json::value);
        });

        assertThat(json.toString().replaceAll("\\s+", " ").trim())
                .isEqualTo(
                        "{ \"text\": \"a \\\"b\\\" \\\\ \\u000a\", \"missing\": null, \"list\": [ 1, 2 ], \"none\": [] }");
    }
}
