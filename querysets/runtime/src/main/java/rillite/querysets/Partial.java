package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * A row of which only some columns were read, by {@code only} or {@code defer}. Read-only.
 *
 * @param <T> what a whole row is read as
 */
public final class Partial<T> {

    private final Row row;

    Partial(Row row) {
        this.row = row;
    }

    /**
     * The value of a column, null for NULL; also of a row that was joined by {@code selectRelated}, null where there is
     * none.
     *
     * @throws NotLoadedException it was not read
     * @throws InvalidValueException it is no value of the column's type
     */
    public <V> @Nullable V get(Col<T, V> column) {
        Place<?> place = Place.of(column);
        Row holder = row;
        for (String relation : place.way()) {
            holder = holder.one(relation);
            if (holder == null) {
                return null;
            }
        }
        return Cells.of(holder).orNull(holder.shape().position(place.name()), place.type());
    }

    /** Whether a column was read. */
    public boolean isLoaded(Col<T, ?> column) {
        Place<?> place = Place.of(column);
        Row holder = row;
        for (String relation : place.way()) {
            holder = holder != null && holder.isLoaded(relation) ? holder.one(relation) : null;
        }
        return holder != null && !holder.unloadedNames().contains(place.name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Partial<?> partial && partial.row.equals(row);
    }

    @Override
    public int hashCode() {
        return row.hashCode();
    }

    /** The table, then names and values of what was read. */
    @Override
    public String toString() {
        return row.toString();
    }
}
