package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;

/**
 * A SELECT.
 *
 * @param columns what is read, by position
 * @param limit at most so many rows; null for all
 * @param offset rows left out at the start; null for none
 */
public record Select(
        Source source,
        boolean distinct,
        List<Expression> columns,
        Condition where,
        List<Ordering> order,
        @Nullable Bind limit,
        @Nullable Bind offset) {

    public Select {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a SELECT needs columns");
        }
    }

    /** Reads the given columns of every row. */
    public static Select of(Source source, List<Expression> columns) {
        return new Select(source, false, columns, Condition.ALWAYS, List.of(), null, null);
    }

    /** Whether only a window of the rows is read. */
    public boolean isSliced() {
        return limit != null || offset != null;
    }

    public Select withColumns(List<Expression> newColumns) {
        return new Select(source, distinct, newColumns, where, order, limit, offset);
    }

    public Select withDistinct(boolean newDistinct) {
        return new Select(source, newDistinct, columns, where, order, limit, offset);
    }

    public Select withWhere(Condition newWhere) {
        return new Select(source, distinct, columns, newWhere, order, limit, offset);
    }

    public Select withOrder(List<Ordering> newOrder) {
        return new Select(source, distinct, columns, where, newOrder, limit, offset);
    }

    /** Replaces the window; a negative limit means no limit. */
    public Select withWindow(long newLimit, long newOffset) {
        return new Select(
                source,
                distinct,
                columns,
                where,
                order,
                newLimit < 0 ? null : new Bind(newLimit),
                newOffset == 0 ? null : new Bind(newOffset));
    }
}
