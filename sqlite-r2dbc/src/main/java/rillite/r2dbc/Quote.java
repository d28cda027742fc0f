package rillite.r2dbc;

/** Makes foreign text fit for one line of a message. */
final class Quote {
    private static final int LIMIT = 200;

    private Quote() {}

    /** The text with control characters escaped, cut after 200 characters. */
    static String of(CharSequence text) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(text.length(), LIMIT);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return text.length() > LIMIT ? out.append("...").toString() : out.toString();
    }
}
