package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** Where the names at the start of a key lead; the rest of the key begins at {@code next}. */
sealed interface Reached {

    int next();

    /**
     * One value of the row.
     *
     * @param column null when it is computed
     */
    record Value(Operand operand, @Nullable Column column, int next) implements Reached {}

    /**
     * The key of a row: the row itself, or one row related to it.
     *
     * @param left where its parts are read
     * @param columns columns of {@code target} that have these values
     */
    record Keys(List<Expression> left, List<Column> columns, Position position, TableModel target, int next)
            implements Reached {
        public Keys {
            left = List.copyOf(left);
        }
    }

    /**
     * Any number of rows.
     *
     * @param name under which the relation was reached
     * @param filtered the narrowed relation of that name; null for the relation itself
     */
    record Many(
            Position owner,
            Relation relation,
            String name,
            @Nullable FilteredRelation filtered,
            int next) implements Reached {}
}
