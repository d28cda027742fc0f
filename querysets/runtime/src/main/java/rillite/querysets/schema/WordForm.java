package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings tokens into a form in which equal ones mean the same: words in lower case, names without quotes where they need
 * none, texts as they are.
 */
final class WordForm {

    private final List<String> words = new ArrayList<>();
    private int lastEnd = -1;

    void add(SqlTokens tokens) {
        String raw = tokens.raw();
        int last = words.size() - 1;
        if (raw.startsWith("'") && tokens.start() == lastEnd && words.get(last).equals("x")) {
            words.set(last, "x" + Names.fold(raw));
        } else if (isName(raw) && (last < 0 || !words.get(last).equals("default"))) {
            words.add(name(tokens.name()));
        } else {
            words.add(raw.startsWith("'") || isName(raw) ? raw : Names.fold(raw));
        }
        lastEnd = tokens.end();
    }

    List<String> words() {
        return words;
    }

    private static boolean isName(String raw) {
        return raw.startsWith("\"") || raw.startsWith("`") || raw.startsWith("[");
    }

    private static String name(String name) {
        String folded = Names.fold(name);
        return Names.isPlain(folded) && !Keywords.isReserved(folded) ? folded : Names.quoted(folded);
    }

    /** The name, in lower case, that such a word may stand for. */
    static String nameOf(String word) {
        return Names.fold(unquoted(word));
    }

    /** A name or text without its quotes. */
    static String unquoted(String written) {
        SqlTokens tokens = new SqlTokens(written);
        return tokens.next() ? tokens.name() : "";
    }
}
