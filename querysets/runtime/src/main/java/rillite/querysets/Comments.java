package rillite.querysets;

/** Texts within SQL comments. */
final class Comments {

    private Comments() {}

    /** The text without what ends a comment, and on one line. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean slash = c == '/' && (i == 0 || text.charAt(i - 1) == '*');
            if (c >= ' ' && c != '*' && !slash) {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
