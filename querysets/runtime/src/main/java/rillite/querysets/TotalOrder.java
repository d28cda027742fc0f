package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;

/** Gives a query an order in which no two rows stand at the same place, so that pages neither repeat nor lose rows. */
final class TotalOrder {

    private TotalOrder() {}

    /** The query, sorted by its key, or by all it reads, where its own order leaves rows side by side. */
    static QueryState of(QueryState state) {
        List<Ordering> order = new ArrayList<>(state.select().order());
        List<Expression> sorted = new ArrayList<>();
        for (Ordering term : order) {
            if (!(term instanceof Ordering.By by)) {
                throw Errors.invalidQuery("Cannot page \"" + state.table()
                        + "\" in random order: each page would be taken from another order.");
            }
            sorted.add(by.expression());
        }
        if (!isTotal(state, sorted)) {
            for (Expression term : rest(state)) {
                if (!sorted.contains(term)) {
                    order.add(new Ordering.By(term, false, null));
                }
            }
        }
        return state.order(order);
    }

    /** Whether an order can tell all rows of the query apart. */
    static boolean isPossible(QueryState state) {
        boolean repeats = state.select().source() instanceof Source.Compound compound
                && compound.operation() == Source.Operation.UNION_ALL;
        boolean differs = state.isGrouped()
                || state.select().distinct()
                || state.select().source() instanceof Source.Compound
                || readsRows(state) && !state.model().key().isEmpty();
        return differs && !repeats && !state.multiplies();
    }

    private static boolean isTotal(QueryState state, List<Expression> sorted) {
        if (!readsRows(state)) {
            return false;
        }
        List<Column> columns = sorted.stream()
                .filter(Traits::isRootColumn)
                .map(expression -> ((Expression.ColumnRef) expression).column())
                .toList();
        List<Column> key = state.model().key();
        return !key.isEmpty() && columns.containsAll(key)
                || state.model()
                        .table()
                        .isUnique(columns.stream().filter(Column::notNull).toList());
    }

    private static List<Expression> rest(QueryState state) {
        return readsRows(state) && !state.model().key().isEmpty()
                ? state.model().expressions(state.model().key())
                : state.outputs().stream().map(Output::expression).toList();
    }

    /** Whether each row of the result is one row of the table. */
    private static boolean readsRows(QueryState state) {
        return !state.isClosed()
                && !state.isGrouped()
                && !state.multiplies()
                && !(state.isProjected() && state.select().distinct());
    }
}
