package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A schema as plain values, which can be written as SQL. Tables and columns have an identity that survives renames. */
record GivenSchema(List<GivenTable> tables, List<GivenView> views) {

    record GivenColumn(
            int id,
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultSql,
            @Nullable String collation,
            boolean unique,
            boolean checked,
            @Nullable Integer parent,
            String action,
            @Nullable String generated) {

        GivenColumn named(String newName) {
            return new GivenColumn(
                    id, newName, type, notNull, defaultSql, collation, unique, checked, parent, action, generated);
        }

        GivenColumn typed(String newType) {
            return new GivenColumn(
                    id, name, newType, notNull, defaultSql, collation, unique, checked, parent, action, generated);
        }

        GivenColumn withDefault(@Nullable String value, boolean nowNotNull) {
            return new GivenColumn(
                    id, name, type, nowNotNull, value, collation, unique, checked, parent, action, generated);
        }

        GivenColumn with(@Nullable String newCollation, boolean nowChecked, String newAction) {
            return new GivenColumn(
                    id,
                    name,
                    type,
                    notNull,
                    defaultSql,
                    newCollation,
                    unique,
                    nowChecked,
                    parent,
                    newAction,
                    generated);
        }
    }

    /** How the key of a table is declared; it is always the column "k" of identity 0. */
    enum Key {
        ROWID,
        AUTOINCREMENT,
        TABLE_CONSTRAINT,
        UNIQUE_ONLY,
        WITHOUT_ROWID
    }

    record GivenIndex(String name, List<Integer> columns, boolean descending, boolean partial, boolean expression) {}

    record GivenTable(
            int id,
            String name,
            Key key,
            boolean strict,
            List<GivenColumn> columns,
            List<GivenIndex> indexes,
            List<String> triggers) {

        GivenColumn column(int column) {
            return columns.stream().filter(c -> c.id() == column).findFirst().orElseThrow();
        }

        boolean has(int column) {
            return columns.stream().anyMatch(c -> c.id() == column);
        }

        GivenTable named(String newName) {
            return new GivenTable(id, newName, key, strict, columns, indexes, triggers);
        }

        GivenTable with(Key newKey, boolean nowStrict) {
            return new GivenTable(id, name, newKey, nowStrict, columns, indexes, triggers);
        }

        GivenTable with(List<GivenColumn> newColumns) {
            return new GivenTable(id, name, key, strict, newColumns, indexes, triggers);
        }

        GivenTable with(List<GivenIndex> newIndexes, List<String> newTriggers) {
            return new GivenTable(id, name, key, strict, columns, newIndexes, newTriggers);
        }
    }

    /** A view over a table, or over the view before it. */
    record GivenView(String name, int table, @Nullable String over) {}

    GivenTable table(int id) {
        return tables.stream().filter(t -> t.id() == id).findFirst().orElseThrow();
    }

    boolean has(int id) {
        return tables.stream().anyMatch(t -> t.id() == id);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The statements, with the log into which triggers write. */
    String script() {
        StringBuilder sql = new StringBuilder("CREATE TABLE log (what TEXT);\n");
        tables.forEach(table -> sql.append(create(table)).append(";\n"));
        for (GivenTable table : tables) {
            table.indexes().forEach(index -> sql.append(create(table, index)).append(";\n"));
        }
        for (GivenView view : views) {
            sql.append("CREATE VIEW ").append(quoted(view.name())).append(" AS SELECT ");
            sql.append(
                    view.over() == null
                            ? "t." + quoted(table(view.table()).column(0).name()) + " AS key"
                            : "key");
            sql.append(" FROM ")
                    .append(quoted(view.over() == null ? table(view.table()).name() : view.over()));
            sql.append(" AS t;\n");
        }
        for (GivenTable table : tables) {
            for (String trigger : table.triggers()) {
                sql.append("CREATE TRIGGER ").append(quoted(trigger)).append(" AFTER ");
                sql.append(trigger.length() % 2 == 0 ? "INSERT" : "DELETE").append(" ON ");
                sql.append(quoted(table.name())).append(" BEGIN INSERT INTO log SELECT count(*) FROM ");
                sql.append(quoted(tables.get(0).name())).append("; END;\n");
            }
        }
        return sql.toString();
    }

    private String create(GivenTable table) {
        List<String> parts = new ArrayList<>();
        table.columns().forEach(column -> parts.add(declared(table, column)));
        if (table.key() == Key.TABLE_CONSTRAINT || table.key() == Key.WITHOUT_ROWID) {
            parts.add("PRIMARY KEY (" + quoted(table.column(0).name()) + ")");
        }
        if (table.id() % 3 == 0) {
            String key = quoted(table.column(0).name());
            parts.add("CONSTRAINT \"the check\" CHECK (" + quoted(table.name()) + "." + key + " > -1)");
        }
        List<String> options = new ArrayList<>();
        if (table.key() == Key.WITHOUT_ROWID) {
            options.add(" WITHOUT ROWID");
        }
        if (table.strict()) {
            options.add(" STRICT");
        }
        return "CREATE TABLE " + quoted(table.name()) + " (\n  " + String.join(",\n  ", parts) + ")"
                + String.join(",", options);
    }

    private String declared(GivenTable table, GivenColumn column) {
        StringBuilder sql = new StringBuilder(quoted(column.name()));
        if (column.id() == 0) {
            return sql.append(
                            switch (table.key()) {
                                case ROWID -> " INTEGER PRIMARY KEY";
                                case AUTOINCREMENT -> " INTEGER PRIMARY KEY AUTOINCREMENT";
                                case TABLE_CONSTRAINT -> " INTEGER";
                                case WITHOUT_ROWID -> " INT NOT NULL";
                                case UNIQUE_ONLY -> " INT NOT NULL UNIQUE";
                            })
                    .toString();
        }
        sql.append(' ').append(column.type());
        if (column.generated() != null) {
            sql.append(" AS (")
                    .append(quoted(table.column(0).name()))
                    .append(" + 1) ")
                    .append(column.generated());
        }
        sql.append(column.notNull() ? " NOT NULL" : "");
        sql.append(column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql());
        sql.append(column.unique() ? " UNIQUE" : "");
        sql.append(column.collation() == null ? "" : " COLLATE " + column.collation());
        sql.append(column.checked() ? " CHECK (length(" + quoted(column.name()) + ") < 1000)" : "");
        Integer parent = column.parent();
        if (parent != null) {
            GivenTable other = table(parent);
            sql.append(" REFERENCES ").append(quoted(other.name()));
            sql.append(" (").append(quoted(other.column(0).name())).append(") ").append(column.action());
        }
        return sql.toString();
    }

    private static String create(GivenTable table, GivenIndex index) {
        String columns = index.columns().stream()
                .map(id -> quoted(table.column(id).name()))
                .map(name -> index.expression() ? "lower(" + name + ")" : name)
                .map(name -> name + (index.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        String where = index.partial()
                ? " WHERE " + quoted(table.column(index.columns().get(0)).name()) + " IS NOT NULL"
                : "";
        return "CREATE INDEX " + quoted(index.name()) + " ON " + quoted(table.name()) + " (" + columns + ")" + where;
    }
}
