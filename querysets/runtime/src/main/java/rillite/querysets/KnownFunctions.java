package rillite.querysets;

import java.util.Set;

/**
 * The functions that connections of a database have, as far as queries ask for them.
 *
 * @param names in lower case
 */
record KnownFunctions(Set<String> names) {

    KnownFunctions {
        names = Set.copyOf(names);
    }

    /** Whether case can be folded in all of Unicode. */
    boolean fold() {
        return names.contains(SqlFunctions.FOLD);
    }

    /** Whether there are regular expressions. */
    boolean regexp() {
        return names.contains(SqlFunctions.REGEXP);
    }
}
