package rillite.querysets;

import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Total;

/**
 * A value computed from many rows. Immutable.
 *
 * <p>Over rows of a relation ({@code Agg.count("books")}) it is computed for each row by a sub-select of its own. Over
 * columns of the row itself it needs groups, that is {@code values(..)} before {@code annotate}, or {@code aggregate(..)}.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type of the value
 */
public final class Agg<R, V> extends NumberExpr<R, V> {

    private final ExprNode.Aggregate aggregate;

    Agg(ExprNode.Aggregate aggregate) {
        this(aggregate, Object.class);
    }

    Agg(ExprNode.Aggregate aggregate, Class<?> type) {
        this(aggregate, Reading.of(type));
    }

    Agg(ExprNode.Aggregate aggregate, Reading type) {
        super(aggregate, type);
        this.aggregate = aggregate;
    }

    private static <R, V> Agg<R, V> of(Total function, @Nullable ExprNode argument, Class<?> type) {
        return of(function, argument, Reading.of(type));
    }

    private static <R, V> Agg<R, V> of(Total function, @Nullable ExprNode argument, Reading type) {
        return new Agg<>(new ExprNode.Aggregate(function, argument, false, null, null, null), type);
    }

    /** The number of rows. */
    public static Agg<Object, Long> count() {
        return of(Total.COUNT, null, Long.class);
    }

    /** The number of related rows, or of rows in which the column or expression is not NULL. */
    public static Agg<Object, Long> count(Object keyOrExpr) {
        return of(Total.COUNT, ExprNode.ofKey(keyOrExpr), Long.class);
    }

    /** The sum; NULL of no values. */
    public static Agg<Object, Object> sum(Object keyOrExpr) {
        return of(Total.SUM, ExprNode.ofKey(keyOrExpr), Object.class);
    }

    /** The average as a floating point number; NULL of no values. */
    public static Agg<Object, Double> avg(Object keyOrExpr) {
        return of(Total.AVG, ExprNode.ofKey(keyOrExpr), Double.class);
    }

    /** The smallest value; NULL of no values. */
    public static Agg<Object, Object> min(Object keyOrExpr) {
        return of(Total.MIN, ExprNode.ofKey(keyOrExpr), Object.class);
    }

    /** The largest value; NULL of no values. */
    public static Agg<Object, Object> max(Object keyOrExpr) {
        return of(Total.MAX, ExprNode.ofKey(keyOrExpr), Object.class);
    }

    /** The values as one text with a separator between them, in no particular order; NULL of no values. */
    public static Agg<Object, String> groupConcat(Object keyOrExpr, String separator) {
        return new Agg<>(
                new ExprNode.Aggregate(Total.GROUP_CONCAT, ExprNode.ofKey(keyOrExpr), false, null, null, separator),
                String.class);
    }

    /** The number of rows in which the value is not NULL. */
    public static <R> Agg<R, Long> count(Expr<R, ?> value) {
        return of(Total.COUNT, value.node(), Long.class);
    }

    /** The sum; NULL of no values. */
    public static <R> Agg<R, Long> sum(IntCol<R> column) {
        return of(Total.SUM, column.node(), Long.class);
    }

    /** The sum; NULL of no values. */
    public static <R, V> Agg<R, V> sum(NumberExpr<R, V> value) {
        return of(Total.SUM, value.node(), value.type());
    }

    /** The average as a floating point number; NULL of no values. */
    public static <R> Agg<R, Double> avg(NumberExpr<R, ?> value) {
        return of(Total.AVG, value.node(), Double.class);
    }

    /** The smallest value; NULL of no values. */
    public static <R, V> Agg<R, V> min(Expr<R, V> value) {
        return of(Total.MIN, value.node(), value.type());
    }

    /** The largest value; NULL of no values. */
    public static <R, V> Agg<R, V> max(Expr<R, V> value) {
        return of(Total.MAX, value.node(), value.type());
    }

    /** The texts with a separator between them, in no particular order; NULL of no values. */
    public static <R> Agg<R, String> groupConcat(TextExpr<R> value, String separator) {
        return new Agg<>(
                new ExprNode.Aggregate(Total.GROUP_CONCAT, value.node(), false, null, null, separator), String.class);
    }

    /** Each value counts once. */
    public Agg<R, V> distinct() {
        return new Agg<>(
                new ExprNode.Aggregate(
                        aggregate.function(),
                        aggregate.argument(),
                        true,
                        aggregate.filter(),
                        aggregate.otherwise(),
                        aggregate.separator()),
                type());
    }

    /** Only rows that fulfil a condition count; its names are those of the aggregated table. */
    public Agg<R, V> filter(Q<?> condition) {
        Q.Node node = aggregate.filter() == null
                ? condition.node()
                : new Q.All(java.util.List.of(aggregate.filter(), condition.node()));
        return new Agg<>(
                new ExprNode.Aggregate(
                        aggregate.function(),
                        aggregate.argument(),
                        aggregate.distinct(),
                        node,
                        aggregate.otherwise(),
                        aggregate.separator()),
                type());
    }

    /** The value instead of NULL. */
    public Agg<R, V> orElse(Object value) {
        return new Agg<>(
                new ExprNode.Aggregate(
                        aggregate.function(),
                        aggregate.argument(),
                        aggregate.distinct(),
                        aggregate.filter(),
                        ExprNode.ofValue(value),
                        aggregate.separator()),
                type());
    }
}
