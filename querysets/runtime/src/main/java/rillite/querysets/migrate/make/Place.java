package rillite.querysets.migrate.make;

import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;

/**
 * A table or column that has been named.
 *
 * @param table the table, as it is stored
 * @param column the column, as it is stored; null for the table itself
 */
record Place(String table, @Nullable String column) {

    /** Finds {@code table} or {@code table.column}, where names may hold dots themselves; null if there is none. */
    static @Nullable Place find(String name, SchemaDump dump) {
        SchemaObject table = dump.find(Kind.TABLE, name);
        if (table != null) {
            return new Place(table.name(), null);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            SchemaObject owner = dump.find(Kind.TABLE, name.substring(0, dot));
            String column = owner == null ? null : column(dump, owner, name.substring(dot + 1));
            if (owner != null && column != null) {
                return new Place(owner.name(), column);
            }
        }
        return null;
    }

    private static @Nullable String column(SchemaDump dump, SchemaObject table, String name) {
        return dump.table(table.name()).columns().stream()
                .map(Column::name)
                .filter(known -> Names.same(known, name))
                .findFirst()
                .orElse(null);
    }

    static Place of(String table, String column) {
        return new Place(table, column);
    }

    /** The same in a form in which equal places are equal. */
    Place folded() {
        return new Place(Names.fold(table), column == null ? null : Names.fold(column));
    }

    @Override
    public String toString() {
        return column == null ? table : table + "." + column;
    }
}
