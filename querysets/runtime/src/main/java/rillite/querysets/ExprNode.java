package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.schema.ColumnType;

/** What an expression is before its names are known. */
sealed interface ExprNode {

    /** A column, or a value computed from it by transforms: {@code author__name__length}. */
    record Key(KeyPath path) implements ExprNode {}

    /** The column with exactly this name. */
    record Exact(String column) implements ExprNode {}

    /** What the column was to get from a new row that met an existing one. */
    record Excluded(String column) implements ExprNode {}

    /** An expression under a name that an annotation may have. */
    record Named(String name, ExprNode node) implements ExprNode {}

    /** A constant. */
    record Value(@Nullable Object value) implements ExprNode {}

    /** Two operands and an operator. */
    record Calculation(Expression.Operator operator, ExprNode left, ExprNode right) implements ExprNode {}

    /** The number with the other sign. */
    record Opposite(ExprNode operand) implements ExprNode {}

    /** The value in another type. */
    record Converted(ExprNode operand, Expression.Storage storage, ColumnType type) implements ExprNode {}

    /**
     * A call of a function.
     *
     * @param type of the result; null for that of the first argument
     */
    record Call(
            Expression.Function function,
            List<ExprNode> arguments,
            @Nullable ColumnType type) implements ExprNode {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A value made of the arguments by a formula that knows their types. */
    record Applied(List<ExprNode> arguments, Formula formula) implements ExprNode {
        public Applied {
            arguments = List.copyOf(arguments);
        }
    }

    /** Makes a value of arguments whose names are known. */
    @FunctionalInterface
    interface Formula {
        Operand apply(Names names, List<Operand> arguments);
    }

    /** A part of a date or time, a length, and whatever else keys can ask for. */
    record Transformed(ExprNode operand, Transform transform) implements ExprNode {}

    /** The value of the first branch whose condition holds. */
    record Choice(List<Branch> branches, ExprNode otherwise) implements ExprNode {
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /** One branch of a {@link Choice}. */
    record Branch(Q.Node condition, ExprNode value) {}

    /** A condition as a value. */
    record Test(Q.Node condition) implements ExprNode {}

    /**
     * A function of many rows.
     *
     * @param argument null counts rows
     * @param filter which rows take part; its names are those of the aggregated table
     * @param otherwise the result when SQL would give NULL
     */
    record Aggregate(
            Expression.Total function,
            @Nullable ExprNode argument,
            boolean distinct,
            Q.@Nullable Node filter,
            @Nullable ExprNode otherwise,
            @Nullable String separator)
            implements ExprNode {}

    /** A function of the rows around this one. */
    record Over(ExprNode function, List<ExprNode> partition, List<Sort<?>> order, Expression.@Nullable Frame frame)
            implements ExprNode {
        public Over {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }
    }

    /** The only column of the first row of a query. */
    record Scalar(Query<?, ?, ?> query) implements ExprNode {
        /** Without its SQL: names of the query around are not known yet. */
        @Override
        public String toString() {
            return "subquery";
        }
    }

    /**
     * A name of a query that embeds this one.
     *
     * @param levels 1 for the query directly around
     */
    record Outer(String key, int levels) implements ExprNode {}

    /** SQL text of the developer around expressions. */
    record Raw(List<String> texts, List<ExprNode> arguments, ColumnType type) implements ExprNode {
        public Raw {
            texts = List.copyOf(texts);
            arguments = List.copyOf(arguments);
        }
    }

    /** The node of a key, an expression or a constant. */
    static ExprNode ofValue(@Nullable Object value) {
        if (value instanceof Expr<?, ?> expr) {
            return expr.node();
        }
        if (value instanceof Q<?> condition) {
            return new Test(condition.node());
        }
        return value instanceof Query<?, ?, ?> query ? new Scalar(query) : new Value(value);
    }

    /** As {@link #ofValue}, but a text is a key. */
    static ExprNode ofKey(Object keyOrExpr) {
        return keyOrExpr instanceof String key ? new Key(KeyPath.of(key)) : ofValue(keyOrExpr);
    }
}
