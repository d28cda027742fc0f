package rillite.r2dbc;

/**
 * A cursor over the tokens of one SQL text, cut where SQLite's tokenizer cuts. Never fails: what SQLite would refuse
 * comes out as {@link Token#OTHER}. Linear, no recursion. Confined to one thread.
 */
final class SqlTokens {
    /** Kinds of tokens; blanks and comments are none. */
    enum Token {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        MARKER,
        SEMICOLON,
        OPEN,
        CLOSE,
        COMMA,
        DOT,
        OTHER,
        END
    }

    private static final char BOM = '\uFEFF';
    /** Blank only behind another blank. */
    private static final char VERTICAL_TAB = 0x0b;

    private final String sql;
    private final int length;
    private int start;
    private int position;

    SqlTokens(String sql) {
        this.sql = sql;
        this.length = sql.length();
    }

    /** Index of the first character of the current token. */
    int start() {
        return start;
    }

    /** Index after the current token. */
    int end() {
        return position;
    }

    String text() {
        return sql.substring(start, position);
    }

    /** Whether the current token reads {@code upper}, which is ASCII in upper case. */
    boolean is(String upper) {
        if (position - start != upper.length()) {
            return false;
        }
        for (int i = 0; i < upper.length(); i++) {
            char c = sql.charAt(start + i);
            if ((c >= 'a' && c <= 'z' ? c - 32 : c) != upper.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    Token next() {
        skipBlanksAndComments();
        start = position;
        if (position == length) {
            return Token.END;
        }
        char c = sql.charAt(position);
        return switch (c) {
            case ';' -> single(Token.SEMICOLON);
            case '(' -> single(Token.OPEN);
            case ')' -> single(Token.CLOSE);
            case ',' -> single(Token.COMMA);
            case '\'' -> quoted(c, Token.STRING);
            case '"', '`' -> quoted(c, Token.QUOTED);
            case '[' -> bracketed();
            case '?' -> question();
            case '$', '@', ':', '#' -> variable(c);
            case '.' -> isDigit(at(position + 1)) ? number() : single(Token.DOT);
            default -> isDigit(c) ? number() : isWord(c) ? word() : single(Token.OTHER);
        };
    }

    /** Whether {@code c} is blank wherever a token could start. */
    static boolean isBlank(char c) {
        return (isSpace(c) && c != VERTICAL_TAB) || c == BOM;
    }

    /** The index of the first character from {@code from} on that is not blank. */
    static int skipBlanks(String sql, int from) {
        int i = from;
        while (i < sql.length() && isBlank(sql.charAt(i))) {
            boolean run = sql.charAt(i) != BOM;
            i++;
            while (run && i < sql.length() && isSpace(sql.charAt(i))) {
                i++;
            }
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private char at(int index) {
        return index < length ? sql.charAt(index) : 0;
    }

    private void skipBlanksAndComments() {
        while (position < length) {
            position = skipBlanks(sql, position);
            char c = at(position);
            if (c == '-' && at(position + 1) == '-') {
                int line = sql.indexOf('\n', position + 2);
                position = line < 0 ? length : line + 1;
            } else if (c == '/' && at(position + 1) == '*' && position + 2 < length) {
                int close = sql.indexOf("*/", position + 2);
                position = close < 0 ? length : close + 2;
            } else {
                return;
            }
        }
    }

    private Token single(Token token) {
        position++;
        return token;
    }

    private Token quoted(char quote, Token token) {
        int close = sql.indexOf(quote, position + 1);
        while (close >= 0 && at(close + 1) == quote) {
            close = sql.indexOf(quote, close + 2);
        }
        position = close < 0 ? length : close + 1;
        return close < 0 ? Token.OTHER : token;
    }

    private Token bracketed() {
        int close = sql.indexOf(']', position + 1);
        position = close < 0 ? length : close + 1;
        return close < 0 ? Token.OTHER : Token.QUOTED;
    }

    private Token question() {
        position++;
        while (isDigit(at(position))) {
            position++;
        }
        return Token.MARKER;
    }

    private Token variable(char prefix) {
        int i = position + 1;
        if (prefix == ':' && at(i) == ':' && at(i + 1) != ':') {
            position = i + 1;
            skipWord();
            return Token.OTHER;
        }
        boolean named = false;
        while (i < length) {
            char c = sql.charAt(i);
            if (isWord(c)) {
                named = true;
                i++;
            } else if (c == ':' && at(i + 1) == ':') {
                i += 2;
            } else if (c == '(' && named) {
                return suffixed(i + 1);
            } else {
                break;
            }
        }
        position = i;
        return named ? Token.MARKER : Token.OTHER;
    }

    private Token suffixed(int from) {
        int i = from;
        while (i < length && sql.charAt(i) != ')' && !isSpace(sql.charAt(i))) {
            i++;
        }
        boolean closed = at(i) == ')';
        position = closed ? i + 1 : i;
        return closed ? Token.MARKER : Token.OTHER;
    }

    private Token number() {
        skipWord();
        if (at(position) == '.') {
            position++;
            skipWord();
        }
        char sign = at(position);
        char before = sql.charAt(position - 1);
        if ((sign == '+' || sign == '-') && (before == 'e' || before == 'E') && isDigit(at(position + 1))) {
            position++;
            skipWord();
        }
        if (at(position) == ':') {
            position++;
            skipWord();
        }
        return Token.NUMBER;
    }

    private Token word() {
        skipWord();
        return Token.WORD;
    }

    private void skipWord() {
        while (position < length && isWord(sql.charAt(position))) {
            position++;
        }
    }
}
