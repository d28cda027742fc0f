package rillite.querysets.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the tokens of one SQL statement as SQLite sees them; comments are skipped. Strings and quoted names that
 * do not end, end with the text.
 */
final class SqlTokens {

    private static final String QUOTES = "\"`'[";

    private final String sql;
    private int start;
    private int end;
    private @Nullable String keyword;

    SqlTokens(String sql) {
        this.sql = sql;
    }

    /** The text without comments, if it has any. */
    static String withoutComments(String text) {
        if (!text.contains("--") && !text.contains("/*")) {
            return text;
        }
        SqlTokens tokens = new SqlTokens(text);
        StringBuilder bare = new StringBuilder();
        for (int before = 0; tokens.next(); before = tokens.end) {
            bare.append(before > 0 && tokens.start > before ? " " : "").append(text, tokens.start, tokens.end);
        }
        return bare.toString();
    }

    /** A second walk that starts where this one stands. */
    SqlTokens copy() {
        SqlTokens copy = new SqlTokens(sql);
        copy.start = start;
        copy.end = end;
        return copy;
    }

    /** Moves to the next token; false at the end of the text. */
    boolean next() {
        keyword = null;
        start = skipBlanksAndComments(end);
        if (start >= sql.length()) {
            end = start;
            return false;
        }
        char c = sql.charAt(start);
        if (c == '[') {
            end = after("]", start + 1);
        } else if (isQuoted()) {
            end = afterQuote(c, start + 1);
        } else if (isWord(c)) {
            end = start + 1;
            while (end < sql.length() && isWord(sql.charAt(end))) {
                end++;
            }
        } else {
            end = start + 1;
        }
        return true;
    }

    /** Moves on and tells whether that token is the given keyword. */
    boolean nextIs(String keyword) {
        return next() && keyword().equals(keyword);
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean is(char symbol) {
        return start < end && sql.charAt(start) == symbol;
    }

    /** The word in upper case; empty for anything quoted and for symbols. */
    String keyword() {
        String known = keyword;
        if (known == null) {
            known = start < end && isWord(sql.charAt(start))
                    ? sql.substring(start, end).toUpperCase(Locale.ROOT)
                    : "";
            keyword = known;
        }
        return known;
    }

    /** The token as it is written. */
    String raw() {
        return sql.substring(start, end);
    }

    /** The token as a name, without its quotes. */
    String name() {
        if (start >= end || !isQuoted() || end - start < 2) {
            return sql.substring(start, end);
        }
        char first = sql.charAt(start);
        String inner = sql.substring(start + 1, end - 1);
        String quote = String.valueOf(first);
        return first == '[' ? inner : inner.replace(quote + quote, quote);
    }

    /** With the present token a bracket that opens: moves to the one that closes it, and gives what is between. */
    String group() {
        int from = end;
        int depth = 1;
        while (next()) {
            if (is('(')) {
                depth++;
            } else if (is(')') && --depth == 0) {
                return sql.substring(from, start).trim();
            }
        }
        return sql.substring(from).trim();
    }

    private boolean isQuoted() {
        return QUOTES.indexOf(sql.charAt(start)) >= 0;
    }

    private int afterQuote(char quote, int from) {
        int at = from;
        while (at < sql.length()) {
            if (sql.charAt(at++) == quote) {
                if (at >= sql.length() || sql.charAt(at) != quote) {
                    return at;
                }
                at++;
            }
        }
        return at;
    }

    private int skipBlanksAndComments(int from) {
        int at = from;
        while (at < sql.length()) {
            if (isBlank(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = after("\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = after("*/", at + 2);
            } else {
                return at;
            }
        }
        return at;
    }

    private int after(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\uFEFF';
    }

    /** Letters, digits, underscore, dollar and everything beyond ASCII. */
    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c > 127 || c >= '0' && c <= '9' || (c | 32) >= 'a' && (c | 32) <= 'z';
    }
}
