package rillite.querysets.ast;

import java.util.List;
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

    /** One new row; without assignments every column takes its default. */
    record Insert(Table table, List<Assignment> assignments, List<Column> returning) implements Write {
        public Insert {
            assignments = List.copyOf(assignments);
            returning = List.copyOf(returning);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.insert(this);
        }
    }

    /** New values in the rows that fulfil a condition. */
    record Update(Table table, List<Assignment> assignments, Condition where) implements Write {
        public Update {
            assignments = List.copyOf(assignments);
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
    record Delete(Table table, Condition where) implements Write {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }
}
