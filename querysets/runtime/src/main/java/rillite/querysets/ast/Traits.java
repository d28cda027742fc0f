package rillite.querysets.ast;

import java.util.LinkedHashSet;
import java.util.Set;
import rillite.querysets.ast.Expression.ColumnRef;

/** What the layer above asks of expressions and conditions: it decides how a query is put together. */
public final class Traits {

    private Traits() {}

    /** What an expression may hold; depth counts the SELECTs around a part of it. */
    private interface Part {
        boolean found(Expression candidate, int depth);
    }

    private static boolean holds(Expression expression, Part part) {
        return new Search() {
            @Override
            boolean found(Expression candidate, int depth) {
                return part.found(candidate, depth);
            }
        }.in(expression);
    }

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
        return holds(expression, (candidate, depth) -> candidate instanceof Expression.Window && depth == 0);
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
        return holds(
                expression,
                (candidate, depth) -> candidate instanceof ColumnRef column
                        && column.up() == depth
                        && !column.path().isRoot());
    }

    /** Whether an expression is read from one of several related rows, so that its row repeats. */
    public static boolean crossesMany(Expression expression) {
        return holds(
                expression,
                (candidate, depth) -> candidate instanceof ColumnRef column
                        && column.up() == depth
                        && column.path().hops().stream().anyMatch(Hop::many));
    }

    /** The ways to several rows that an expression reads from its own SELECT, each up to its last such join. */
    public static Set<Path> waysToMany(Expression expression) {
        Set<Path> ways = new LinkedHashSet<>();
        holds(expression, (candidate, depth) -> {
            if (candidate instanceof ColumnRef column && column.up() == depth) {
                Path way = column.path();
                while (!way.isRoot() && !way.last().many()) {
                    way = way.parent();
                }
                if (!way.isRoot()) {
                    ways.add(way);
                }
            }
            return false;
        });
        return ways;
    }

    /** Whether an aggregate of an expression would change if rows came several times. */
    public static boolean countsRepeats(Expression expression) {
        return holds(
                expression,
                (candidate, depth) -> depth == 0
                        && candidate instanceof Expression.Aggregate aggregate
                        && !aggregate.distinct()
                        && aggregate.function() != Expression.Total.MIN
                        && aggregate.function() != Expression.Total.MAX);
    }

    /** Whether a window of an expression looks at what another window computes, which SQL cannot. */
    public static boolean nestsWindows(Expression expression) {
        return holds(
                expression,
                (candidate, depth) -> depth == 0
                        && candidate instanceof Expression.Window window
                        && (hasWindow(window.function())
                                || window.partition().stream().anyMatch(Traits::hasWindow)
                                || window.order().stream()
                                        .anyMatch(
                                                term -> term instanceof Ordering.By by && hasWindow(by.expression()))));
    }

    /** Whether an aggregate of an expression looks at what a window computes, which SQL cannot. */
    public static boolean aggregatesWindows(Expression expression) {
        return holds(
                expression,
                (candidate, depth) -> depth == 0
                        && candidate instanceof Expression.Aggregate aggregate
                        && (aggregate.argument() != null && hasWindow(aggregate.argument())
                                || hasWindow(aggregate.filter())));
    }
}
