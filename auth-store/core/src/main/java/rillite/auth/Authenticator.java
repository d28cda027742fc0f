package rillite.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Codes as authenticators make them: SHA-1, 6 digits, 30 seconds, the only form that all of them know. */
final class Authenticator {

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int DIGITS = 6;
    private static final int BYTES = 20;
    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

    private final String secret;
    private final SecretKeySpec key;

    private Authenticator(String secret) {
        this.secret = secret;
        key = new SecretKeySpec(Base32.decode(secret), "RAW");
    }

    static Authenticator mint() {
        return new Authenticator(Base32.encode(Chance.bytes(BYTES)));
    }

    static Authenticator of(String secret) {
        return new Authenticator(secret);
    }

    String secret() {
        return secret;
    }

    /** The step of a code, if it is that of now, or of the one before or behind: clocks differ. */
    OptionalLong step(String code, long now) {
        long current = now / STEP.toMillis();
        OptionalLong found = OptionalLong.empty();
        for (long step = current - 1; step <= current + 1; step++) {
            byte[] wanted = code(step).getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(wanted, code.getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    String code(long step) {
        try {
            Instant moment = Instant.ofEpochMilli(step * STEP.toMillis());
            return CODES.generateOneTimePasswordString(key, moment, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key is of random bytes", e);
        }
    }

    /** What an authenticator scans. */
    String uri(String issuer, @Nullable String label) {
        String name = label == null ? issuer : issuer + ":" + label;
        return "otpauth://totp/" + encoded(name) + "?secret=" + secret + "&issuer=" + encoded(issuer)
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP.toSeconds();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
