package rillite.querysets;

import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/**
 * One value of each row of a query.
 *
 * @param name under which the row knows it
 * @param column null when it is computed
 */
record Output(String name, Operand operand, @Nullable Column column) {

    Expression expression() {
        return operand.expression();
    }

    ColumnType type() {
        return operand.type();
    }
}
