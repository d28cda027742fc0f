package rillite.auth.authjs;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import rillite.auth.InvalidAuthValueException;

/** The form in which Auth.js keeps e-mail addresses. */
final class NormalEmail {

    private static final int LONGEST = 320;

    private NormalEmail() {}

    /** Empty when Auth.js would not take the address. */
    static Optional<String> find(String email) {
        if (email.codePointCount(0, email.length()) > LONGEST) {
            return Optional.empty();
        }
        String folded =
                trimmed(Normalizer.normalize(email, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
        int at = folded.indexOf('@');
        if (at < 1 || at != folded.lastIndexOf('@') || folded.indexOf('"') >= 0 || !Values.canBeStored(folded)) {
            return Optional.empty();
        }
        int comma = folded.indexOf(',', at);
        String address = comma < 0 ? folded : folded.substring(0, comma);
        return address.length() == at + 1 ? Optional.empty() : Optional.of(address);
    }

    static String of(String email) {
        return find(email)
                .orElseThrow(() -> new InvalidAuthValueException("Auth.js would refuse the e-mail address of "
                        + email.codePointCount(0, email.length())
                        + " characters: it needs one @ with something on both sides, no \", and at"
                        + " most " + LONGEST + " characters."));
    }

    /** As JavaScript trims, which takes the byte order mark for a blank. */
    private static String trimmed(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char one) {
        return one == '\uFEFF'
                || Character.isWhitespace(one) && one < 0x1c
                || one > ' ' && Character.isSpaceChar(one)
                || one == ' ';
    }
}
