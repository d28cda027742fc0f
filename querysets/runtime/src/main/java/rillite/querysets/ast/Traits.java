package rillite.querysets.ast;

import rillite.querysets.ast.Expression.ColumnRef;

/** What the layer above asks of expressions and conditions: it decides how a query is put together. */
public final class Traits {

    private Traits() {}

    /** Whether an expression can be NULL in some row. */
    public static boolean canBeNull(Expression expression) {
        return Nullability.canBeNull(new Condition.Holds(expression));
    }

    /** Whether an expression is a column of the root of the SELECT in which it stands. */
    public static boolean isRootColumn(Expression expression) {
        return expression instanceof ColumnRef column
                && column.up() == 0
                && column.path().isRoot();
    }

    /** Whether an expression needs groups: it holds an aggregate of its own SELECT. */
    public static boolean hasAggregate(Expression expression) {
        return new Search() {
            @Override
            boolean found(Expression candidate, int depth) {
                return candidate instanceof Expression.Aggregate && depth == 0;
            }

            @Override
            boolean enters(Expression candidate) {
                return !(candidate instanceof Expression.Window);
            }
        }.in(expression);
    }

    /** Whether a condition needs groups. */
    public static boolean hasAggregate(Condition condition) {
        return hasAggregate(new Expression.Truth(condition));
    }

    /** Whether an expression looks at other rows of its own SELECT through a window. */
    public static boolean hasWindow(Expression expression) {
        return new Search() {
            @Override
            boolean found(Expression candidate, int depth) {
                return candidate instanceof Expression.Window && depth == 0;
            }
        }.in(expression);
    }

    /** Whether a condition looks at other rows through a window. */
    public static boolean hasWindow(Condition condition) {
        return hasWindow(new Expression.Truth(condition));
    }

    /** Whether a condition reads rows that must be joined to its own SELECT. */
    public static boolean usesJoins(Condition condition) {
        return usesJoins(new Expression.Truth(condition));
    }

    /** Whether an expression reads rows that must be joined to its own SELECT. */
    public static boolean usesJoins(Expression expression) {
        return new Search() {
            @Override
            boolean found(Expression candidate, int depth) {
                return candidate instanceof ColumnRef column
                        && column.up() == depth
                        && !column.path().isRoot();
            }
        }.in(expression);
    }

    /** Whether an expression is read from one of several related rows, so that its row repeats. */
    public static boolean crossesMany(Expression expression) {
        return new Search() {
            @Override
            boolean found(Expression candidate, int depth) {
                return candidate instanceof ColumnRef column
                        && column.up() == depth
                        && column.path().hops().stream().anyMatch(Hop::many);
            }
        }.in(expression);
    }
}
