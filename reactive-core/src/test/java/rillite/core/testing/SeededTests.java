package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeededTests {
    @Test
    void check_holding_runsAllWithGrowingSizes() {
        List<Integer> sizes = new ArrayList<>();
        Seeded.fixed("holds").size(10).check(draw -> sizes.add(draw.size()));
        assertThat(sizes).hasSize(200).isSorted();
        assertThat(sizes.get(0)).isEqualTo(1);
        assertThat(sizes.get(sizes.size() - 1)).isEqualTo(10);
    }

    @Test
    void check_twice_drawsTheSame() {
        assertThat(drawn("same")).isEqualTo(drawn("same")).isNotEqualTo(drawn("other"));
    }

    @Test
    void check_failing_shrinksAndNamesSeedSizeAndNotes() {
        assertThatThrownBy(() -> Seeded.fixed("small").check(SeededTests::failsFromSizeSeven))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Property \"small\" fails with seed ")
                .hasMessageContaining("at size 7")
                .hasMessageContaining("size = 7")
                .hasMessageContaining("Replay: -Drillite.seed=")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void check_replayed_drawsWhatFailed() {
        List<String> seen = new ArrayList<>();
        Seeded.Property property = draw -> {
            seen.add(draw.text("abcdefgh"));
            failsFromSizeSeven(draw);
        };
        String message = "";
        try {
            Seeded.fixed("replay").check(property);
        } catch (AssertionError failure) {
            message = String.valueOf(failure.getMessage());
        }
        String seed = message.replaceAll("(?s).*rillite\\.seed=(\\d+:\\d+).*", "$1");
        String failing = seen.get(seen.size() - 1);
        seen.clear();
        assertThatThrownBy(() -> Seeded.fixed("replay").replay(seed).check(property))
                .hasMessageContaining(seed);
        assertThat(seen).contains(failing);
    }

    @Test
    void draw_everyKind_staysInItsBounds() {
        Seeded.property("bounds").check(draw -> {
            assertThat(draw.between(-3, 4)).isBetween(-3, 4);
            assertThat(draw.between(Integer.MIN_VALUE, Integer.MAX_VALUE)).isNotNull();
            assertThat(draw.list(2, () -> draw.pick("a", "b"))).hasSizeBetween(2, Math.max(2, draw.size()));
            assertThat(draw.text().chars()).doesNotContain(0);
            assertThat(draw.text().codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff))
                    .isTrue();
            assertThat(draw.anyLong()).isNotNull();
        });
    }

    private static void failsFromSizeSeven(Draw draw) {
        if (draw.note("size", draw.size()) >= 7) {
            throw new IllegalStateException("too large");
        }
    }

    private static List<String> drawn(String name) {
        List<String> texts = new ArrayList<>();
        Seeded.fixed(name).check(draw -> texts.add(draw.text()));
        return texts;
    }
}
