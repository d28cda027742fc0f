package rillite.auth;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form in which e-mail addresses are compared: NFKC, lower case of the root locale, trimmed. */
final class EmailKey {

    private static final int LONGEST = 320;

    private EmailKey() {}

    /** The key of an address, null when the text cannot be one. */
    static @Nullable String find(@Nullable String email) {
        if (email == null || Texts.length(email) > LONGEST) {
            return null;
        }
        String key = normal(normal(email).toLowerCase(Locale.ROOT));
        return isAddress(key) ? key : null;
    }

    /**
     * @throws InvalidAuthValueException the text is no address
     */
    static String of(String email) {
        String key = find(email);
        if (key == null) {
            throw new InvalidAuthValueException("The e-mail address of " + Texts.length(email)
                    + " characters is none: it needs one @ with something on both sides, no blanks or control"
                    + " characters, and at most " + LONGEST + " characters.");
        }
        return key;
    }

    /** The address as it is kept to be shown and written to. */
    static String trimmed(String email) {
        return email.strip().replaceAll("^\uFEFF+|\uFEFF+$", "").strip();
    }

    /** Whether two addresses are the same but for upper and lower case of ASCII: no other letter passes for one. */
    static boolean isSameSpelling(String one, String other) {
        return asciiLower(one).equals(asciiLower(other));
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char letter = lower.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(i, (char) (letter + 32));
            }
        }
        return lower.toString();
    }

    private static String normal(String text) {
        return trimmed(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    private static boolean isAddress(String key) {
        int at = key.indexOf('@');
        return at > 0
                && at == key.lastIndexOf('@')
                && at < key.length() - 1
                && key.indexOf('"') < 0
                && Texts.length(key) <= LONGEST
                && Texts.oddCharacter(key) < 0
                && key.codePoints().noneMatch(Character::isWhitespace);
    }
}
