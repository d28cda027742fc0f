package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number computed by SQLite for each row. It is compared with numbers of any type: an integer column may be at least
 * 29.5. Immutable.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type in which it is read
 */
public sealed class NumberExpr<R, V> extends Expr<R, V> permits Agg, Window, LongCol, IntCol, RealCol, DecimalCol {

    NumberExpr(ExprNode node) {
        super(node);
    }

    NumberExpr(ExprNode node, Class<?> type) {
        super(node, type);
    }

    NumberExpr(ExprNode node, Reading type) {
        super(node, type);
    }

    NumberExpr(Place<V> place) {
        super(place);
    }

    @Override
    public NumberExpr<R, V> as(String name) {
        return new NumberExpr<>(new ExprNode.Named(name, node()), type());
    }

    /** Equal to a number. */
    public Q<R> eq(Number other) {
        return compared(Lookup.EXACT, other);
    }

    /** Not equal to a number; NULL counts as not equal. */
    public Q<R> ne(Number other) {
        return eq(other).not();
    }

    /** Greater than a number. */
    public Q<R> gt(Number other) {
        return compared(Lookup.GT, other);
    }

    /** At least a number. */
    public Q<R> gte(Number other) {
        return compared(Lookup.GTE, other);
    }

    /** Less than a number. */
    public Q<R> lt(Number other) {
        return compared(Lookup.LT, other);
    }

    /** At most a number. */
    public Q<R> lte(Number other) {
        return compared(Lookup.LTE, other);
    }

    /** From the first to the second, both included. */
    public Q<R> between(Number low, Number high) {
        return compared(Lookup.RANGE, List.of(low, high));
    }

    /** One of the numbers; nulls among them are left out. */
    public Q<R> in(@Nullable Number... values) {
        return compared(Lookup.IN, Arrays.asList(values));
    }

    /** The number without its sign. */
    public NumberExpr<R, V> abs() {
        return new NumberExpr<>(transformed(Transform.ABS), type());
    }
}
