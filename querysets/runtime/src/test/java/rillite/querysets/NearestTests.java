package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that someone may have meant, and case folding. */
final class NearestTests {

    private static final List<String> NAMES = List.of("id", "name", "email", "mentor_id", "published");

    @Test
    void of_oneSlip_findsTheName() {
        assertThat(Nearest.of("emial", NAMES)).containsExactly("email");
        assertThat(Nearest.of("nam", NAMES)).containsExactly("name");
        assertThat(Nearest.of("mentorId", NAMES)).containsExactly("mentor_id");
        assertThat(Nearest.of("PUBLISHD", NAMES)).containsExactly("published");
    }

    @Test
    void of_nothingAlike_isEmpty() {
        assertThat(Nearest.of("zzzzzz", NAMES)).isEmpty();
        assertThat(Nearest.of("", NAMES)).isEmpty();
        assertThat(Nearest.of("x".repeat(100_000), NAMES)).isEmpty();
    }

    @Test
    void distance_countsSwapsAsOne() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void fold_isSimpleCaseFolding() {
        assertThat(CaseFold.fold("ÉVA Straße ΣΑΣ İ")).isEqualTo("éva straße σασ İ");
        assertThat(CaseFold.variants('σ')).containsExactly("Σ", "ς");
        assertThat(CaseFold.variants('k')).containsExactly("\u212A");
    }
}
