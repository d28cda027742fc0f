package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/**
 * Ties related rows together in Java as a foreign key does in SQLite: its values are compared as values of the referenced
 * columns, by their types and collations.
 */
final class RelationKey {

    private final List<Column> referenced;

    RelationKey(List<Column> referenced) {
        this.referenced = List.copyOf(referenced);
    }

    /** The key in some of the values of a row, equal for keys that SQLite finds equal; null when one of them is NULL. */
    @Nullable Object of(@Nullable Object[] values, int[] positions) {
        return key(values, positions, true);
    }

    /** The same key as it is stored, to be sent: one value, or a list of several. */
    Object sent(@Nullable Object[] values, int[] positions) {
        return Objects.requireNonNull(key(values, positions, false));
    }

    private @Nullable Object key(@Nullable Object[] values, int[] positions, boolean folded) {
        if (positions.length == 1) {
            Object value = values[positions[0]];
            return value == null ? null : single(value, referenced.get(0), folded);
        }
        List<Object> parts = new ArrayList<>(positions.length);
        for (int i = 0; i < positions.length; i++) {
            Object value = values[positions[i]];
            if (value == null) {
                return null;
            }
            parts.add(single(value, referenced.get(i), folded));
        }
        return parts;
    }

    private static Object single(Object value, Column column, boolean folded) {
        Object stored = stored(value, column);
        return folded && stored instanceof String text ? folded(text, column) : stored;
    }

    private static Object stored(Object value, Column column) {
        ColumnType type = column.type();
        boolean same = type == ColumnType.INTEGER || type == ColumnType.TEXT || type == ColumnType.UUID;
        if (value instanceof ByteBuffer || same && type.javaType().isInstance(value)) {
            return value;
        }
        try {
            return ValueEncoder.compared(value, type, column.qualifiedName());
        } catch (InvalidValueException contradiction) {
            // The file holds something else than the column declares: only the same thing is equal to it.
            return value;
        }
    }

    private static String folded(String text, Column column) {
        return switch (column.collation()) {
            case "NOCASE" -> lower(text);
            case "RTRIM" -> trimmed(text);
            default -> text;
        };
    }

    /** As RTRIM compares: only spaces are left out. */
    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** As NOCASE compares: only the letters of ASCII are folded. */
    private static String lower(String text) {
        StringBuilder lower = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                if (lower == null) {
                    lower = new StringBuilder(text);
                }
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower == null ? text : lower.toString();
    }

    /** Columns that hold such keys, compared as the referenced columns are. */
    List<Expression> operands(List<? extends Expression> columns, List<Column> declared) {
        List<Expression> operands = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            operands.add(comparedAs(referenced.get(i), columns.get(i), declared.get(i)));
        }
        return operands;
    }

    /** Whether the columns that hold such keys compare them by themselves as the referenced columns do. */
    boolean isComparedBy(List<Column> holding) {
        for (int i = 0; i < referenced.size(); i++) {
            if (!holding.get(i).collation().equals(referenced.get(i).collation())) {
                return false;
            }
        }
        return true;
    }

    /**
     * A column, compared by the collation of another one. A collation that is not one of SQLite's own stays as it is: only
     * the connection that has it can say what it does.
     *
     * @param declared the column that is read
     */
    static Expression comparedAs(Column like, Expression column, Column declared) {
        if (!declared.collation().equals(like.collation())) {
            for (Expression.Collation collation : Expression.Collation.values()) {
                if (collation.name().equals(like.collation())) {
                    return new Expression.Collated(column, collation);
                }
            }
        }
        return column;
    }

    /**
     * Rows whose columns hold one of the keys; at times some more, which then match no key in Java.
     *
     * @param operands of {@link #operands}
     * @param declared the columns that they read
     */
    static Condition among(List<Expression> operands, List<Column> declared, List<Object> sent) {
        if (operands.size() == 1) {
            return among(operands.get(0), parts(sent, declared.get(0)));
        }
        List<List<Object>> columns = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            int place = i;
            List<Object> column = sent.stream()
                    .map(key -> (Object) ((List<?>) key).get(place))
                    .toList();
            columns.add(parts(column, declared.get(i)));
        }
        if (columns.stream().noneMatch(column -> column.stream().anyMatch(RelationKey::mayBeBlob))) {
            List<Object> rows = new ArrayList<>(sent.size());
            for (int i = 0; i < sent.size(); i++) {
                int place = i;
                rows.add(columns.stream().map(column -> column.get(place)).toList());
            }
            return new Condition.InValues(operands, JsonList.binds(rows), Condition.Elements.PLAIN);
        }
        List<Condition> each = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            each.add(among(operands.get(i), columns.get(i)));
        }
        return Condition.all(each);
    }

    /** IN turns text into a number for a column of numbers, but no number into text for a column of text. */
    private static List<Object> parts(List<Object> sent, Column declared) {
        return declared.affinity() == Affinity.TEXT
                ? sent.stream()
                        .map(value -> value instanceof Number ? value.toString() : value)
                        .toList()
                : sent;
    }

    private static boolean mayBeBlob(Object value) {
        return value instanceof ByteBuffer || value instanceof UUID;
    }

    private static Condition among(Expression operand, List<Object> sent) {
        List<Object> plain = new ArrayList<>(sent.size());
        List<Object> blobs = new ArrayList<>();
        for (Object value : sent) {
            if (value instanceof ByteBuffer) {
                blobs.add(value);
            } else {
                plain.add(value);
            }
            if (value instanceof UUID id) {
                // Its column may hold it in either form.
                blobs.add(ValueEncoder.compared(id, ColumnType.BLOB, "key"));
            }
        }
        List<Condition> lists = new ArrayList<>(2);
        if (!plain.isEmpty()) {
            lists.add(new Condition.InValues(List.of(operand), JsonList.binds(plain), Condition.Elements.PLAIN));
        }
        if (!blobs.isEmpty()) {
            lists.add(new Condition.InValues(List.of(operand), JsonList.binds(blobs), Condition.Elements.HEX));
        }
        return Condition.any(lists);
    }
}
