package rillite.auth.spring.session;

/** Why a value was refused, in words that contain nothing of the value. */
final class Refusals {

    private static final int LONGEST = 100;

    private Refusals() {}

    static String reason(Throwable error) {
        Throwable root = error;
        for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root instanceof TypeNotPresentException refused
                ? "type " + shown(refused.typeName()) + " is not permitted"
                : root.getClass().getSimpleName();
    }

    /** A name that the file may have from anybody. */
    static String shown(String name) {
        String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
        return "\"" + cut.replaceAll("[^\\x20-\\x7e]", "?") + "\"";
    }
}
