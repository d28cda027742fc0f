package rillite.querysets;

/**
 * Rows divided into groups; {@code select} reads what the rows of a group have in common, and aggregates of each group.
 *
 * @param <R> root of the query
 */
public final class Groups<R> extends Selection<R> {

    private Groups(QueryState state) {
        super(state);
    }

    static <R> Groups<R> of(QueryState state, Expr<?, ?>[] values) {
        if (values.length == 0) {
            throw Errors.invalidQuery("groupBy of \"" + state.table()
                    + "\" needs at least one value. For aggregates of all rows use aggregate(..).");
        }
        return new Groups<>(Chosen.of(state, values).grouped());
    }
}
