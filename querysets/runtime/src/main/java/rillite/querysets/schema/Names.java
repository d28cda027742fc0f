package rillite.querysets.schema;

/** How SQLite compares names: without regard to the case of ASCII letters, and of no others. */
public final class Names {

    private Names() {}

    /** A text that two names share exactly when SQLite takes them for the same name. */
    public static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isUpper(name.charAt(i))) {
                return lower(name);
            }
        }
        return name;
    }

    /** Whether SQLite takes two names for one. */
    public static boolean same(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (lower(a.charAt(i)) != lower(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The name as a part of SQL: in quotes where it needs them. */
    public static String written(String name) {
        return isPlain(name) && !Keywords.contains(name) ? name : quoted(name);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Letters, digits and underscores, and no digit first. */
    static boolean isPlain(String name) {
        return !name.isEmpty()
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
                && name.chars()
                        .allMatch(
                                c -> c == '_' || c > 127 || c >= '0' && c <= '9' || (c | 32) >= 'a' && (c | 32) <= 'z');
    }

    private static String lower(String name) {
        char[] chars = name.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = lower(chars[i]);
        }
        return new String(chars);
    }

    private static char lower(char c) {
        return isUpper(c) ? (char) (c + 'a' - 'A') : c;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
