package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/** Checks of SQL text before anything reads it. */
final class SqlText {
    private SqlText() {}

    /**
     * Returns {@code text} when SQLite can be given it unharmed.
     *
     * @throws IllegalArgumentException for null, U+0000 (SQLite stops there) and lone surrogates (not encodable)
     */
    static String valid(@Nullable String text, String what) {
        if (text == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(what + " must not contain U+0000 (index " + i + ")");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException(
                            what + " must not contain a lone surrogate (index " + i + "): UTF-8 cannot hold it");
                }
                i++;
            }
        }
        return text;
    }
}
