package rillite.querysets;

import java.util.List;
import java.util.function.Function;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;

/** The rows of two queries of one table by one condition: both, either, or exactly one. */
final class Combination {

    private Combination() {}

    /**
     * The rows of one query as those of two.
     *
     * @param verb for messages
     */
    static QueryState of(QueryState one, QueryState other, String verb, Function<List<Condition>, Condition> how) {
        if (other.model() != one.model() || !other.database().equals(one.database())) {
            throw Errors.invalidQuery("Cannot combine \"" + one.table() + "\" with \"" + other.table() + "\" by " + verb
                    + ": both must be queries of one table of one database.");
        }
        boolean rows = !one.isGrouped() && !other.isGrouped() && !one.isClosed() && !other.isClosed();
        boolean moved = !one.select().source().equals(one.model().source())
                && !one.annotations().isEmpty();
        if (!rows || moved) {
            throw Errors.invalidQuery("Cannot combine queries of \"" + one.table() + "\" by " + verb
                    + (rows
                            ? " after a slice or window was annotated. Annotate after " + verb + "."
                            : ": one reads groups or members of a set, not rows. Use union, intersect or except."));
        }
        Condition both = how.apply(List.of(condition(one), condition(other)));
        return one.with(
                one.select().withSource(one.model().source()).withWhere(both).withWindow(-1, 0));
    }

    /** A query as a condition on rows of its table, whatever its window. */
    private static Condition condition(QueryState state) {
        if (state.isEmpty()) {
            return Condition.NEVER;
        }
        if (isPlain(state) && !searches(state.select().where())) {
            return state.select().where();
        }
        List<Expression> key = state.model().expressions(state.model().keyFor("combine a sliced query of"));
        return new Condition.InSelect(key, state.selects().member(key));
    }

    /** Whether the rows are those of the table that fulfil a condition, and no window of them. */
    private static boolean isPlain(QueryState state) {
        return state.select().source().equals(state.model().source())
                && !state.select().isSliced();
    }

    /** Whether the rows are searched by MATCH, which SQLite does only where all rows must fulfil it. */
    private static boolean searches(Condition where) {
        return where instanceof Condition.Match
                || where instanceof Condition.And and
                        && and.parts().stream().anyMatch(Condition.Match.class::isInstance);
    }
}
