package rillite.querysets.schema;

/** How SQLite compares names: without regard to the case of ASCII letters, and of no others. */
final class Names {

    private Names() {}

    /** A text that two names share exactly when SQLite takes them for the same name. */
    static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isUpper(name.charAt(i))) {
                return lower(name);
            }
        }
        return name;
    }

    static boolean same(String a, String b) {
        return fold(a).equals(fold(b));
    }

    private static String lower(String name) {
        char[] chars = name.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (isUpper(chars[i])) {
                chars[i] += 'a' - 'A';
            }
        }
        return new String(chars);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
