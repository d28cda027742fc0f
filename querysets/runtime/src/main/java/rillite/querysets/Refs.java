package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The related rows of a record. Immutable.
 *
 * <p>It has them only when the query was told to load them. Two are equal when they belong to the same relation, so that
 * records are equal when their columns are.
 *
 * @param <T> what a row is read as
 */
public final class Refs<T> {

    private final String table;
    private final String name;
    private final @Nullable RowShape owner;
    private final @Nullable Table<T, T> target;
    private final @Nullable List<T> rows;

    private Refs(
            String table, String name, @Nullable RowShape owner, @Nullable Table<T, T> target, @Nullable List<T> rows) {
        this.table = table;
        this.name = name;
        this.owner = owner;
        this.target = target;
        this.rows = rows;
    }

    /** The rows of a relation, not loaded, for records that are made by hand: {@code Refs.of("author", "books")}. */
    public static <T> Refs<T> of(String table, String relation) {
        return new Refs<>(table, relation, null, null, null);
    }

    static <T> Refs<T> read(RowShape owner, String name, Table<T, T> target) {
        return new Refs<>(owner.table(), name, owner, target, null);
    }

    Refs<T> with(List<T> loaded) {
        return new Refs<>(table, name, owner, target, List.copyOf(loaded));
    }

    String name() {
        return name;
    }

    @Nullable Table<T, T> target() {
        return target;
    }

    /** Whether the rows are here. */
    public boolean isLoaded() {
        return rows != null;
    }

    /**
     * The rows, in the order of the query that loaded them; unmodifiable.
     *
     * @throws NotLoadedException they were not loaded; the message names the call that loads them
     */
    public List<T> list() {
        if (rows == null) {
            throw owner == null
                    ? new NotLoadedException(
                            "The rows of " + table + "." + name + " were not loaded: this record was made"
                                    + " by hand. Call db.load(rows, \"" + name + "\").")
                    : owner.notLoaded(name);
        }
        return rows;
    }

    /**
     * The number of rows.
     *
     * @throws NotLoadedException they were not loaded
     */
    public int size() {
        return list().size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refs<?> refs && refs.name.equals(name) && refs.table.equals(table);
    }

    @Override
    public int hashCode() {
        return 31 * table.hashCode() + name.hashCode();
    }

    /** The number of rows only. */
    @Override
    public String toString() {
        return "Refs[" + (rows == null ? "not loaded" : rows.size()) + "]";
    }
}
