package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Source;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Table;

/** What queries need of one table, computed once when the schema is read. */
final class TableModel {

    private final @Nullable Catalog catalog;
    private final Table table;
    private final boolean utf8;
    private final Source.Base source;
    private final List<Column> key;
    private final Map<String, Column> byKey = new LinkedHashMap<>();
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final List<Column> visible;
    private final List<String> columnNames;
    private final List<String> relationNames;
    private @Nullable RootRow root;
    private rillite.querysets.@Nullable Table<?, ?> known;

    TableModel(@Nullable Catalog catalog, Table table, boolean utf8, List<Relation> relations) {
        this.catalog = catalog;
        this.table = table;
        this.utf8 = utf8;
        source = new Source.Base(table);
        key = table.rowKey();
        visible = table.visibleColumns();
        columnNames = table.columns().stream().map(Column::name).toList();
        relationNames = relations.stream().map(Relation::name).toList();
        for (Column column : table.columns()) {
            byKey.put(column.name(), column);
        }
        for (Column column : table.columns()) {
            byKey.putIfAbsent(propertyName(column.name()), column);
        }
        for (Relation relation : relations) {
            this.relations.put(relation.name(), relation);
        }
        for (Relation relation : relations) {
            this.relations.putIfAbsent(propertyName(relation.name()), relation);
        }
    }

    /** A table without relations that is no part of a schema. */
    static TableModel alone(Table table) {
        return new TableModel(null, table, true, List.of());
    }

    /** What its queries begin with; made when the first one does, for most tables of a large file are never asked. */
    RootRow root() {
        RootRow made = root;
        if (made == null) {
            made = new RootRow(this);
            root = made;
        }
        return made;
    }

    /** Throws where a table class names a column that the table does not have; looks once for each class in use. */
    void check(rillite.querysets.Table<?, ?> reader) {
        if (known != reader) {
            reader.columns().forEach(column -> column(column, column));
            known = reader;
        }
    }

    /** A column as part of a row. */
    Output output(Column column) {
        return root().output(column);
    }

    /** All visible columns. */
    List<Output> outputs() {
        return root().outputs();
    }

    /** References to all visible columns. */
    List<Expression> expressions() {
        return root().expressions();
    }

    /** The shape of a row with all visible columns. */
    RowShape shape() {
        return root().shape();
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

    /** The columns of a row unless others are asked for. */
    List<Column> visible() {
        return visible;
    }

    List<String> columnNames() {
        return columnNames;
    }

    List<String> relationNames() {
        return relationNames;
    }

    /** References to columns of the root of a query. */
    List<Expression> expressions(List<Column> columns) {
        return columns.stream().<Expression>map(Expression.ColumnRef::of).toList();
    }

    /** Finds a column by its name, else by its property name. */
    @Nullable Column find(String field) {
        return byKey.get(field);
    }

    /** Finds a relation by its name, else by its property name. */
    @Nullable Relation relation(String name) {
        return relations.get(name);
    }

    /** Whether a part of a key can go on with this name. */
    boolean hasName(String segment) {
        return byKey.containsKey(segment)
                || relations.containsKey(segment)
                || segment.equals(Names.PK)
                || fullText(segment) != null;
    }

    /** The full-text table of this name that declares to hold the rows of this one. */
    @Nullable TableModel fullText(String name) {
        TableModel index = catalog == null ? null : catalog.find(name);
        return index != null && FullText.isOver(index.table(), table) ? index : null;
    }

    /** The names of the full-text tables that declare to hold the rows of this one. */
    List<String> fullTextNames() {
        return catalog == null
                ? List.of()
                : catalog.names().stream()
                        .filter(name -> fullText(name) != null)
                        .toList();
    }

    /** The relations of this table, each once. */
    List<Relation> relations() {
        return relations.values().stream().distinct().toList();
    }

    /** The table to which a relation of this table leads. */
    TableModel target(Relation relation) {
        return Objects.requireNonNull(catalog).model(relation.target());
    }

    /** What deletes do with rows that reference the deleted ones. */
    CascadeRules cascades() {
        return Objects.requireNonNull(catalog).cascades();
    }

    /** As {@link #find}, or throws with the nearest names. */
    Column column(String field, String wholeKey) {
        Column column = find(field);
        if (column == null) {
            throw Errors.unknownField(field, wholeKey, name(), columnNames, relationNames);
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
