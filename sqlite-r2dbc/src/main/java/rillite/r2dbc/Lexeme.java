package rillite.r2dbc;

import java.util.Locale;

/** One token kept for classification: its kind and text, and for words the text in upper case. */
record Lexeme(SqlTokens.Token token, String text, String upper) {
    private static final int LONGEST_KEYWORD = 17;

    static Lexeme of(SqlTokens.Token token, String text) {
        boolean keyword = token == SqlTokens.Token.WORD && text.length() <= LONGEST_KEYWORD && isAscii(text);
        return new Lexeme(token, text, keyword ? text.toUpperCase(Locale.ROOT) : "");
    }

    boolean is(String keyword) {
        return upper.equals(keyword);
    }

    /** Whether SQLite takes this token as a name: plain, quoted, or a string standing in for one. */
    boolean isName() {
        return token == SqlTokens.Token.WORD || token == SqlTokens.Token.QUOTED || token == SqlTokens.Token.STRING;
    }

    String name() {
        return token == SqlTokens.Token.WORD ? text : Quoting.unquote(text);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
