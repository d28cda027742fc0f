package rillite.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text that must not be seen: it prints as {@code Secret[redacted]}, in records that hold it too. Immutable. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a text. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value must not be null"));
    }

    /** A new token: 256 random bits in 43 characters that a URL and a cookie take as they are. */
    public static Secret mint() {
        return RawToken.mint();
    }

    /** The SHA-256 of the text in UTF-8: what may be stored of a token that nobody can guess. */
    public byte[] sha256() {
        return RawToken.sha256(value);
    }

    /** The text. Every call is a place where it may leak: give it to who needs it, and do not log it. */
    public String expose() {
        return value;
    }

    /** Whether the texts are the same, found in a time that does not depend on where they differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for all: a hash would tell of the text. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
