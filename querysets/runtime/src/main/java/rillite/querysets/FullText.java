package rillite.querysets;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Hop;
import rillite.querysets.ast.Path;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.FullTextIndex;
import rillite.querysets.schema.Table;

/**
 * Full-text tables in keys and conditions. A hidden column with the name of the table stands for all of its columns. Where
 * an index declares whose rows it holds, a key reaches it from those rows by its name.
 */
final class FullText {

    private FullText() {}

    private static boolean isIndex(Table table) {
        return FullTextIndex.of(table) != null;
    }

    /** The hidden column that stands for the whole table; null for a table that is no full-text table. */
    static @Nullable Column whole(Table table) {
        return isIndex(table) ? table.column(table.name()).orElse(null) : null;
    }

    /** Whether a column stands for the whole table. */
    static boolean isWhole(Column column) {
        return column.isHidden() && column.name().equals(column.table());
    }

    /** The row of an index that belongs to a row; null when there is no such index. */
    static @Nullable Position index(Position content, String name) {
        TableModel index = content.model().fullText(name);
        Column from = index == null ? null : contentKey(index, content.model());
        if (index == null || from == null) {
            return null;
        }
        Path owner = content.path();
        Hop hop = Hop.of(index.table(), List.of(from), index.key(), true, false);
        return new Position(index, owner.then(hop), new Position.Trim(owner, List.of(from), index.key()));
    }

    /** Whether an index declares that it holds rows of a table. */
    static boolean isOver(Table index, Table content) {
        FullTextIndex declared = FullTextIndex.of(index);
        return declared != null && declared.content().equalsIgnoreCase(content.name());
    }

    private static @Nullable Column contentKey(TableModel index, TableModel content) {
        String name = Objects.requireNonNull(FullTextIndex.of(index.table())).contentRowid();
        for (Column column : content.table().columns()) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        List<Column> key = content.key();
        return name.equalsIgnoreCase("rowid") && key.size() == 1 && key.get(0).kind() == Column.Kind.ROWID
                ? key.get(0)
                : null;
    }

    /**
     * The condition of the lookup {@code match}. SQLite searches only where MATCH must hold; elsewhere the rows found are
     * a list in which the row must be.
     *
     * @param certain whether the condition must hold for every row of the query
     */
    static Condition match(Names names, Operand left, boolean certain, @Nullable Object value) {
        ColumnRef ref = searched(names, left, Lookup.MATCH.key());
        Table table = table(names, ref);
        Column column = isWhole(ref.column()) ? null : ref.column();
        Expression query = names.right(value);
        if (query == null) {
            query = new Bind(text(value, left));
        }
        Condition.Match search = new Condition.Match(ref.path(), table, column, query);
        return certain && ref.up() == 0 ? search : search.amongFound(ref.up());
    }

    private static String text(@Nullable Object value, Operand left) {
        if (value instanceof CharSequence text && text.toString().indexOf('\0') < 0) {
            return text.toString();
        }
        throw Errors.invalidValue(
                left.label() + " (\"" + left.key() + "\")", value, "a full-text query as text without NUL");
    }

    /** The reference to a column of a full-text table, or throws. */
    static ColumnRef searched(Names names, Operand operand, String what) {
        if (operand.expression() instanceof ColumnRef ref && ref.column().position() >= 0) {
            TableModel model = names.database().catalog().find(ref.column().table());
            if (model != null && isIndex(model.table())) {
                return ref;
            }
        }
        throw new InvalidLookupException("\"" + what + "\" (in \"" + operand.key() + "\") is not for " + operand.label()
                + ", which is no FTS5 table and no column of one.");
    }

    /** The full-text table of a column that {@link #searched} gave. */
    static Table table(Names names, ColumnRef ref) {
        return Objects.requireNonNull(
                        names.database().catalog().find(ref.column().table()))
                .table();
    }
}
