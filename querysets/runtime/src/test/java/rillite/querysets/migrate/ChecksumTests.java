package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChecksumTests {

    private static String sum(String lines) {
        return Checksum.of(lines.replace(' ', '\n'));
    }

    @Test
    void form_isSha256AndAMarkPerLine() {
        assertThat(Checksum.of("a")).isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb:ca97");
        assertThat(sum("a b c")).matches("[0-9a-f]{64}:[0-9a-f]{12}");
    }

    @Test
    void blanksAtTheEnd_doNotCount() {
        assertThat(Checksum.of("a\nb\n \n")).isEqualTo(Checksum.of("a\nb"));
        assertThat(Checksum.of("a\n b")).isNotEqualTo(Checksum.of("a\nb"));
    }

    @ParameterizedTest
    @CsvSource({
        "a b c, a x c, line 2 stands where 1 line stood",
        "a b c d, a x y z d, lines 2 to 4 stand where 2 lines stood",
        "a b, a b c, line 3 is new",
        "a d, a b c d, lines 2 to 3 are new",
        "a b c, a c, 1 line before line 2 of it is gone",
        "a b c d, a, 3 lines before line 2 of it are gone",
        "x a, y a, line 1 stands where 1 line stood",
        "a a a, a a, 1 line before line 3 of it is gone"
    })
    void difference_tellsTheLines(String before, String after, String told) {
        assertThat(Checksum.difference(sum(before), sum(after))).isEqualTo(told);
    }

    @Test
    void difference_ofWhatIsNotKnown_isEmpty() {
        String large = Checksum.of("x\n".repeat(5000) + "y");

        assertThat(large).hasSize(65);
        assertThat(Checksum.difference(large, Checksum.of("x"))).isEmpty();
        assertThat(Checksum.difference("of another tool", Checksum.of("x"))).isEmpty();
    }
}
