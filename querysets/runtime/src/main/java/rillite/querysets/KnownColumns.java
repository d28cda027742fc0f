package rillite.querysets;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.SqlText;

/**
 * Columns that many queries of a table read: all of them, or a single one. They keep what such queries have in common, and
 * the text that finds a row by one value, which is what most of them do; the compiler need not walk their tree to know it.
 */
final class KnownColumns {

    private final List<Output> outputs;
    private final List<Expression> expressions;
    private final RowShape shape;
    private volatile @Nullable Point point;

    /** The text of a query for one value. */
    private record Point(Expression column, String sql) {}

    KnownColumns(TableModel model, List<Output> outputs) {
        this.outputs = outputs;
        expressions = outputs.stream().map(Output::expression).toList();
        shape = RowShape.of(model, outputs);
    }

    List<Output> outputs() {
        return outputs;
    }

    List<Expression> expressions() {
        return expressions;
    }

    RowShape shape() {
        return shape;
    }

    /** The statement for rows with one value, when it is known; null for all other conditions. */
    @Nullable SqlText point(Select rows) {
        Point known = point;
        Condition.Compare where = where(rows);
        return known != null && where != null && where.left() == known.column
                ? new SqlText(known.sql, Collections.singletonList(((Expression.Bind) where.right()).value()))
                : null;
    }

    /** Keeps the text of a statement if it is one for rows with one value. */
    void learn(Select rows, String sql) {
        Condition.Compare where = where(rows);
        if (where != null) {
            point = new Point(where.left(), sql);
        }
    }

    /** The condition of a query for rows with one value of a column, and nothing else; null for any other query. */
    private static Condition.@Nullable Compare where(Select rows) {
        return rows.where() instanceof Condition.Compare compare
                        && compare.comparison() == Condition.Comparison.EQUAL
                        && compare.left() instanceof Expression.ColumnRef
                        && compare.right() instanceof Expression.Bind
                        && rows.isBare()
                ? compare
                : null;
    }
}
