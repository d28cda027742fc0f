package rillite.r2dbc;

/** Parameter numbers as SQL writes them: ASCII digits only. */
final class Digits {
    private Digits() {}

    /** The number in {@code text[from, to)}, at most {@code limit + 1}; -1 when it is empty or holds anything else. */
    static int parse(String text, int from, int to, int limit) {
        int number = from < to ? 0 : -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!SqlTokens.isDigit(c)) {
                return -1;
            }
            number = Math.min(number * 10 + (c - '0'), limit + 1);
        }
        return number;
    }
}
