package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** A statement that changes one table. */
public sealed interface Write {

    <R> R accept(Visitor<R> visitor);

    /** One answer per case. */
    interface Visitor<R> {
        R insert(Insert write);

        R update(Update write);

        R delete(Delete write);
    }

    /** A column and its new value. */
    record Assignment(Column column, Expression value) {}

    /**
     * What happens when a row with the same unique key exists.
     *
     * @param target columns of the unique key; empty for any of them
     * @param where predicate of a partial unique index; {@link Condition#ALWAYS} for none
     * @param set new values of the existing row; empty leaves it as it is
     * @param only which existing rows are changed
     */
    record Conflict(List<Column> target, Condition where, List<Assignment> set, Condition only) {
        public Conflict {
            target = List.copyOf(target);
            set = List.copyOf(set);
        }
    }

    /**
     * New rows: one of the given values, or those of a SELECT.
     *
     * @param columns what is given; without columns every column takes its default
     * @param values one for each column; empty when rows come from a SELECT
     * @param rows null when there are values
     * @param conflict null to fail
     */
    record Insert(
            Table table,
            List<Column> columns,
            List<Expression> values,
            @Nullable Select rows,
            @Nullable Conflict conflict,
            List<Expression> returning)
            implements Write {
        public Insert {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
            returning = List.copyOf(returning);
            int width = rows == null ? values.size() : rows.columns().size();
            if (width != columns.size()) {
                throw new IllegalArgumentException(width + " values for " + columns.size() + " columns");
            }
            if (columns.isEmpty() && conflict != null) {
                throw new IllegalArgumentException("DEFAULT VALUES take no ON CONFLICT");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.insert(this);
        }
    }

    /** New values in the rows that fulfil a condition. */
    record Update(Table table, List<Assignment> assignments, Condition where, List<Expression> returning)
            implements Write {
        public Update {
            assignments = List.copyOf(assignments);
            returning = List.copyOf(returning);
            if (assignments.isEmpty()) {
                throw new IllegalArgumentException("an UPDATE needs assignments");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.update(this);
        }
    }

    /** Removes the rows that fulfil a condition. */
    record Delete(Table table, Condition where, List<Expression> returning) implements Write {
        public Delete {
            returning = List.copyOf(returning);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }
}
