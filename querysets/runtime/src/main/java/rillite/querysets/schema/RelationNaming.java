package rillite.querysets.schema;

import java.util.Locale;

/** The rules by which relations are named. */
final class RelationNaming {

    private RelationNaming() {}

    /**
     * {@code author_id} gives {@code author}, {@code ArtistId} and {@code ArtistID} give {@code Artist}, {@code customer}
     * gives {@code customer_ref}.
     */
    static String toOne(ForeignKey key, Table parent) {
        if (key.columns().size() > 1) {
            return parent.name();
        }
        String column = key.columns().get(0);
        int end = endBeforeId(column);
        return end > 0 ? column.substring(0, end) : column + "_ref";
    }

    /** Where {@code _id}, or the word {@code Id}, begins at the end of a name that has more than this; else 0. */
    private static int endBeforeId(String column) {
        int end = column.length() - 2;
        if (end < 1 || !column.regionMatches(true, end, "id", 0, 2)) {
            return 0;
        }
        int before = column.codePointBefore(end);
        if (before == '_') {
            return end - 1;
        }
        boolean word = column.charAt(end) == 'I' && (Character.isLowerCase(before) || Character.isDigit(before));
        return word ? end : 0;
    }

    /** {@code book.author} gives {@code books}, {@code author.mentor} gives {@code authors_as_mentor}. */
    static String toMany(Table child, Table parent, String toOne) {
        String plural = plural(child.name());
        return isOneOf(parent, toOne) ? plural : as(plural, toOne);
    }

    /** Whether a name is that of a table, or of one row of it: {@code Customer} for {@code Customers}. */
    private static boolean isOneOf(Table table, String name) {
        return Names.same(name, table.name())
                || Names.same(name, singular(table.name()))
                || Names.same(plural(name), table.name());
    }

    static String as(String name, String toOne) {
        return name + "_as_" + toOne;
    }

    /** {@code book}, {@code category}, {@code box} become {@code books}, {@code categories}, {@code boxes}. */
    static String plural(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s")) {
            return name;
        }
        if (lower.endsWith("x") || lower.endsWith("z") || lower.endsWith("ch") || lower.endsWith("sh")) {
            return name + "es";
        }
        return endsInConsonantAndY(lower) ? name.substring(0, name.length() - 1) + "ies" : name + "s";
    }

    /** The reverse of {@link #plural}; a name that is no plural stays. */
    static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.endsWith("s") || lower.endsWith("ss") || lower.endsWith("us") || lower.endsWith("is")) {
            return name;
        }
        if (lower.length() > 4 && lower.endsWith("ies")) {
            return name.substring(0, name.length() - 3) + "y";
        }
        boolean es = lower.endsWith("xes")
                || lower.endsWith("zes")
                || lower.endsWith("ches")
                || lower.endsWith("shes")
                || lower.endsWith("sses");
        String singular = name.substring(0, name.length() - (es ? 2 : 1));
        return singular.isEmpty() ? name : singular;
    }

    private static boolean endsInConsonantAndY(String lower) {
        int last = lower.length() - 1;
        return last > 0
                && lower.charAt(last) == 'y'
                && Character.isLetter(lower.charAt(last - 1))
                && "aeiou".indexOf(lower.charAt(last - 1)) < 0;
    }

    /** What two names share that cannot stand side by side: {@code mentor_id} and {@code mentorId}. */
    static String squashed(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        int c;
        for (int at = 0; at < name.length(); at += Character.charCount(c)) {
            c = name.codePointAt(at);
            if (Character.isLetterOrDigit(c)) {
                letters.appendCodePoint(Character.toLowerCase(c));
            }
        }
        return letters.isEmpty() ? name : letters.toString();
    }
}
