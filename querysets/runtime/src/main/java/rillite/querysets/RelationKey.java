package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
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
            case "RTRIM" -> text.stripTrailing();
            default -> text;
        };
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
            String collation = referenced.get(i).collation();
            boolean same = declared.get(i).collation().equals(collation);
            operands.add(same ? columns.get(i) : collated(columns.get(i), collation));
        }
        return operands;
    }

    private static Expression collated(Expression column, String collation) {
        return switch (collation) {
            case "NOCASE" -> new Expression.Collated(column, Expression.Collation.NOCASE);
            case "BINARY" -> new Expression.Collated(column, Expression.Collation.BINARY);
            default -> column;
        };
    }

    /** Rows whose columns hold one of the keys; at times some more, which then match no key in Java. */
    Condition among(List<Expression> operands, List<Object> sent) {
        if (operands.size() == 1) {
            return among(operands.get(0), sent);
        }
        boolean plain = sent.stream().noneMatch(key -> ((List<?>) key).stream().anyMatch(RelationKey::mayBeBlob));
        if (plain) {
            return new Condition.InValues(operands, JsonList.binds(sent), Condition.Elements.PLAIN);
        }
        List<Condition> each = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            int place = i;
            List<Object> parts = sent.stream()
                    .map(key -> (Object) ((List<?>) key).get(place))
                    .toList();
            each.add(among(operands.get(i), parts));
        }
        return Condition.all(each);
    }

    private static boolean mayBeBlob(@Nullable Object value) {
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
