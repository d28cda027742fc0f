package rillite.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tokens: 256 random bits in base64url for the client, their SHA-256 for the table. */
final class RawToken {

    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    private RawToken() {}

    static Secret mint() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(Chance.bytes(BYTES)));
    }

    static byte[] hash(Secret token) {
        return token.sha256();
    }

    /** The hash of what a client sent, null when it has not even the form of a token. */
    static byte @Nullable [] find(@Nullable String sent) {
        return sent != null && hasForm(sent) ? sha256(sent) : null;
    }

    /** By hand, because each request asks. */
    private static boolean hasForm(String sent) {
        if (sent.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char one = sent.charAt(i);
            boolean known = one >= 'a' && one <= 'z'
                    || one >= 'A' && one <= 'Z'
                    || one >= '0' && one <= '9'
                    || one == '-'
                    || one == '_';
            if (!known) {
                return false;
            }
        }
        return true;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
