package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteFunction;

/**
 * The functions that queries bring along, because SQLite lacks them. {@link Database#open} registers them by itself; a
 * connection factory of your own gets them by {@link #addTo}, and then {@link Database#over} finds and uses them.
 *
 * <ul>
 *   <li>{@code regexp(pattern, text)}, also as {@code text REGEXP pattern}: whether the pattern of {@link
 *       java.util.regex.Pattern} occurs in the text. NULL for NULL; numbers are compared as their text, a BLOB never
 *       matches. A match that takes longer than a second ends the statement with an error, because a pattern such as {@code
 *       (a+)+b} can take for ever
 *   <li>{@code rl_fold(text)}: the text with upper and lower case folded, one code point for one code point, in all of
 *       Unicode; anything but text as it is
 * </ul>
 *
 * Both are deterministic, so that {@code rl_fold} may stand in an index: {@code CREATE INDEX .. ON author(rl_fold(name))}.
 * Such an index can be used and kept up to date only by connections that have the function.
 */
public final class SqlFunctions {

    static final String REGEXP = "regexp";
    static final String FOLD = "rl_fold";

    // Factories on one file share an engine only when their functions are equal.
    private static final List<SqliteFunction> ALL = List.of(
            new SqliteFunction(REGEXP, 2, true, new Regexp()), new SqliteFunction(FOLD, 1, true, SqlFunctions::fold));

    private SqlFunctions() {}

    /** All functions; always the same objects. */
    public static List<SqliteFunction> all() {
        return ALL;
    }

    /** Adds all functions to a configuration of the driver and gives it back. */
    public static SqliteConnectionConfiguration.Builder addTo(SqliteConnectionConfiguration.Builder configuration) {
        ALL.forEach(configuration::function);
        return configuration;
    }

    private static @Nullable Object fold(@Nullable Object[] arguments) {
        return arguments[0] instanceof String text ? CaseFold.fold(text) : arguments[0];
    }
}
