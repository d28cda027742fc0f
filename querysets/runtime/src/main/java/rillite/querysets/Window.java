package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Frame;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.schema.ColumnType;

/**
 * A value computed from the rows around each row: {@code Window.rowNumber().partitionBy("author").orderBy("-pages")}.
 * Immutable.
 *
 * <p>It has the root of the columns that it names: {@code Window.rowNumber().partitionBy(BOOK.authorId)} is for books.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type of the value
 */
public final class Window<R, V> extends NumberExpr<R, V> {

    private final ExprNode.Over over;

    private Window(ExprNode.Over over, Reading type) {
        super(over, type);
        this.over = over;
    }

    private static <V> Window<Object, V> ranking(Function function, ColumnType type, ExprNode... arguments) {
        return new Window<>(over(new ExprNode.Call(function, List.of(arguments), type)), Reading.of(type.javaType()));
    }

    private static <R, V> Window<R, V> shifted(Function function, Reading type, ExprNode... arguments) {
        return new Window<>(over(new ExprNode.Call(function, List.of(arguments), null)), type);
    }

    private static ExprNode.Over over(ExprNode function) {
        return new ExprNode.Over(function, List.of(), List.of(), null);
    }

    /** The position within the partition, from 1. */
    public static Window<Object, Long> rowNumber() {
        return ranking(Function.ROW_NUMBER, ColumnType.INTEGER);
    }

    /** The position within the partition; equal rows share one and leave a gap. */
    public static Window<Object, Long> rank() {
        return ranking(Function.RANK, ColumnType.INTEGER);
    }

    /** The position within the partition; equal rows share one and leave no gap. */
    public static Window<Object, Long> denseRank() {
        return ranking(Function.DENSE_RANK, ColumnType.INTEGER);
    }

    /** The rank as a number from 0 to 1. */
    public static Window<Object, Double> percentRank() {
        return ranking(Function.PERCENT_RANK, ColumnType.REAL);
    }

    /** The share of rows up to this one. */
    public static Window<Object, Double> cumeDist() {
        return ranking(Function.CUME_DIST, ColumnType.REAL);
    }

    /** The number of the bucket when the partition is divided into so many. */
    public static Window<Object, Long> ntile(int buckets) {
        return ranking(Function.NTILE, ColumnType.INTEGER, new ExprNode.Value((long) buckets));
    }

    /** The value so many rows before; NULL where there is none. */
    public static Window<Object, Object> lag(Object keyOrExpr, int rows) {
        return shifted(Function.LAG, Reading.ANY, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) rows));
    }

    /** As {@link #lag(Object, int)}. */
    public static <R, V> Window<R, V> lag(Expr<R, V> value, int rows) {
        return shifted(Function.LAG, value.type(), value.node(), new ExprNode.Value((long) rows));
    }

    /** The value so many rows after; NULL where there is none. */
    public static Window<Object, Object> lead(Object keyOrExpr, int rows) {
        return shifted(Function.LEAD, Reading.ANY, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) rows));
    }

    /** As {@link #lead(Object, int)}. */
    public static <R, V> Window<R, V> lead(Expr<R, V> value, int rows) {
        return shifted(Function.LEAD, value.type(), value.node(), new ExprNode.Value((long) rows));
    }

    /** The value of the first row of the frame. */
    public static Window<Object, Object> firstValue(Object keyOrExpr) {
        return shifted(Function.FIRST_VALUE, Reading.ANY, ExprNode.ofKey(keyOrExpr));
    }

    /** As {@link #firstValue(Object)}. */
    public static <R, V> Window<R, V> firstValue(Expr<R, V> value) {
        return shifted(Function.FIRST_VALUE, value.type(), value.node());
    }

    /** The value of the last row of the frame. */
    public static Window<Object, Object> lastValue(Object keyOrExpr) {
        return shifted(Function.LAST_VALUE, Reading.ANY, ExprNode.ofKey(keyOrExpr));
    }

    /** As {@link #lastValue(Object)}. */
    public static <R, V> Window<R, V> lastValue(Expr<R, V> value) {
        return shifted(Function.LAST_VALUE, value.type(), value.node());
    }

    /** The value of the row at a position of the frame, from 1. */
    public static Window<Object, Object> nthValue(Object keyOrExpr, int position) {
        return shifted(Function.NTH_VALUE, Reading.ANY, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) position));
    }

    /** As {@link #nthValue(Object, int)}. */
    public static <R, V> Window<R, V> nthValue(Expr<R, V> value, int position) {
        return shifted(Function.NTH_VALUE, value.type(), value.node(), new ExprNode.Value((long) position));
    }

    /** An aggregate over the frame. */
    public static <R, V> Window<R, V> of(Agg<R, V> aggregate) {
        return new Window<>(over(aggregate.node()), aggregate.type());
    }

    /** Divides the rows by keys or expressions. */
    public Window<R, V> partitionBy(String key, Object... keysOrExprs) {
        return dividedBy(Functions.keys(key, keysOrExprs));
    }

    /** Divides the rows by expressions. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <S extends R> Window<S, V> partitionBy(Expr<? super S, ?> value, Expr<? super S, ?>... more) {
        return dividedBy(Functions.keys(value, (Object[]) more));
    }

    private <S> Window<S, V> dividedBy(List<ExprNode> partition) {
        return new Window<>(new ExprNode.Over(over.function(), partition, over.order(), over.frame()), type());
    }

    /** Orders the rows of a partition by keys, {@code "-age"} for descending. */
    public Window<R, V> orderBy(String... keys) {
        List<Sort<?>> order = new ArrayList<>();
        for (String key : keys) {
            boolean descending = key.startsWith("-");
            ExprNode node = new ExprNode.Key(KeyPath.of(descending ? key.substring(1) : key));
            order.add(new Sort<>(node, descending, null));
        }
        return new Window<>(new ExprNode.Over(over.function(), over.partition(), order, over.frame()), type());
    }

    /** Orders the rows of a partition by expressions. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <S extends R> Window<S, V> orderBy(Sort<? super S>... terms) {
        return new Window<>(new ExprNode.Over(over.function(), over.partition(), List.of(terms), over.frame()), type());
    }

    /** The rows from one to another position relative to this one: negative before, null without bound. */
    public Window<R, V> rows(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.ROWS, from, to);
    }

    /** The rows whose order value lies in a range around that of this one; null without bound. */
    public Window<R, V> range(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.RANGE, from, to);
    }

    /** The groups of equal rows from one to another position relative to that of this one; null without bound. */
    public Window<R, V> groups(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.GROUPS, from, to);
    }

    private Window<R, V> framed(Frame.Unit unit, @Nullable Long from, @Nullable Long to) {
        if (from != null && to != null && from > to) {
            throw Errors.invalidQuery("A frame from " + from + " to " + to + " holds no rows.");
        }
        return new Window<>(
                new ExprNode.Over(over.function(), over.partition(), over.order(), new Frame(unit, from, to)), type());
    }
}
