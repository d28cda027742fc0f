package rillite.querysets;

import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;

/** What aggregates make of no rows at all, so that no statement is needed to know it. */
final class Nothing {

    private Nothing() {}

    /** The value as SQLite would give it: a count is 0, all else NULL unless {@code orElse} says otherwise. */
    static @Nullable Object valueOf(@Nullable ExprNode node) {
        if (node instanceof ExprNode.Aggregate aggregate) {
            return aggregate.function() == Expression.Total.COUNT ? (Object) 0L : valueOf(aggregate.otherwise());
        }
        if (node instanceof ExprNode.Named named) {
            return valueOf(named.node());
        }
        if (node instanceof ExprNode.Value value) {
            return value.value() instanceof Integer number ? (Object) number.longValue() : value.value();
        }
        if (node instanceof ExprNode.Opposite opposite) {
            return calculated(Expression.Operator.MINUS, 0L, valueOf(opposite.operand()));
        }
        if (node instanceof ExprNode.Converted converted && converted.storage() == Expression.Storage.REAL) {
            return valueOf(converted.operand()) instanceof Number number ? (Object) number.doubleValue() : null;
        }
        if (node instanceof ExprNode.Call call && call.function() == Expression.Function.COALESCE) {
            return call.arguments().stream()
                    .map(Nothing::valueOf)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return node instanceof ExprNode.Calculation calculation
                ? calculated(calculation.operator(), valueOf(calculation.left()), valueOf(calculation.right()))
                : null;
    }

    private static @Nullable Object calculated(
            Expression.Operator operator, @Nullable Object left, @Nullable Object right) {
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            return null;
        }
        if (a instanceof Long && b instanceof Long) {
            long x = a.longValue();
            long y = b.longValue();
            return switch (operator) {
                case PLUS -> x + y;
                case MINUS -> x - y;
                case TIMES -> x * y;
                case DIVIDED -> y == 0 ? null : (Object) (x / y);
                case MODULO -> y == 0 ? null : (Object) (x % y);
                default -> null;
            };
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (operator) {
            case PLUS -> x + y;
            case MINUS -> x - y;
            case TIMES -> x * y;
            case DIVIDED -> y == 0 ? null : (Object) (x / y);
            default -> null;
        };
    }
}
