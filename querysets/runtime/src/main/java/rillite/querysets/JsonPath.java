package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.ast.Expression.Operator;

/**
 * A value within JSON: a text, a number, or for objects and arrays their JSON text. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class JsonPath<R> extends Expr<R, Object> {

    JsonPath(ExprNode json, Object[] elements) {
        super(new ExprNode.Calculation(
                Operator.JSON_VALUE, json, new ExprNode.Value(JsonLookups.path(texts(elements)))));
    }

    private static List<String> texts(Object[] elements) {
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String) && !(element instanceof Integer)) {
                throw Errors.invalidValue("a JSON path", element, "names and positions");
            }
            texts.add(element.toString());
        }
        return texts;
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
