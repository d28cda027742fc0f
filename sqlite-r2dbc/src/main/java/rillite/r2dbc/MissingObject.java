package rillite.r2dbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table, column or function SQLite did not find; the name is without quotes and qualifier. */
record MissingObject(Kind kind, @Nullable String qualifier, String name) {
    private static final Pattern HAS_NO_COLUMN = Pattern.compile("table (.+) has no column named (.+)", Pattern.DOTALL);
    private static final Pattern NO_SUCH =
            Pattern.compile("no such (table|view|column|function): (.+?)(?: - should this be .*)?", Pattern.DOTALL);

    /** What kind of name to look for. */
    enum Kind {
        TABLE,
        COLUMN,
        FUNCTION
    }

    /** What the message says is missing, or null if it says something else. */
    static @Nullable MissingObject of(String message) {
        Matcher matcher = HAS_NO_COLUMN.matcher(message);
        if (matcher.matches()) {
            return new MissingObject(Kind.COLUMN, matcher.group(1), unquote(matcher.group(2)));
        }
        matcher = NO_SUCH.matcher(message);
        if (!matcher.matches()) {
            return null;
        }
        String what = matcher.group(1);
        Kind kind = what.equals("column") ? Kind.COLUMN : what.equals("function") ? Kind.FUNCTION : Kind.TABLE;
        String full = matcher.group(2);
        int dot = full.lastIndexOf('.');
        return dot <= 0 || dot == full.length() - 1
                ? new MissingObject(kind, null, unquote(full))
                : new MissingObject(kind, full.substring(0, dot), unquote(full.substring(dot + 1)));
    }

    private static String unquote(String name) {
        return name.length() > 2 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
