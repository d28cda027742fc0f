package rillite.auth;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts from outside may be. Messages tell the length of a text, never the text: it may be a password in a wrong field. */
final class Texts {

    private static final int LONGEST_ID = 200;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");

    private Texts() {}

    static void checkId(String label, String value) {
        check(label, value, LONGEST_ID);
        if (NUMBER.matcher(value).matches()) {
            throw new InvalidAuthValueException("The " + label + " is a number of " + length(value)
                    + " characters. Ids are texts with at least one letter, as those that the store makes.");
        }
    }

    /** Refuses what is empty, too long, or has characters that no name has. */
    static void check(String label, String value, int longest) {
        Objects.requireNonNull(value, () -> label + " must not be null");
        if (value.isBlank() || length(value) > longest) {
            throw new InvalidAuthValueException("The " + label + " has " + length(value) + " characters. It needs 1 to "
                    + longest + ", not only blanks.");
        }
        int odd = oddCharacter(value);
        if (odd >= 0) {
            throw new InvalidAuthValueException(
                    "The " + label + " has a control character or half a surrogate pair at " + odd + ". Leave it out.");
        }
    }

    /** Its characters, an emoji being one: what is counted is also what is told. */
    static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    static void checkOptional(String label, @Nullable String value, int longest) {
        if (value != null) {
            check(label, value, longest);
        }
    }

    /** Where the first control character or unpaired surrogate is, -1 when there is none. */
    static int oddCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            if (Character.isISOControl(one)) {
                return i;
            }
            if (Character.isSurrogate(one)) {
                boolean paired = i + 1 < value.length() && Character.isSurrogatePair(one, value.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** What is left of a text that is only told, such as a user agent: printable, and not longer than that. */
    static @Nullable String shortened(@Nullable String value, int longest) {
        if (value == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        value.codePoints()
                .filter(point -> !Character.isISOControl(point) && (point < 0xD800 || point > 0xDFFF))
                .limit(longest)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
