package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, while it is turned into a record. Valid only during the call that it is given to.
 *
 * <p>Cells are decoded where they are asked for, straight from the driver's row.
 */
public final class Cells {

    private final CellSource cells;
    private final CellPlaces places;

    /**
     * @param places where the columns of the table class are; none when no table is read
     */
    Cells(CellSource cells, CellPlaces places) {
        this.cells = cells;
        this.places = places;
    }

    /**
     * The value of a column that is never NULL.
     *
     * @throws InvalidValueException it is NULL, or is no value of the column's type; the message names table, key and
     *     column
     */
    public <V> V get(Col<?, V> column) {
        Place<?> place = Place.of(column);
        return get(places.position(place.index()), place.type());
    }

    /**
     * The value of a column, null for NULL.
     *
     * @throws InvalidValueException it is no value of the column's type
     */
    public <V> @Nullable V orNull(Col<?, V> column) {
        Place<?> place = Place.of(column);
        return orNull(places.position(place.index()), place.type());
    }

    /**
     * The row to which a relation leads.
     *
     * @param relation its name
     * @param key the column of this row that holds its key
     */
    public <U> Ref<U> ref(String relation, Table<U, U> target, Col<?, ?> key) {
        return ref(places.relative(cells.shape(), relation, target, true), orNull(key));
    }

    /**
     * The row to which a relation leads against a unique foreign key, or along one of several columns.
     *
     * @param relation its name
     */
    public <U> Ref<U> ref(String relation, Table<U, U> target) {
        return ref(places.relative(cells.shape(), relation, target, false), null);
    }

    private <U> Ref<U> ref(CellPlaces.Relative<U> relative, @Nullable Object key) {
        Ref.Relation<U> relation = relative.relation();
        Object loaded = loaded(relative.slot());
        if (loaded == Slots.NOT_LOADED) {
            return Ref.read(relation, key);
        }
        Row row = (Row) loaded;
        Object id = relation.keyed() || row == null ? key : row.pk();
        return Ref.loaded(
                relation, id, row == null ? null : row.as(relation.target().reader()));
    }

    /**
     * The rows to which a relation leads.
     *
     * @param relation its name
     */
    public <U> Refs<U> refs(String relation, Table<U, U> target) {
        Refs<U> refs = Refs.read(cells.shape(), relation, target);
        if (!(loaded(cells.shape().slots().position(relation)) instanceof List<?> rows)) {
            return refs;
        }
        RecordReader<U> reader = target.reader();
        List<U> records = new ArrayList<>(rows.size());
        for (Object row : rows) {
            records.add(reader.apply((Row) row));
        }
        return refs.with(records);
    }

    /** As in {@link Row#related}. */
    private @Nullable Object loaded(int slot) {
        Row row = cells.row();
        return row == null || slot < 0 ? Slots.NOT_LOADED : row.related(slot);
    }

    /** Reads a row that was read already. */
    static Cells of(Row row) {
        return new Cells(new CellSource.Held(row), CellPlaces.NONE);
    }

    /** The position of a name. */
    int position(String name) {
        return cells.shape().position(name);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <V> V get(int position, Reading type) {
        V value = orNull(position, type);
        if (value == null) {
            throw cells.unexpectedNull(position);
        }
        return value;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <V> @Nullable V orNull(int position, Reading type) {
        Object value = cells.get(position, type.type());
        Object taken = value instanceof ByteBuffer buffer ? buffer.asReadOnlyBuffer() : value;
        return (V)
                (taken == null || type.mapping() == null
                        ? taken
                        : type.made(taken, () -> CellSource.label(cells, position)));
    }

    CellSource cells() {
        return cells;
    }
}
