package rillite.querysets.schema;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the collations declared in a CREATE TABLE statement. No pragma tells them for columns without an index.
 *
 * <p>One pass over the text; a text it does not understand yields no collations.
 */
final class Collations {

    private final String sql;
    private final Map<String, String> found = new HashMap<>();
    private int at;

    private Collations(String sql) {
        this.sql = sql;
    }

    /** Maps column names in lower case to collation names in upper case; columns without COLLATE are absent. */
    static Map<String, String> of(String createTable) {
        if (!createTable.toUpperCase(Locale.ROOT).contains("COLLATE")) {
            return Map.of();
        }
        Collations scan = new Collations(createTable);
        scan.scan();
        return Map.copyOf(scan.found);
    }

    private void scan() {
        int depth = 0;
        String column = "";
        boolean atStart = false;
        boolean collateSeen = false;
        for (String token = next(); !token.isEmpty(); token = next()) {
            if (token.equals("(")) {
                depth++;
                atStart = depth == 1;
            } else if (token.equals(")")) {
                depth--;
            } else if (depth == 1 && token.equals(",")) {
                atStart = true;
            } else if (depth == 1 && atStart) {
                column = unquoted(token).toLowerCase(Locale.ROOT);
                atStart = false;
                collateSeen = false;
            } else if (depth == 1 && collateSeen) {
                found.putIfAbsent(column, unquoted(token).toUpperCase(Locale.ROOT));
                collateSeen = false;
            } else if (depth == 1) {
                collateSeen = token.equalsIgnoreCase("COLLATE");
            }
        }
    }

    private String next() {
        skipBlanksAndComments();
        if (at >= sql.length()) {
            return "";
        }
        int start = at;
        char c = sql.charAt(at++);
        if (c == '"' || c == '`' || c == '\'') {
            quoted(c);
        } else if (c == '[') {
            at = endOr(sql.indexOf(']', at), 1);
        } else if (isWord(c)) {
            while (at < sql.length() && isWord(sql.charAt(at))) {
                at++;
            }
        }
        return sql.substring(start, at);
    }

    private void quoted(char quote) {
        while (at < sql.length()) {
            if (sql.charAt(at++) == quote) {
                if (at >= sql.length() || sql.charAt(at) != quote) {
                    return;
                }
                at++;
            }
        }
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOr(sql.indexOf('\n', at), 1);
            } else if (sql.startsWith("/*", at)) {
                at = endOr(sql.indexOf("*/", at + 2), 2);
            } else {
                return;
            }
        }
    }

    private int endOr(int index, int length) {
        return index < 0 ? sql.length() : index + length;
    }

    private static boolean isWord(char c) {
        return c == '_' || c == '$' || c > 127 || Character.isLetterOrDigit(c);
    }

    private static String unquoted(String token) {
        char first = token.charAt(0);
        if (token.length() < 2 || "\"`'[".indexOf(first) < 0) {
            return token;
        }
        String inner = token.substring(1, token.length() - 1);
        String quote = String.valueOf(first);
        return first == '[' ? inner : inner.replace(quote + quote, quote);
    }
}
