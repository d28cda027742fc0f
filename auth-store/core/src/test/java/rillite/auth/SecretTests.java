package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SecretTests {

    @Test
    void secret_inRecord_printsRedacted() {
        Secret secret = Secret.of("s3cr3t");

        assertThat(secret).hasToString("Secret[redacted]");
        assertThat(new IssuedToken(secret, Instant.EPOCH).toString()).doesNotContain("s3cr3t");
        assertThat(secret.expose()).isEqualTo("s3cr3t");
    }

    @Test
    void secret_sameText_isEqual() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    }

    @Test
    void token_minted_has256BitsAndOneForm() {
        Secret token = RawToken.mint();

        assertThat(token.expose()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(RawToken.hash(token)).hasSize(32).isEqualTo(RawToken.find(token.expose()));
    }

    @Test
    void token_ofAnotherForm_isNone() {
        String token = RawToken.mint().expose();

        assertThat(RawToken.find(null)).isNull();
        assertThat(RawToken.find("")).isNull();
        assertThat(RawToken.find(token + "A")).isNull();
        assertThat(RawToken.find(token.substring(1) + "\u0000")).isNull();
        assertThat(RawToken.find(token.substring(1) + "\ud800")).isNull();
        assertThat(RawToken.find("' OR 1=1 --")).isNull();
        assertThat(RawToken.find("x".repeat(200_000))).isNull();
    }

    @Test
    void mint_isAnotherTokenEachTime() {
        Secret token = Secret.mint();

        assertThat(token.expose()).matches("[A-Za-z0-9_-]{43}");
        assertThat(token).isNotEqualTo(Secret.mint()).hasToString("Secret[redacted]");
    }
}
