package rillite.querysets;

import rillite.querysets.ast.Expression;

/**
 * A value computed by SQLite for each row. Immutable; names are checked when a QuerySet takes it.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type of the value
 */
public final class Expr<R, V> {

    private final Node node;

    Expr(Node node) {
        this.node = node;
    }

    /** What an expression is before its names are known. */
    sealed interface Node permits Key, Value, Calculation, Opposite, Real {}

    record Key(String key, boolean exact) implements Node {}

    record Value(Object value) implements Node {}

    record Calculation(Expression.Operator operator, Node left, Node right) implements Node {}

    record Opposite(Node operand) implements Node {}

    record Real(Node operand) implements Node {}

    Node node() {
        return node;
    }

    /** This value plus a number or another expression. */
    public Expr<R, V> plus(Object other) {
        return with(Expression.Operator.PLUS, other);
    }

    /** This value minus a number or another expression. */
    public Expr<R, V> minus(Object other) {
        return with(Expression.Operator.MINUS, other);
    }

    /** This value times a number or another expression. */
    public Expr<R, V> times(Object other) {
        return with(Expression.Operator.TIMES, other);
    }

    /**
     * This value divided by a number or another expression. Two integers give an integer, as everywhere in SQL; NULL for
     * a zero divisor.
     */
    public Expr<R, V> div(Object other) {
        return with(Expression.Operator.DIVIDED, other);
    }

    /** The remainder of a division of integers; NULL for a zero divisor. */
    public Expr<R, V> mod(Object other) {
        return with(Expression.Operator.MODULO, other);
    }

    /** This value with the other sign. */
    public Expr<R, V> neg() {
        return new Expr<>(new Opposite(node));
    }

    /** This value as a floating point number, so that a division keeps its fraction. */
    public Expr<R, V> asReal() {
        return new Expr<>(new Real(node));
    }

    /** Sorts by this value, smallest first. */
    public Sort<R> asc() {
        return new Sort<>(node, false, null);
    }

    /** Sorts by this value, largest first. */
    public Sort<R> desc() {
        return new Sort<>(node, true, null);
    }

    private Expr<R, V> with(Expression.Operator operator, Object other) {
        Node right = other instanceof Expr<?, ?> expr ? expr.node : new Value(other);
        return new Expr<>(new Calculation(operator, node, right));
    }
}
