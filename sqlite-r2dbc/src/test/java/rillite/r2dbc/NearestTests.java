package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTests {
    private static final List<String> NAMES =
            List.of("id", "name", "email", "created_at", "journalMode", "lockWaitTimeout");

    @ParameterizedTest
    @CsvSource({
        "emial, email",
        "EMAIL, email",
        "mail, email",
        "emails, email",
        "createdAt, created_at",
        "created-at, created_at",
        "creatd_a, created_at",
        "journal_mode, journalMode",
        "journalmod, journalMode",
        "lock_wait_timeuot, lockWaitTimeout",
        "nmae, name",
    })
    void of_typingMistake_findsTheName(String wanted, String expected) {
        assertThat(Nearest.of(wanted, NAMES)).first().isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"price", "xx", "customerAddress", "q"})
    void of_otherWord_findsNothing(String wanted) {
        assertThat(Nearest.of(wanted, NAMES)).isEmpty();
    }

    @Test
    void of_severalNear_ordersByDistanceThenName() {
        assertThat(Nearest.of("cat", List.of("cut", "cart", "bat", "cast", "cat_")))
                .containsExactly("cat_", "bat", "cart");
    }

    @Test
    void of_boundGrowsWithLength() {
        assertThat(Nearest.of("abcdefghi", List.of("abcdef"))).containsExactly("abcdef");
        assertThat(Nearest.of("abcdefgh", List.of("abcde"))).isEmpty();
    }

    @Test
    void of_hugeName_isNotCompared() {
        String huge = "a".repeat(1_000_000);
        assertThat(Nearest.of(huge, List.of(huge + "b"))).isEmpty();
        assertThat(Nearest.of(huge, List.of(huge.toUpperCase(Locale.ROOT)))).hasSize(1);
    }

    @Test
    void of_noNames_isEmpty() {
        assertThat(Nearest.of("", NAMES)).isEmpty();
        assertThat(Nearest.of("name", List.of())).isEmpty();
    }
}
