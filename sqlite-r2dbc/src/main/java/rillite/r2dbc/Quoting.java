package rillite.r2dbc;

/** Identifier quoting. Generated names use backticks: SQLite reads an unknown {@code "name"} as a string. */
final class Quoting {
    private Quoting() {}

    /** The bare name of an identifier in any of SQLite's four quoting styles; a plain name is returned unchanged. */
    static String unquote(String name) {
        int last = name.length() - 1;
        if (last < 1) {
            return name;
        }
        char open = name.charAt(0);
        if (open == '[' && name.charAt(last) == ']') {
            return name.substring(1, last);
        }
        if ((open == '"' || open == '`' || open == '\'') && name.charAt(last) == open) {
            String quote = String.valueOf(open);
            return name.substring(1, last).replace(quote + quote, quote);
        }
        return name;
    }

    static String backtick(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
