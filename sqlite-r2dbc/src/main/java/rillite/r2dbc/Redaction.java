package rillite.r2dbc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bind values out of messages.
 *
 * <p>While a statement runs, SQLite quotes values in many places: full-text queries, JSON paths, arguments of table
 * functions, files of ATTACH and VACUUM INTO, exceptions of custom functions. What a message quotes is kept only if it
 * stands in the SQL as well. A message of preparing is never touched: nothing is bound by then, and it may name columns
 * of views and triggers.
 */
final class Redaction {
    private static final String LEFT_OUT = "(something that is not in the SQL)";
    private static final String HINT = " - should this be a string literal in single-quotes?";
    private static final int CANTOPEN = SqliteErrorCode.CANTOPEN.code();

    private static final Pattern NEVER_DATA = Pattern.compile("near \".*\": syntax error", Pattern.DOTALL);
    private static final Pattern QUOTATION = Pattern.compile("(?<=: )|[\"'\\[]");
    private static final Pattern QUOTES = Pattern.compile("^[\"'\\[]+|[\"'\\]]+$");

    private Redaction() {}

    /** The message, or as much of it as holds no data. */
    static String of(SqliteErrorCode code, String message, @Nullable String sql) {
        boolean mayQuote = code == SqliteErrorCode.ERROR || code.primaryCode() == CANTOPEN;
        if (!mayQuote || NEVER_DATA.matcher(message).matches()) {
            return message;
        }
        String prefix = "fts5: ";
        Matcher matcher = QUOTATION.matcher(message);
        if (!matcher.find(message.startsWith(prefix) ? prefix.length() + 1 : 0)) {
            return message;
        }
        return stands(message.substring(matcher.start()), sql)
                ? message
                : message.substring(0, matcher.start()) + LEFT_OUT;
    }

    private static boolean stands(String quotation, @Nullable String sql) {
        String bare = quotation.endsWith(HINT) ? quotation.substring(0, quotation.length() - HINT.length()) : quotation;
        bare = QUOTES.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
        if (bare.startsWith("main.") || bare.startsWith("temp.")) {
            bare = bare.substring(5);
        }
        return bare.isEmpty() || (sql != null && sql.toLowerCase(Locale.ROOT).contains(bare));
    }
}
