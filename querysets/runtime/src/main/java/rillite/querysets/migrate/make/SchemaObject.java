package rillite.querysets.migrate.make;

import java.util.Locale;
import rillite.querysets.schema.CreateText;
import rillite.querysets.schema.Names;

/**
 * A row of {@code sqlite_schema}.
 *
 * @param kind what it is
 * @param name its name as stored
 * @param table the table or view it belongs to; its own name for tables and views
 * @param text its CREATE statement
 */
record SchemaObject(Kind kind, String name, String table, CreateText text) {

    private static final String VIRTUAL = "CREATE VIRTUAL";

    /** What a name stands for. */
    enum Kind {
        TABLE,
        VIRTUAL_TABLE,
        INDEX,
        VIEW,
        TRIGGER;

        /** The word in DROP statements. */
        String word() {
            return this == VIRTUAL_TABLE ? "TABLE" : name();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static SchemaObject of(String type, String name, String table, String sql, Texts texts) {
        Kind kind = Kind.valueOf(type.toUpperCase(Locale.ROOT));
        boolean virtual = kind == Kind.TABLE && sql.regionMatches(true, 0, VIRTUAL, 0, VIRTUAL.length());
        return new SchemaObject(virtual ? Kind.VIRTUAL_TABLE : kind, name, table, texts.of(sql));
    }

    String sql() {
        return text.sql();
    }

    /** Indexes and triggers have a name of their own kind; tables and views share one. */
    boolean isTableOrView() {
        return kind != Kind.INDEX && kind != Kind.TRIGGER;
    }

    boolean isOn(String tableName) {
        return Names.same(table, tableName);
    }

    boolean isNamed(String other) {
        return Names.same(name, other);
    }

    /** Whether both statements say the same, in whatever layout. */
    boolean saysTheSame(SchemaObject other) {
        return kind == other.kind && text.words().equals(other.text.words());
    }

    /** For messages: {@code table book}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
