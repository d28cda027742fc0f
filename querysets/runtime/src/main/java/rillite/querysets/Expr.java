package rillite.querysets;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Storage;
import rillite.querysets.schema.ColumnType;

/**
 * A value computed by SQLite for each row. Immutable; names are checked when a query takes it.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type of the value
 */
public sealed class Expr<R, V> permits Agg, Window {

    private final ExprNode node;

    Expr(ExprNode node) {
        this.node = node;
    }

    ExprNode node() {
        return node;
    }

    /**
     * This value under a name, for {@code annotate}; later the same object stands for the annotated value. A name must
     * not be that of a column or relation.
     */
    public Expr<R, V> as(String name) {
        return new Expr<>(new ExprNode.Named(name, node));
    }

    /** This value plus a number or another expression. */
    public Expr<R, V> plus(Object other) {
        return calculated(Operator.PLUS, other);
    }

    /** This value minus a number or another expression. */
    public Expr<R, V> minus(Object other) {
        return calculated(Operator.MINUS, other);
    }

    /** This value times a number or another expression. */
    public Expr<R, V> times(Object other) {
        return calculated(Operator.TIMES, other);
    }

    /**
     * This value divided by a number or another expression. Two integers give an integer, as everywhere in SQL; NULL for
     * a zero divisor.
     */
    public Expr<R, V> div(Object other) {
        return calculated(Operator.DIVIDED, other);
    }

    /** The remainder of a division of integers; NULL for a zero divisor. */
    public Expr<R, V> mod(Object other) {
        return calculated(Operator.MODULO, other);
    }

    /** This value with the other sign. */
    public Expr<R, V> neg() {
        return new Expr<>(new ExprNode.Opposite(node));
    }

    /** This value as a floating point number, so that a division keeps its fraction. */
    public Expr<R, Double> asReal() {
        return new Expr<>(new ExprNode.Converted(node, Storage.REAL, ColumnType.REAL));
    }

    /** Equal to a value or another expression; IS NULL for null. */
    public Q<R> eq(@Nullable Object other) {
        return compared(Lookup.EXACT, other);
    }

    /** Not equal to a value or another expression; a row in which either is NULL counts as not equal. */
    public Q<R> ne(@Nullable Object other) {
        return eq(other).not();
    }

    /** Greater than a value or another expression. */
    public Q<R> gt(Object other) {
        return compared(Lookup.GT, other);
    }

    /** At least a value or another expression. */
    public Q<R> gte(Object other) {
        return compared(Lookup.GTE, other);
    }

    /** Less than a value or another expression. */
    public Q<R> lt(Object other) {
        return compared(Lookup.LT, other);
    }

    /** At most a value or another expression. */
    public Q<R> lte(Object other) {
        return compared(Lookup.LTE, other);
    }

    /** From the first to the second, both included. */
    public Q<R> between(Object low, Object high) {
        return compared(Lookup.RANGE, List.of(low, high));
    }

    /** One of the values; nulls among them are left out. */
    public Q<R> in(Collection<?> values) {
        return compared(Lookup.IN, values);
    }

    /** One of the values. */
    public Q<R> in(Object first, Object... more) {
        java.util.List<Object> values = new java.util.ArrayList<>(List.of(more));
        values.add(0, first);
        return compared(Lookup.IN, values);
    }

    /** One of the values of the only column of a query. */
    public Q<R> in(Query<?, ?, ?> query) {
        return compared(Lookup.IN, query);
    }

    /** None of the values; NULL is none of them. */
    public Q<R> notIn(Collection<?> values) {
        return in(values).not();
    }

    /** NULL. */
    public Q<R> isNull() {
        return compared(Lookup.ISNULL, true);
    }

    /** Anything but NULL. */
    public Q<R> notNull() {
        return compared(Lookup.ISNULL, false);
    }

    /** Sorts by this value, smallest first. */
    public Sort<R> asc() {
        return new Sort<>(node, false, null);
    }

    /** Sorts by this value, largest first. */
    public Sort<R> desc() {
        return new Sort<>(node, true, null);
    }

    Q<R> compared(Lookup lookup, @Nullable Object value) {
        return node instanceof ExprNode.Key key
                ? Q.leaf(key.path().then(List.of(lookup.key())), value)
                : Q.compared(node, lookup, value);
    }

    private Expr<R, V> calculated(Operator operator, Object other) {
        return new Expr<>(new ExprNode.Calculation(operator, node, ExprNode.ofValue(other)));
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
