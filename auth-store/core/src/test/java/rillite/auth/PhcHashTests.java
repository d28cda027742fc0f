package rillite.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhcHashTests {

    private static final Argon2 CHEAP = new Argon2(16, 1, 1);

    @Test
    void hash_ofThePassword_matchesThatOnly() {
        PhcHash hash = PhcHash.of("correct horse".getBytes(UTF_8), CHEAP);

        assertThat(hash.text()).startsWith("$argon2id$v=19$m=16,t=1,p=1$");
        PhcHash read = PhcHash.find(hash.text());
        assertThat(read).isNotNull();
        assertThat(read.matches("correct horse".getBytes(UTF_8))).isTrue();
        assertThat(read.matches("correct horsf".getBytes(UTF_8))).isFalse();
        assertThat(read.matches(new byte[0])).isFalse();
        assertThat(hash.toString()).doesNotContain(hash.text().substring(28));
    }

    @Test
    void hash_storedAsText_matches() {
        PhcHash known = PhcHash.find(
                "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0");

        assertThat(known).isNotNull();
        assertThat(known.matches("password".getBytes(UTF_8))).isTrue();
    }

    @Test
    void hash_withTheParametersOfTheDefaults_works() {
        Argon2 owasp = AuthOptions.defaults().argon2();

        assertThat(owasp).isEqualTo(new Argon2(19_456, 2, 1));
        assertThat(PhcHash.of("correct horse".getBytes(UTF_8), owasp).matches("correct horse".getBytes(UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$2a$10$abcdefghijklmnopqrstuv",
                "$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0",
                "$argon2id$v=19$m=64,t=999999999,p=1$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0",
                "$argon2id$v=19$m=64,t=1,p=0$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0",
                "$argon2id$v=19$m=64,t=1,p=1$$",
                "$argon2d$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$Wb9DOLKUgwlL5fjad9tfCPU0SBAo0PEY/evJRhwtUR0"
            })
    void find_whatCannotBeChecked_isNone(String stored) {
        assertThat(PhcHash.find(stored)).isNull();
    }

    @Test
    void weaker_isWhatCostsLessInAnyWay() {
        PhcHash hash = PhcHash.ofNobody(new Argon2(64, 2, 1));

        assertThat(hash.isWeakerThan(new Argon2(64, 2, 1))).isFalse();
        assertThat(hash.isWeakerThan(new Argon2(32, 1, 1))).isFalse();
        assertThat(hash.isWeakerThan(new Argon2(65, 1, 1))).isTrue();
        assertThat(hash.isWeakerThan(new Argon2(64, 3, 1))).isTrue();
    }

    @Test
    void password_isTakenAsItIs_orNotAtAll() {
        assertThat(PasswordText.of("pässwörd")).isEqualTo("pässwörd".getBytes(UTF_8));
        assertThat(PasswordText.of("\uD83D\uDE00".repeat(8))).hasSize(32);
        assertThat(PasswordText.of("x".repeat(1_024))).hasSize(1_024);
        for (String bad : new String[] {
            "", "1234567", "\uD83D\uDE00".repeat(7), "x".repeat(1_025), "ä".repeat(513), "1234567\ud800"
        }) {
            assertThatThrownBy(() -> PasswordText.of(bad))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining(bad.codePointCount(0, bad.length()) + " characters");
        }
    }
}
