package rillite.codegen;

/** Texts of a database file in Java sources, so that they stay what they are: texts. */
final class Literal {

    private Literal() {}

    /** A text as a Java literal. Letters of any language stay readable; what is invisible is escaped. */
    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (isVisible(c)) {
                        literal.appendCodePoint(c);
                    } else {
                        for (char half : Character.toChars(c)) {
                            literal.append(String.format("\\u%04x", (int) half));
                        }
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    /** A text inside of a comment: nothing in it ends the comment, is a tag, or an escape of the compiler. */
    static String inComment(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> {
            if (Character.isLetterOrDigit(c) && isVisible(c) || " _-.,()".indexOf(c) >= 0) {
                shown.appendCodePoint(c);
            } else {
                shown.append("&#").append(c).append(';');
            }
        });
        return shown.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
