package rillite.querysets.ast;

import java.util.List;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * One join of a path.
 *
 * @param table what is joined
 * @param from columns of the row before it
 * @param to columns of the joined table that are equal to them
 * @param optional whether there may be no such row, so that only LEFT JOIN keeps the row before it
 * @param many whether there may be several, so that the row before it repeats
 * @param on further conditions of the join, written against the same root; {@link Condition#ALWAYS} for none
 * @param name tells two joins over the same columns apart; empty unless they must differ
 */
public record Hop(
        Table table, List<Column> from, List<Column> to, boolean optional, boolean many, Condition on, String name) {

    public Hop {
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (from.isEmpty() || from.size() != to.size()) {
            throw new IllegalArgumentException(from.size() + " columns joined to " + to.size());
        }
    }

    /** A join over columns alone. */
    public static Hop of(Table table, List<Column> from, List<Column> to, boolean optional, boolean many) {
        return new Hop(table, from, to, optional, many, Condition.ALWAYS, "");
    }
}
