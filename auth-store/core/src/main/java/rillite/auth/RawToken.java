package rillite.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tokens: 256 random bits in base64url for the client, their SHA-256 for the table. */
final class RawToken {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private RawToken() {}

    static Secret mint() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(Chance.bytes(BYTES)));
    }

    static byte[] hash(Secret token) {
        return sha256(token.expose());
    }

    /** The hash of what a client sent, null when it has not even the form of a token. */
    static byte @Nullable [] find(@Nullable String sent) {
        return sent != null && FORM.matcher(sent).matches() ? sha256(sent) : null;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
