package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Source;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** What queries need of one table, computed once when the schema is read. */
final class TableModel {

    private final Table table;
    private final boolean utf8;
    private final Source.Base source;
    private final List<Column> key;
    private final Map<String, Column> byKey = new LinkedHashMap<>();
    private final List<String> names;
    private final RowShape shape;

    TableModel(Table table, boolean utf8) {
        this.table = table;
        this.utf8 = utf8;
        source = new Source.Base(table);
        key = table.rowKey();
        for (Column column : table.columns()) {
            byKey.put(column.name(), column);
        }
        for (Column column : table.columns()) {
            byKey.putIfAbsent(propertyName(column.name()), column);
        }
        names = table.columns().stream().map(Column::name).toList();
        shape = RowShape.of(this, table.visibleColumns());
    }

    Table table() {
        return table;
    }

    String name() {
        return table.name();
    }

    /** Whether BINARY order is the order of code points. */
    boolean isUtf8() {
        return utf8;
    }

    Source.Base source() {
        return source;
    }

    /** Columns that identify a row; empty when nothing does. */
    List<Column> key() {
        return key;
    }

    /** The shape of a row with all visible columns. */
    RowShape shape() {
        return shape;
    }

    List<Expression> expressions(List<Column> columns) {
        return columns.stream().map(this::expression).toList();
    }

    Expression expression(Column column) {
        return Expression.ColumnRef.of(column);
    }

    /** Finds a column by its name, else by its property name. */
    @Nullable Column find(String field) {
        return byKey.get(field);
    }

    /** As {@link #find}, or throws with the nearest names. */
    Column column(String field, String wholeKey) {
        Column column = find(field);
        if (column == null) {
            throw Errors.unknownField(field, wholeKey, table, names);
        }
        return column;
    }

    /** The key columns that {@code pk} stands for, or throws. */
    List<Column> keyFor(String verb) {
        if (key.isEmpty()) {
            throw Errors.noKey(verb, table.name());
        }
        return key;
    }

    /** {@code mentor_id} and {@code order line} become {@code mentorId} and {@code orderLine}. */
    static String propertyName(String column) {
        StringBuilder name = new StringBuilder(column.length());
        boolean up = false;
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                up = !name.isEmpty();
            } else if (name.isEmpty()) {
                name.append(Character.toLowerCase(c));
            } else {
                name.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return name.toString();
    }
}
