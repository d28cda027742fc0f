package rillite.querysets;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One related row of a record, or none. Immutable.
 *
 * <p>It knows the key at once, and the row only when the query was told to load it. Two are equal when their keys are, so
 * that records are equal when their columns are.
 *
 * @param <T> what the row is read as
 */
public final class Ref<T> {

    private final String relation;
    private final @Nullable Object key;
    private final boolean keyed;
    private final boolean loaded;
    private final @Nullable T row;

    private Ref(String relation, @Nullable Object key, boolean keyed, boolean loaded, @Nullable T row) {
        this.relation = relation;
        this.key = key;
        this.keyed = keyed;
        this.loaded = loaded;
        this.row = row;
    }

    /** A row that is known by its key only; null for none. */
    public static <T> Ref<T> of(@Nullable Object key) {
        Object plain = key instanceof Integer || key instanceof Short || key instanceof Byte
                ? (Object) ((Number) key).longValue()
                : key;
        return new Ref<>("", plain, true, plain == null, null);
    }

    static <U> Ref<U> read(RowCells cells, String relation, Table<U, U> target, @Nullable Object key) {
        return new Ref<>(cells.shape().relation(relation), key, true, key == null, null);
    }

    /**
     * The key of the row, which is the value of the foreign key; null for none.
     *
     * @throws NotLoadedException the foreign key stands in the related table, and the row was not loaded
     */
    public @Nullable Object id() {
        if (!keyed && !loaded) {
            throw notLoaded();
        }
        return key;
    }

    /**
     * The key of the row in a type, null for none.
     *
     * @throws InvalidValueException it does not convert without loss
     */
    public <K> @Nullable K id(Class<K> type) {
        Object id = id();
        return id == null ? null : Conversions.to(id, type, relation);
    }

    /** Whether there is no row. */
    public boolean isNull() {
        return id() == null;
    }

    /** Whether the row is here, or is known not to exist. */
    public boolean isLoaded() {
        return loaded;
    }

    /**
     * The row.
     *
     * @throws NotLoadedException it was not loaded; the message names the call that loads it
     * @throws NotFoundException there is none
     */
    public T get() {
        T found = orNull();
        if (found == null) {
            throw new NotFoundException("There is no row behind " + name() + ". Use orNull() where that is expected.");
        }
        return found;
    }

    /**
     * The row, null when there is none.
     *
     * @throws NotLoadedException it was not loaded; the message names the call that loads it
     */
    public @Nullable T orNull() {
        if (!loaded) {
            throw notLoaded();
        }
        return row;
    }

    private NotLoadedException notLoaded() {
        return Refs.notLoaded(name(), "selectRelated");
    }

    private String name() {
        return relation.isEmpty() ? "a Ref made of a key" : relation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ref<?> ref && ref.keyed == keyed && (!keyed || Objects.equals(ref.key, key));
    }

    @Override
    public int hashCode() {
        return keyed ? Objects.hashCode(key) : 0;
    }

    /** The key only. */
    @Override
    public String toString() {
        return "Ref[" + (keyed || loaded ? key : "not loaded") + "]";
    }
}
