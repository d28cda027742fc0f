package rillite.querysets.migrate.make;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.Table;

/**
 * An ordinary table: its statement, and what discovery makes of it.
 *
 * @param text the statement
 * @param table what it means
 */
record TableState(CreateText text, Table table) {

    private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

    static @Nullable TableState find(SchemaDump dump, String name) {
        SchemaObject object = dump.find(Kind.TABLE, name);
        return object == null ? null : new TableState(object.text(), dump.table(object.name()));
    }

    String name() {
        return table.name();
    }

    /** Whether its text was cut into the columns that SQLite sees. */
    boolean isUnderstood() {
        List<String> seen = table.columns().stream().map(Column::name).toList();
        return text.columns().stream().map(CreateText.Part::name).toList().equals(seen);
    }

    Optional<Column> column(String name) {
        return table.columns().stream()
                .filter(column -> Names.same(column.name(), name))
                .findFirst();
    }

    CreateText.Part part(String name) {
        return text.columns().stream()
                .filter(part -> Names.same(part.name(), name))
                .findFirst()
                .orElseThrow();
    }

    /** The column that is the rowid. */
    Optional<Column> rowidColumn() {
        return table.columns().stream()
                .filter(column -> column.kind() == Column.Kind.ROWID)
                .findFirst();
    }

    /** SQL that names the rowid; empty where there is none, or where columns hide all its names. */
    Optional<String> rowid() {
        if (table.withoutRowid()) {
            return Optional.empty();
        }
        return rowidColumn()
                .map(column -> Names.written(column.name()))
                .or(() -> ROWID_NAMES.stream()
                        .filter(name -> column(name).isEmpty())
                        .findFirst());
    }
}
