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
 * @param <V> type of the value
 */
public final class Window<V> extends NumberExpr<Object, V> {

    private final ExprNode.Over over;

    private Window(ExprNode.Over over, Reading type) {
        super(over, type);
        this.over = over;
    }

    private static <V> Window<V> of(Function function, @Nullable ColumnType type, ExprNode... arguments) {
        return new Window<>(
                new ExprNode.Over(new ExprNode.Call(function, List.of(arguments), type), List.of(), List.of(), null),
                type == null ? Reading.ANY : Reading.of(type.javaType()));
    }

    /** The position within the partition, from 1. */
    public static Window<Long> rowNumber() {
        return of(Function.ROW_NUMBER, ColumnType.INTEGER);
    }

    /** The position within the partition; equal rows share one and leave a gap. */
    public static Window<Long> rank() {
        return of(Function.RANK, ColumnType.INTEGER);
    }

    /** The position within the partition; equal rows share one and leave no gap. */
    public static Window<Long> denseRank() {
        return of(Function.DENSE_RANK, ColumnType.INTEGER);
    }

    /** The rank as a number from 0 to 1. */
    public static Window<Double> percentRank() {
        return of(Function.PERCENT_RANK, ColumnType.REAL);
    }

    /** The share of rows up to this one. */
    public static Window<Double> cumeDist() {
        return of(Function.CUME_DIST, ColumnType.REAL);
    }

    /** The number of the bucket when the partition is divided into so many. */
    public static Window<Long> ntile(int buckets) {
        return of(Function.NTILE, ColumnType.INTEGER, new ExprNode.Value((long) buckets));
    }

    /** The value so many rows before; NULL where there is none. */
    public static Window<Object> lag(Object keyOrExpr, int rows) {
        return of(Function.LAG, null, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) rows));
    }

    /** The value so many rows after; NULL where there is none. */
    public static Window<Object> lead(Object keyOrExpr, int rows) {
        return of(Function.LEAD, null, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) rows));
    }

    /** The value of the first row of the frame. */
    public static Window<Object> firstValue(Object keyOrExpr) {
        return of(Function.FIRST_VALUE, null, ExprNode.ofKey(keyOrExpr));
    }

    /** The value of the last row of the frame. */
    public static Window<Object> lastValue(Object keyOrExpr) {
        return of(Function.LAST_VALUE, null, ExprNode.ofKey(keyOrExpr));
    }

    /** The value of the row at a position of the frame, from 1. */
    public static Window<Object> nthValue(Object keyOrExpr, int position) {
        return of(Function.NTH_VALUE, null, ExprNode.ofKey(keyOrExpr), new ExprNode.Value((long) position));
    }

    /** An aggregate over the frame. */
    public static <V> Window<V> of(Agg<?, V> aggregate) {
        return new Window<>(new ExprNode.Over(aggregate.node(), List.of(), List.of(), null), aggregate.type());
    }

    /** Divides the rows by keys or expressions. */
    public Window<V> partitionBy(Object... keysOrExprs) {
        List<ExprNode> partition = new ArrayList<>();
        for (Object one : keysOrExprs) {
            partition.add(ExprNode.ofKey(one));
        }
        return new Window<>(new ExprNode.Over(over.function(), partition, over.order(), over.frame()), type());
    }

    /** Orders the rows of a partition by keys, {@code "-age"} for descending. */
    public Window<V> orderBy(String... keys) {
        List<Sort<?>> order = new ArrayList<>();
        for (String key : keys) {
            boolean descending = key.startsWith("-");
            ExprNode node = new ExprNode.Key(KeyPath.of(descending ? key.substring(1) : key));
            order.add(new Sort<>(node, descending, null));
        }
        return new Window<>(new ExprNode.Over(over.function(), over.partition(), order, over.frame()), type());
    }

    /** Orders the rows of a partition by expressions. */
    public Window<V> orderBy(Sort<?>... terms) {
        return new Window<>(new ExprNode.Over(over.function(), over.partition(), List.of(terms), over.frame()), type());
    }

    /** The rows from one to another position relative to this one: negative before, null without bound. */
    public Window<V> rows(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.ROWS, from, to);
    }

    /** The rows whose order value lies in a range around that of this one; null without bound. */
    public Window<V> range(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.RANGE, from, to);
    }

    /** The groups of equal rows from one to another position relative to that of this one; null without bound. */
    public Window<V> groups(@Nullable Long from, @Nullable Long to) {
        return framed(Frame.Unit.GROUPS, from, to);
    }

    private Window<V> framed(Frame.Unit unit, @Nullable Long from, @Nullable Long to) {
        if (from != null && to != null && from > to) {
            throw Errors.invalidQuery("A frame from " + from + " to " + to + " holds no rows.");
        }
        return new Window<>(
                new ExprNode.Over(over.function(), over.partition(), over.order(), new Frame(unit, from, to)), type());
    }
}
