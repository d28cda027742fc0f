package rillite.querysets.migrate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a text is the one that was applied, and in which lines it differs: SHA-256 in hexadecimal, a colon, and for
 * texts of up to 1,000 lines four hexadecimal digits for each line.
 */
final class Checksum {

    private static final int MOST_LINES = 1000;
    private static final int HASH = 64;
    private static final int MARK = 4;

    private Checksum() {}

    /** The checksum; line ends and blank lines at the end do not count. */
    static String of(String text) {
        String bare = text.stripTrailing();
        MessageDigest digest = digest();
        StringBuilder sum = new StringBuilder(hex(digest, bare, HASH)).append(':');
        List<String> lines = bare.lines().toList();
        if (lines.size() <= MOST_LINES) {
            lines.forEach(line -> sum.append(hex(digest, line, MARK)));
        }
        return sum.toString();
    }

    private static String hex(MessageDigest digest, String text, int digits) {
        return HexFormat.of()
                .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, digits);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The lines from the first that differs to the last one.
     *
     * @param first where they begin in the later text, from 1
     * @param gone how many stood there before
     * @param come how many stand there now
     */
    record Change(int first, int gone, int come) {}

    /** What differs in the text that has the second checksum; null when that is not known. */
    static @Nullable Change change(String applied, String now) {
        if (!isKnown(applied) || !isKnown(now)) {
            return null;
        }
        String before = applied.substring(HASH + 1);
        String after = now.substring(HASH + 1);
        int head = 0;
        while (head < Math.min(before.length(), after.length()) && before.regionMatches(head, after, head, MARK)) {
            head += MARK;
        }
        int tail = 0;
        int most = Math.min(before.length(), after.length()) - head;
        while (tail < most
                && before.regionMatches(before.length() - tail - MARK, after, after.length() - tail - MARK, MARK)) {
            tail += MARK;
        }
        int gone = (before.length() - head - tail) / MARK;
        int come = (after.length() - head - tail) / MARK;
        return new Change(head / MARK + 1, gone, come);
    }

    /** Says which lines of the text that has the second checksum are new or other; empty when that is not known. */
    static String difference(String applied, String now) {
        Change change = change(applied, now);
        return change == null ? "" : words(change.first(), change.gone(), change.come());
    }

    private static String words(int first, int gone, int come) {
        if (come == 0) {
            return lines(gone) + " before line " + first + " of it " + (gone == 1 ? "is" : "are") + " gone";
        }
        String where = come == 1 ? "line " + first : "lines " + first + " to " + (first + come - 1);
        return gone == 0
                ? where + (come == 1 ? " is new" : " are new")
                : where + (come == 1 ? " stands" : " stand") + " where " + lines(gone) + " stood";
    }

    private static String lines(int count) {
        return count == 1 ? "1 line" : count + " lines";
    }

    private static boolean isKnown(String sum) {
        return sum.length() > HASH + 1 && sum.charAt(HASH) == ':' && (sum.length() - HASH - 1) % MARK == 0;
    }
}
