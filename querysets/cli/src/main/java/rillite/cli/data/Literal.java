package rillite.cli.data;

import org.jspecify.annotations.Nullable;

/** A value on the command line: what looks exactly like a number is one, {@code NULL} is NULL, all else is text. */
final class Literal {

    private Literal() {}

    static @Nullable Object of(String word) {
        if (word.equals("NULL")) {
            return null;
        }
        if (word.length() > 1 && word.startsWith("'") && word.endsWith("'")) {
            return word.substring(1, word.length() - 1).replace("''", "'");
        }
        if (word.matches("-?(0|[1-9][0-9]{0,17})")) {
            return Long.valueOf(word);
        }
        return word.matches("-?(0|[1-9][0-9]*)\\.[0-9]+([eE][-+]?[0-9]+)?") ? (Object) Double.valueOf(word) : word;
    }
}
