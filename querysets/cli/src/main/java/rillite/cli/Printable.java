package rillite.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/** Text of a database on a screen: what would steer the screen is shown as an escape, and widths are those of a screen. */
public final class Printable {

    private static final String ELLIPSIS = "…";

    private Printable() {}

    /** The text without control characters, marks of direction and halves of characters. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::steers)) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (!steers(point)) {
                clean.appendCodePoint(point);
            } else {
                clean.append(
                        switch (point) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> String.format(Locale.ROOT, "\\u%04x", point);
                        });
            }
        });
        return clean.toString();
    }

    /** The same, but lines stay lines. */
    static String lines(String text) {
        return Arrays.stream(text.split("\n", -1)).map(Printable::of).collect(Collectors.joining("\n"));
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Columns of a screen that a text takes. */
    public static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }

    /** The text, cut so that it takes no more columns. */
    public static String cut(String text, int columns) {
        // no character takes more than two columns, so most of a long text need not be measured
        if (text.length() <= columns && width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            used += Math.max(0, WCWidth.wcwidth(point));
            if (used > columns - 1) {
                break;
            }
            kept.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return kept.length() == text.length() ? text : kept + ELLIPSIS;
    }

    /** The text with spaces after it, or before it, up to that many columns. */
    static String pad(String text, int columns, boolean right) {
        String space = " ".repeat(Math.max(0, columns - width(text)));
        return right ? space + text : text + space;
    }
}
