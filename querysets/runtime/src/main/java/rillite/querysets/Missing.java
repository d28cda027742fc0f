package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * A table or column that was in the file and is not any more.
 *
 * @param column null for a whole table
 */
record Missing(String table, @Nullable String column) {

    /** What is missing in the new schema, of the old one or already before. */
    static List<Missing> after(List<Missing> before, Schema old, Schema fresh) {
        Set<Missing> missing = new LinkedHashSet<>(before);
        for (Table table : old.tables()) {
            missing.add(new Missing(table.name(), null));
            for (Column column : table.columns()) {
                missing.add(new Missing(table.name(), column.name()));
            }
        }
        missing.removeIf(one -> one.isIn(fresh));
        return List.copyOf(missing);
    }

    private boolean isIn(Schema schema) {
        return schema.find(table)
                .map(found -> column == null || found.column(column).isPresent())
                // With the whole table missing there is no need to list its columns.
                .orElse(column != null);
    }

    /** An error that says which of these names a statement did not find; null when it names none of them. */
    static @Nullable SchemaChangedException explain(List<Missing> missing, String sql, Schema schema, Throwable error) {
        for (Missing one : missing) {
            if (one.isNamedIn(sql)) {
                return one.changed(schema, error);
            }
        }
        return null;
    }

    /** Messages are no help: they leave out what might be data. */
    private boolean isNamedIn(String sql) {
        return sql.contains(quoted(table)) && (column == null || sql.contains(quoted(column)));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private SchemaChangedException changed(Schema schema, Throwable error) {
        List<String> names = new ArrayList<>(schema.find(table)
                .map(found -> found.columns().stream().map(Column::name).toList())
                .orElseGet(() -> schema.tables().stream().map(Table::name).toList()));
        return Errors.schemaChanged(table, column, names, error);
    }
}
