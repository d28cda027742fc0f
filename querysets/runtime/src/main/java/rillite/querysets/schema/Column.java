package rillite.querysets.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param table name of the table
 * @param name name as stored in the file
 * @param position 0-based position in the table
 * @param declaredType the type as written in the declaration, may be empty
 * @param type what the declared type means for values
 * @param notNull whether NULL is impossible: declared NOT NULL, or the rowid itself
 * @param defaultSql the DEFAULT as SQL text, null when there is none
 * @param generatedSql the expression of a generated column as SQL text, else null
 * @param keyPosition 1-based position in the primary key, 0 when not part of it
 * @param kind how values get into the column
 * @param collation name of the declared collation, {@code BINARY} unless declared otherwise
 */
public record Column(
        String table,
        String name,
        int position,
        String declaredType,
        ColumnType type,
        boolean notNull,
        @Nullable String defaultSql,
        @Nullable String generatedSql,
        int keyPosition,
        Kind kind,
        String collation) {

    /** How values get into a column. */
    public enum Kind {
        /** Written by statements. */
        NORMAL,
        /** {@code INTEGER PRIMARY KEY}: the rowid under another name, filled by SQLite when left out. */
        ROWID,
        /** Computed when read. */
        GENERATED_VIRTUAL,
        /** Computed when written. */
        GENERATED_STORED,
        /** Hidden column of a virtual table. */
        HIDDEN
    }

    /** Whether the column is computed by SQLite and cannot be written. */
    public boolean isGenerated() {
        return kind == Kind.GENERATED_VIRTUAL || kind == Kind.GENERATED_STORED;
    }

    /** Whether the column belongs to a virtual table and is not shown by {@code SELECT *}. */
    public boolean isHidden() {
        return kind == Kind.HIDDEN;
    }

    /** The affinity that SQLite derives from the declared type. */
    public Affinity affinity() {
        return Affinity.of(declaredType);
    }

    /** Whether a row may be inserted without naming this column. */
    public boolean isOptionalOnInsert() {
        return !notNull || defaultSql != null || kind != Kind.NORMAL;
    }

    /** {@code table.column}, for messages. */
    public String qualifiedName() {
        return table + "." + name;
    }

    /** By content, the names first: most columns that are compared differ there. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Column that
                        && name.equals(that.name)
                        && table.equals(that.table)
                        && position == that.position
                        && declaredType.equals(that.declaredType)
                        && type == that.type
                        && notNull == that.notNull
                        && Objects.equals(defaultSql, that.defaultSql)
                        && Objects.equals(generatedSql, that.generatedSql)
                        && keyPosition == that.keyPosition
                        && kind == that.kind
                        && collation.equals(that.collation);
    }

    /** By names: they are unique within a schema, and columns are parts of cache keys. */
    @Override
    public int hashCode() {
        return 31 * table.hashCode() + name.hashCode();
    }

    static Column rowId(String table, String alias) {
        return new Column(table, alias, -1, "INTEGER", ColumnType.INTEGER, true, null, null, 0, Kind.ROWID, "BINARY");
    }
}
