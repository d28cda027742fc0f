package rillite.querysets.ast;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Gives names to the tables of a statement: a table has its own name where it stands first, later a numbered one.
 *
 * <p>No alias equals the name of any table of the statement. SQLite compares names without case.
 */
final class Aliases {

    private static final String DERIVED = "q";

    private final Set<String> tables;
    private final Set<String> taken = new HashSet<>();

    /** Creates names for a statement with the given tables, all in lower case. */
    Aliases(Set<String> tables) {
        this.tables = tables;
    }

    /** Names that start afresh, for a SELECT that no one looks into and that looks nowhere else. */
    Aliases fresh() {
        return new Aliases(tables);
    }

    /** The name of one more appearance of a table. */
    String table(String name) {
        return taken.add(name.toLowerCase(Locale.ROOT)) ? name : numbered(name);
    }

    /** The name of one more sub-select in FROM. */
    String derived() {
        return isFree(DERIVED) ? DERIVED : numbered(DERIVED);
    }

    private String numbered(String name) {
        int number = 2;
        while (!isFree(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }

    private boolean isFree(String alias) {
        String key = alias.toLowerCase(Locale.ROOT);
        return !tables.contains(key) && taken.add(key);
    }
}
