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

    private final @Nullable Relation<T> relation;
    private final @Nullable Object key;
    private final boolean loaded;
    private final @Nullable T row;

    /**
     * Where it was read.
     *
     * @param owner shape of the row that holds it
     * @param keyed whether that row holds the key
     */
    record Relation<T>(RowShape owner, String name, Table<T, T> target, boolean keyed) {}

    private Ref(@Nullable Relation<T> relation, @Nullable Object key, boolean loaded, @Nullable T row) {
        this.relation = relation;
        this.key = key;
        this.loaded = loaded;
        this.row = row;
    }

    /** A row that is known by its key only; null for none. */
    public static <T> Ref<T> of(@Nullable Object key) {
        Object plain = key instanceof Integer || key instanceof Short || key instanceof Byte
                ? (Object) ((Number) key).longValue()
                : key;
        return new Ref<>(null, plain, plain == null, null);
    }

    static <T> Ref<T> read(Relation<T> relation, @Nullable Object key) {
        return new Ref<>(relation, key, relation.keyed && key == null, null);
    }

    static <T> Ref<T> loaded(Relation<T> relation, @Nullable Object key, @Nullable T row) {
        return new Ref<>(relation, key, true, row);
    }

    @Nullable Relation<T> relation() {
        return relation;
    }

    /**
     * The key of the row, which is the value of the foreign key; null for none.
     *
     * @throws NotLoadedException the foreign key is not of this record, and the row was not loaded
     */
    public @Nullable Object id() {
        if (!isKeyed() && !loaded) {
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
        return id == null ? null : Conversions.to(id, type, name());
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

    private boolean isKeyed() {
        return relation == null || relation.keyed;
    }

    private QueryException notLoaded() {
        return relation == null
                ? new NotLoadedException(this + " is a key only: find(..) reads its row.")
                : relation.owner.notLoaded(relation.name);
    }

    private String name() {
        return relation == null ? toString() : relation.owner.table() + "." + relation.name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ref<?> ref
                && ref.isKeyed() == isKeyed()
                && (!isKeyed() || Objects.equals(ref.key, key));
    }

    @Override
    public int hashCode() {
        return isKeyed() ? Objects.hashCode(key) : 0;
    }

    /** The key only. */
    @Override
    public String toString() {
        return "Ref[" + (isKeyed() || loaded ? key : "not loaded") + "]";
    }
}
