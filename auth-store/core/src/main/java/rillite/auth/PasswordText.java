package rillite.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A password as it is hashed: its UTF-8 bytes, none left out and none changed. */
final class PasswordText {

    private static final int SHORTEST = 8;
    private static final int LONGEST_BYTES = 1_024;

    private PasswordText() {}

    /** The bytes, null when no stored password can be this. */
    static byte @Nullable [] find(CharSequence password) {
        if (password.length() > LONGEST_BYTES) {
            return null;
        }
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes.length > LONGEST_BYTES ? null : bytes;
        } catch (CharacterCodingException halfSurrogate) {
            return null;
        }
    }

    /**
     * @throws InvalidAuthValueException too short, too long, or with half a surrogate pair
     */
    static byte[] of(CharSequence password) {
        byte[] bytes = find(password);
        if (bytes == null || password.codePoints().limit(SHORTEST).count() < SHORTEST) {
            throw new InvalidAuthValueException(
                    "The password has " + password.codePoints().count()
                            + " characters. It needs at least " + SHORTEST + ", at most " + LONGEST_BYTES
                            + " bytes in UTF-8, and no half of a surrogate pair.");
        }
        return bytes;
    }
}
