package rillite.querysets;

import rillite.querysets.ast.Expression;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/**
 * The left side of a lookup.
 *
 * @param type what its values mean
 * @param affinity how SQLite compares it
 * @param ordered whether the order of its text is the order of code points once BINARY is asked for
 * @param binary whether it compares as BINARY by itself
 * @param label what to call it in messages
 * @param key the whole key, for messages
 */
record Operand(
        Expression expression,
        ColumnType type,
        Affinity affinity,
        boolean ordered,
        boolean binary,
        String label,
        String key) {

    static Operand of(Position position, Column column, String key) {
        Operand own = position.model().output(column).operand();
        return (position.isRoot() ? own : own.as(position.column(column))).under(key);
    }

    /** A column of the row of a query, under its own name. */
    static Operand made(Position root, Column column) {
        return new Operand(
                root.column(column),
                column.type(),
                column.affinity(),
                root.model().isUtf8(),
                column.collation().equals("BINARY"),
                column.qualifiedName(),
                column.name());
    }

    /** A value that is no column. */
    static Operand of(Expression expression, ColumnType type, String label) {
        return new Operand(expression, type, Affinity.BLOB, true, true, label, label);
    }

    /** This operand, reached by another key. */
    Operand under(String newKey) {
        return newKey.equals(key) ? this : new Operand(expression, type, affinity, ordered, binary, label, newKey);
    }

    /** This operand, read from elsewhere. */
    Operand as(Expression elsewhere) {
        return elsewhere == expression ? this : new Operand(elsewhere, type, affinity, ordered, binary, label, key);
    }

    /** A computed value of this operand, which has neither affinity nor collation. */
    Operand computed(Expression computed, ColumnType newType, String what) {
        return new Operand(computed, newType, Affinity.BLOB, ordered, true, what + " of " + label, key);
    }
}
