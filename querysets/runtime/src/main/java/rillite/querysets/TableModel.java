package rillite.querysets;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Source;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Table;

/** What queries need of one table. Made for all tables when the schema is read; what is costly waits for the first query. */
final class TableModel {

    private final @Nullable Catalog catalog;
    private final Table table;
    private final boolean utf8;
    private final Source.Base source;
    private final List<Column> key;
    private final List<Relation> relations;
    private final List<Column> visible;
    private @Nullable TableNames names;
    private @Nullable RootRow root;
    private @Nullable QuerySet<?> rows;

    TableModel(@Nullable Catalog catalog, Table table, boolean utf8, List<Relation> relations) {
        this.catalog = catalog;
        this.table = table;
        this.utf8 = utf8;
        source = new Source.Base(table);
        key = table.rowKey();
        visible = table.visibleColumns();
        this.relations = List.copyOf(relations);
    }

    /** A table without relations that is no part of a schema. */
    static TableModel alone(Table table) {
        return new TableModel(null, table, true, List.of());
    }

    private TableNames names() {
        TableNames made = names;
        if (made == null) {
            made = new TableNames(table.columns(), relations);
            names = made;
        }
        return made;
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

    /**
     * All rows: the same query as the last time, where they are read the same way.
     *
     * @param table the table class that reads them, null for none; it must not name columns that are not there
     */
    @SuppressWarnings("unchecked")
    <T> QuerySet<T> rows(Database database, Function<Row, T> mapper, rillite.querysets.@Nullable Table<T, T> table) {
        QuerySet<?> last = rows;
        if (last != null && last.mapper == mapper && last.state.database() == database) {
            return (QuerySet<T>) last;
        }
        if (table != null) {
            table.columns().forEach(column -> column(column, column));
        }
        QuerySet<T> made = new QuerySet<>(QueryState.all(database, this), mapper);
        if (!database.isInTransaction()) {
            rows = made;
        }
        return made;
    }

    /** A column as part of a row. */
    Output output(Column column) {
        return root().output(column);
    }

    /** All visible columns. */
    List<Output> outputs() {
        return root().whole().outputs();
    }

    /** References to all visible columns. */
    List<Expression> expressions() {
        return root().whole().expressions();
    }

    /** The shape of a row with all visible columns. */
    RowShape shape() {
        return root().whole().shape();
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
        return table.columns().stream().map(Column::name).toList();
    }

    List<String> relationNames() {
        return relations.stream().map(Relation::name).toList();
    }

    /** References to columns of the root of a query. */
    List<Expression> expressions(List<Column> columns) {
        return columns.stream().<Expression>map(Expression.ColumnRef::of).toList();
    }

    /** Finds a column by its name, else by its property name. */
    @Nullable Column find(String field) {
        return names().column(field);
    }

    /** Finds a relation by its name, else by its property name. */
    @Nullable Relation relation(String name) {
        return names().relation(name);
    }

    /** Whether a part of a key can go on with this name. */
    boolean hasName(String segment) {
        return find(segment) != null
                || relation(segment) != null
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
        return relations;
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
            throw Errors.unknownField(field, wholeKey, name(), columnNames(), relationNames());
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
