package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailKeyTests {

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.ORG, ada@example.org",
        "'  ada@example.org\t', ada@example.org",
        "\uFEFFada@example.org, ada@example.org",
        "ada\uFF20example.org, ada@example.org",
        "\uFF21da@example.org, ada@example.org",
        "STRASSE@x.de, strasse@x.de",
        "stra\u00DFe@x.de, stra\u00DFe@x.de",
        "ada+tag@example.org, ada+tag@example.org",
        "ada@example.org., ada@example.org.",
        "\u212Aelvin@x.org, kelvin@x.org",
    })
    void key_isNfkcLowerCaseTrimmed(String email, String key) {
        assertThat(EmailKey.find(email)).isEqualTo(key);
        assertThat(EmailKey.find(key)).isEqualTo(key);
    }

    @Test
    void key_ofEveryLetter_isItsOwnKey() {
        for (int point = 'A'; point < 0x3000; point++) {
            String key = EmailKey.find("a" + Character.toString(point) + "b@x.org");
            if (key != null) {
                assertThat(EmailKey.find(key)).as("U+%04X", point).isEqualTo(key);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@x.org",
                "ada@",
                "a@b@c",
                "a b@x.org",
                "a\u0000@x.org",
                "a\n@x.org",
                "\ud800@x.org",
                "\"a\"@x.org"
            })
    void find_noAddress_isNone(String text) {
        assertThat(EmailKey.find(text)).isNull();
    }

    @Test
    void of_tooLong_tellsTheLengthOnly() {
        String email = "hunter2".repeat(60) + "@x.org";

        assertThatThrownBy(() -> NewUser.of(email))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("426 characters")
                .hasMessageNotContaining("hunter2");
    }
}
