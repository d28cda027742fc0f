package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;

/**
 * A SELECT. The joins are not part of it: they follow from the paths that its parts use, each path joined once.
 *
 * @param columns what is read, by position
 * @param groups what rows of one group have in common; empty for no groups
 * @param having which groups are kept
 * @param limit at most so many rows; null for all
 * @param offset rows left out at the start; null for none
 */
public record Select(
        Source source,
        boolean distinct,
        List<Expression> columns,
        Condition where,
        List<Expression> groups,
        Condition having,
        List<Ordering> order,
        @Nullable Bind limit,
        @Nullable Bind offset) {

    public Select {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        order = List.copyOf(order);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a SELECT needs columns");
        }
    }

    /** Reads the given columns of every row. */
    public static Select of(Source source, List<Expression> columns) {
        return new Select(source, false, columns, Condition.ALWAYS, List.of(), Condition.ALWAYS, List.of(), null, null);
    }

    /** Whether only a window of the rows is read. */
    public boolean isSliced() {
        return limit != null || offset != null;
    }

    /** Whether conditions are all that chooses rows of a table: nothing groups, orders or slices them. */
    public boolean isBare() {
        return source instanceof Source.Base
                && !distinct
                && groups.isEmpty()
                && having.isAlways()
                && order.isEmpty()
                && !isSliced();
    }

    /** The same rows as a set: an order that chooses no window goes away. */
    Select asSet() {
        return order.isEmpty() || isSliced() ? this : withOrder(List.of());
    }

    public Select withSource(Source newSource) {
        return new Select(newSource, distinct, columns, where, groups, having, order, limit, offset);
    }

    public Select withColumns(List<Expression> newColumns) {
        return new Select(source, distinct, newColumns, where, groups, having, order, limit, offset);
    }

    public Select withDistinct(boolean newDistinct) {
        return newDistinct == distinct
                ? this
                : new Select(source, newDistinct, columns, where, groups, having, order, limit, offset);
    }

    public Select withWhere(Condition newWhere) {
        return new Select(source, distinct, columns, newWhere, groups, having, order, limit, offset);
    }

    public Select withGroups(List<Expression> newGroups, Condition newHaving) {
        return new Select(source, distinct, columns, where, newGroups, newHaving, order, limit, offset);
    }

    public Select withOrder(List<Ordering> newOrder) {
        return new Select(source, distinct, columns, where, groups, having, newOrder, limit, offset);
    }

    /** Replaces the window; a negative limit means no limit. */
    public Select withWindow(long newLimit, long newOffset) {
        return new Select(
                source,
                distinct,
                columns,
                where,
                groups,
                having,
                order,
                newLimit < 0 ? null : new Bind(newLimit),
                newOffset == 0 ? null : new Bind(newOffset));
    }
}
