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

    private final String relation;
    private final @Nullable List<T> rows;

    private Refs(String relation, @Nullable List<T> rows) {
        this.relation = relation;
        this.rows = rows;
    }

    /**
     * The rows of a relation that are not loaded, for records that are made by hand.
     *
     * @param relation table and name, for example {@code author.books}
     */
    public static <T> Refs<T> of(String relation) {
        return new Refs<>(relation, null);
    }

    static <U> Refs<U> read(RowCells cells, String relation, Table<U, U> target) {
        return new Refs<>(cells.shape().relation(relation), null);
    }

    /** Whether the rows are here. */
    public boolean isLoaded() {
        return rows != null;
    }

    /**
     * The rows, in the order of the query that loaded them.
     *
     * @throws NotLoadedException they were not loaded; the message names the call that loads them
     */
    public List<T> list() {
        if (rows == null) {
            throw notLoaded(relation, "prefetchRelated");
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

    static NotLoadedException notLoaded(String relation, String verb) {
        String name = relation.substring(relation.lastIndexOf('.') + 1);
        return new NotLoadedException("The relation " + relation + " was not loaded by the query of this record. Add "
                + verb + "(\"" + name + "\") to the query, or call db.load(rows, \"" + name + "\").");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refs<?> refs && refs.relation.equals(relation);
    }

    @Override
    public int hashCode() {
        return relation.hashCode();
    }

    /** The number of rows only. */
    @Override
    public String toString() {
        return "Refs[" + (rows == null ? "not loaded" : rows.size()) + "]";
    }
}
