package rillite.querysets;

import rillite.querysets.ast.Expression.Operator;

/**
 * A value within JSON: a text, a number, or for objects and arrays their JSON text. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class JsonPath<R> extends Expr<R, Object> {

    JsonPath(ExprNode json, Object[] elements) {
        super(new ExprNode.Calculation(Operator.JSON_VALUE, json, new ExprNode.Value(JsonAddress.of(elements))));
    }

    /** The value as text. */
    public TextExpr<R> asText() {
        return new TextExpr<>(node());
    }

    /** The value as an integer. */
    public NumberExpr<R, Long> asLong() {
        return new NumberExpr<>(node(), Long.class);
    }
}
