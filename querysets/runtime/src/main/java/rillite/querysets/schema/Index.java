package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index, or the index behind a UNIQUE or PRIMARY KEY declaration.
 *
 * @param name name of the index
 * @param table table it belongs to
 * @param unique whether it forbids duplicates
 * @param origin what created it
 * @param terms what it sorts by, in order
 * @param predicate the WHERE of a partial index, as written, else null
 */
public record Index(
        String name,
        String table,
        boolean unique,
        Origin origin,
        List<Term> terms,
        @Nullable String predicate) {

    /** What created an index. */
    public enum Origin {
        CREATE_INDEX,
        UNIQUE,
        PRIMARY_KEY;

        static Origin of(String code) {
            return switch (code) {
                case "pk" -> PRIMARY_KEY;
                case "u" -> UNIQUE;
                default -> CREATE_INDEX;
            };
        }
    }

    /**
     * One column or expression of an index.
     *
     * @param column name of the column, null for an expression
     * @param expression the expression as written, null for a column
     * @param descending whether large values come first
     * @param collation how texts are compared
     */
    public record Term(@Nullable String column, @Nullable String expression, boolean descending, String collation) {}

    public Index {
        terms = List.copyOf(terms);
    }

    /** Names of the columns it sorts by, in order; expressions are left out. */
    public List<String> columns() {
        List<String> names = new ArrayList<>(terms.size());
        for (Term term : terms) {
            String column = term.column();
            if (column != null) {
                names.add(column);
            }
        }
        return names;
    }

    /** Whether at least one term is an expression. */
    public boolean hasExpressions() {
        for (Term term : terms) {
            if (term.column() == null) {
                return true;
            }
        }
        return false;
    }

    /** Whether it holds only some of the rows. */
    public boolean partial() {
        return predicate != null;
    }
}
