package rillite.querysets.migrate.make;

import java.util.List;
import java.util.Locale;
import rillite.querysets.schema.Names;

/** One step from a schema to another. */
public sealed interface SchemaChange {

    /** The statements that make the change, in order, without semicolons. */
    List<String> statements();

    /** What changes, in a few words: {@code add column book.isbn}. */
    String summary();

    private static List<String> alter(String table, String how) {
        return List.of("ALTER TABLE " + Names.written(table) + " " + how);
    }

    /**
     * Something new: a table, virtual table, index, view or trigger.
     *
     * @param kind what it is, such as {@code table}
     * @param name its name
     * @param statements its CREATE statement, and what fills it
     */
    record Create(String kind, String name, List<String> statements) implements SchemaChange {

        public Create {
            statements = List.copyOf(statements);
        }

        @Override
        public String summary() {
            return "create " + kind + " " + name;
        }
    }

    /**
     * Something that goes, or makes room for a changed one.
     *
     * @param kind what it is, such as {@code view}
     * @param name its name
     */
    record Drop(String kind, String name) implements SchemaChange {

        @Override
        public List<String> statements() {
            String word = kind.equals("virtual table") ? "TABLE" : kind.toUpperCase(Locale.ROOT);
            return List.of("DROP " + word + " " + Names.written(name));
        }

        @Override
        public String summary() {
            return "drop " + kind + " " + name;
        }
    }

    /** A table under another name. */
    record RenameTable(String from, String to) implements SchemaChange {

        @Override
        public List<String> statements() {
            return alter(from, "RENAME TO " + Names.written(to));
        }

        @Override
        public String summary() {
            return "rename table " + from + " to " + to;
        }
    }

    /** A column under another name. */
    record RenameColumn(String table, String from, String to) implements SchemaChange {

        @Override
        public List<String> statements() {
            return alter(table, "RENAME COLUMN " + Names.written(from) + " TO " + Names.written(to));
        }

        @Override
        public String summary() {
            return "rename column " + table + "." + from + " to " + to;
        }
    }

    /**
     * A column behind the last one, which SQLite adds without touching the rows.
     *
     * @param declaration the column as it is declared, name included
     */
    record AddColumn(String table, String column, String declaration) implements SchemaChange {

        @Override
        public List<String> statements() {
            return alter(table, "ADD COLUMN " + declaration);
        }

        @Override
        public String summary() {
            return "add column " + table + "." + column;
        }
    }

    /** A column that SQLite can take out by itself. */
    record DropColumn(String table, String column) implements SchemaChange {

        @Override
        public List<String> statements() {
            return alter(table, "DROP COLUMN " + Names.written(column));
        }

        @Override
        public String summary() {
            return "drop column " + table + "." + column;
        }
    }

    /**
     * A table that is created anew and filled from the old one, because SQLite cannot change it otherwise.
     *
     * @param table its name
     * @param reasons what changes, and why that takes a new table
     */
    record RebuildTable(String table, List<String> reasons, List<String> statements) implements SchemaChange {

        public RebuildTable {
            reasons = List.copyOf(reasons);
            statements = List.copyOf(statements);
        }

        @Override
        public String summary() {
            return "rebuild table " + table + ": " + String.join("; ", reasons);
        }
    }
}
