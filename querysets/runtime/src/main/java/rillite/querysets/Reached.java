package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Rewriter;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** Where the names at the start of a key lead; the rest of the key begins at {@code next}. */
sealed interface Reached {

    int next();

    /** The same, read in a SELECT within. */
    Reached fromWithin(KeyPath key);

    private static Expression within(Expression expression) {
        return Rewriter.shifting(1).apply(expression);
    }

    /** One value of the row. */
    record Value(Operand operand, int next) implements Reached {
        @Override
        public Reached fromWithin(KeyPath key) {
            return new Value(operand.as(within(operand.expression())), next);
        }
    }

    /**
     * The key of a row: the row itself, or one row related to it.
     *
     * @param left where its parts are read
     * @param columns columns of the row that have these values
     */
    record Keys(List<Expression> left, List<Column> columns, Position position, int next) implements Reached {
        public Keys {
            left = List.copyOf(left);
        }

        /** The table of the row. */
        TableModel target() {
            return position.model();
        }

        @Override
        public Reached fromWithin(KeyPath key) {
            return new Keys(left.stream().map(Reached::within).toList(), columns, position, next);
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
            int next) implements Reached {

        /** Its rows are not those of the SELECT within. */
        @Override
        public Reached fromWithin(KeyPath key) {
            throw Errors.toMany(
                    "read",
                    key,
                    relation.qualifiedName(),
                    "Beside rows of another relation only an aggregate of them has a meaning.");
        }
    }
}
