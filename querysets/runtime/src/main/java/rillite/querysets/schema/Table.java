package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table, view or virtual table.
 *
 * @param name name as stored in the file
 * @param kind what it is
 * @param columns all columns in declaration order, generated and hidden ones included
 * @param primaryKey columns of the declared primary key in key order; empty when none is declared
 * @param foreignKeys foreign keys that start at this table
 * @param indexes indexes, those behind UNIQUE and PRIMARY KEY included
 * @param withoutRowid declared WITHOUT ROWID
 * @param strict declared STRICT
 * @param declaration what the statements that created it tell besides
 * @param problem why the columns could not be read (a view over a missing table, a virtual table whose module is not
 *     loaded), else null
 */
public record Table(
        String name,
        Kind kind,
        List<Column> columns,
        List<Column> primaryKey,
        List<ForeignKey> foreignKeys,
        List<Index> indexes,
        boolean withoutRowid,
        boolean strict,
        Declaration declaration,
        @Nullable String problem) {

    private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

    /** What a name in the schema stands for. */
    public enum Kind {
        /** An ordinary table. */
        TABLE,
        /** A view. */
        VIEW,
        /** A virtual table, for example a full-text index. */
        VIRTUAL,
        /** A table that belongs to a virtual table. */
        SHADOW
    }

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        if (columns.isEmpty() && problem == null) {
            throw new IllegalArgumentException("table " + name + " has no columns");
        }
    }

    /** Finds a column by its exact name. */
    public Optional<Column> column(String name) {
        for (Column column : columns) {
            if (column.name().equals(name)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** The columns that {@code SELECT *} shows: all but the hidden ones of virtual tables. */
    public List<Column> visibleColumns() {
        List<Column> visible = new ArrayList<>(columns.size());
        for (Column column : columns) {
            if (!column.isHidden()) {
                visible.add(column);
            }
        }
        return visible.size() == columns.size() ? columns : List.copyOf(visible);
    }

    /**
     * The columns that identify a row: the primary key, else SQLite's own rowid as a column, else an empty list (views,
     * and tables whose columns hide all names of the rowid).
     */
    public List<Column> rowKey() {
        if (!primaryKey.isEmpty() || kind == Kind.VIEW || withoutRowid) {
            return primaryKey;
        }
        for (String alias : ROWID_NAMES) {
            if (!hides(alias)) {
                return List.of(Column.rowId(name, alias));
            }
        }
        return List.of();
    }

    private boolean hides(String rowid) {
        for (Column column : columns) {
            if (column.name().equalsIgnoreCase(rowid)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The keys that can be the target of a conflict clause: the primary key first, then unique indexes over columns in
     * the order of their names. Indexes over expressions are left out.
     */
    public List<UniqueKey> uniqueKeys() {
        Set<UniqueKey> keys = new LinkedHashSet<>();
        if (!primaryKey.isEmpty()) {
            keys.add(new UniqueKey(primaryKey, null));
        }
        for (Index index : indexes) {
            if (index.unique() && !index.hasExpressions()) {
                List<Column> key = new ArrayList<>();
                index.columns().forEach(name -> key.add(column(name).orElseThrow()));
                keys.add(new UniqueKey(key, index.predicate()));
            }
        }
        return List.copyOf(keys);
    }

    /** Whether the given columns, in any order, are covered by a unique key that holds for every row. */
    public boolean isUnique(List<Column> some) {
        if (!primaryKey.isEmpty() && some.containsAll(primaryKey)) {
            return true;
        }
        // Asked for every foreign key of a file: no key is made for it.
        for (Index index : indexes) {
            if (isTotalKey(index) && within(index, some)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTotalKey(Index index) {
        return index.unique() && !index.partial() && !index.hasExpressions();
    }

    private static boolean within(Index index, Collection<Column> some) {
        for (String name : index.columns()) {
            boolean found = false;
            for (Column column : some) {
                found |= column.name().equals(name);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** Whether exactly these columns are a unique key that holds for every row. */
    boolean hasUniqueKey(Set<Column> some) {
        if (primaryKey.size() == some.size() && some.containsAll(primaryKey)) {
            return true;
        }
        for (Index index : indexes) {
            if (isTotalKey(index) && within(index, some) && new HashSet<>(index.columns()).size() == some.size()) {
                return true;
            }
        }
        return false;
    }

    /** By name: names are unique within a schema, and tables are keys of caches. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
