package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Traits;

/** The SELECTs by which the rows of a query are read, counted, and used inside other statements. */
record Selects(QueryState state) {

    private static final List<Expression> ONE = List.of(new Expression.Number(1));

    /** The SELECT for the rows themselves. */
    Select rows() {
        List<Expression> all = state.expressions();
        if (!state.isProjected() && !state.loading().joins().isEmpty()) {
            all = new ArrayList<>(all);
            all.addAll(state.plan().joined());
        }
        return rows(all);
    }

    /** The SELECT for some columns of the rows. */
    Select rows(List<Expression> all) {
        Select select = grouped(state.select().withColumns(all));
        if (!mayRepeat()) {
            return select.withDistinct(false);
        }
        // SQLite sorts distinct rows only by what they contain.
        List<Expression> columns = new ArrayList<>(select.columns());
        for (Ordering term : select.order()) {
            if (term instanceof Ordering.By by && !columns.contains(by.expression())) {
                columns.add(by.expression());
            }
        }
        return select.withColumns(columns);
    }

    /** Adds the groups; an order by other columns divides them further. */
    private Select grouped(Select select) {
        List<Expression> groups = state.groups();
        if (groups == null) {
            return select;
        }
        List<Expression> all = new ArrayList<>(groups);
        for (Ordering term : select.order()) {
            if (term instanceof Ordering.By by
                    && !all.contains(by.expression())
                    && !Traits.hasAggregate(by.expression())) {
                all.add(by.expression());
            }
        }
        all.removeIf(Traits::hasAggregate);
        return select.withGroups(all, select.having());
    }

    /** The SELECT that yields as many rows as the query, for counting and for EXISTS. */
    Select bare() {
        if (state.isGrouped() || mayRepeat()) {
            Select rows = rows();
            return rows.isSliced() ? rows : rows.withOrder(List.of()).withColumns(state.expressions());
        }
        Select select = state.select().withDistinct(false).withOrder(List.of());
        return select.withColumns(state.multiplies() ? state.expressions() : ONE);
    }

    /** Whether {@link #bare} must be counted from outside. */
    boolean isCountedOutside() {
        return state.select().isSliced() || mayRepeat() || state.isGrouped() || state.multiplies();
    }

    /** The rows as a sub-select of some columns; an order without a window is dropped. */
    Select member(List<Expression> columns) {
        Select member = grouped(state.select().withDistinct(false)).withColumns(columns);
        return member.isSliced() ? member : member.withOrder(List.of());
    }

    /** Rows of a table differ by their key; only chosen columns can repeat. */
    private boolean mayRepeat() {
        return state.select().distinct()
                && (state.isProjected() || state.model().key().isEmpty());
    }
}
