package rillite.examples.quickstart;

/** Names of columns, and how people get them wrong. */
final class Names {

    private Names() {}

    /** A likely slip: two neighbours swapped, or a letter too many in a short name. */
    static String misspelt(String name) {
        if (name.length() < 3) {
            return name + "x";
        }
        int middle = name.length() / 2;
        for (int i = middle; i < name.length(); i++) {
            if (name.charAt(i) != name.charAt(i - 1)) {
                return name.substring(0, i - 1) + name.charAt(i) + name.charAt(i - 1) + name.substring(i + 1);
            }
        }
        return name + "x";
    }
}
