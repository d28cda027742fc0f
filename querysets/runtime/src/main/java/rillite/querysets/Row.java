package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/**
 * A row of any table: names and values, and the related rows that were loaded with it. Immutable, detached from the
 * connection, equal to a row of the same table with the same names and values, whatever is related to them.
 *
 * <p>Values have the Java type of their column's declared type: Long, Double, String, Boolean, LocalDate, LocalTime,
 * LocalDateTime, BigDecimal, UUID or a read-only ByteBuffer. SQLite may hold something else in a column than it declares;
 * such a value is an {@link InvalidValueException} when it is asked for, and can be read as {@code Object}.
 */
public final class Row implements Keyed {

    private final RowShape shape;
    private final @Nullable Object[] values;
    private final @Nullable Object[] related;
    private @Nullable Made made;

    /** What a reader made of a row. */
    private record Made(RecordReader<?> reader, Object value) {}

    Row(RowShape shape, @Nullable Object[] values) {
        this(shape, values, shape.slots().unloaded());
    }

    Row(RowShape shape, @Nullable Object[] values, @Nullable Object[] related) {
        this.shape = shape;
        this.values = values;
        this.related = related;
    }

    @Nullable Object at(int position) {
        return values[position];
    }

    /** What a reader makes of this row: the same object for all rows that lead to it, unless threads race for it. */
    @SuppressWarnings("unchecked")
    <T> T as(RecordReader<T> reader) {
        Made known = made;
        if (known == null || known.reader != reader) {
            known = new Made(reader, Objects.requireNonNull(reader.apply(this)));
            made = known;
        }
        return (T) known.value;
    }

    /** The table the row comes from. */
    public String tableName() {
        return shape.table();
    }

    /** Names of the values in the order of the query. */
    public List<String> names() {
        return shape.names();
    }

    /** Columns of the table that the query did not read. */
    public Set<String> unloadedNames() {
        return shape.unloadedNames();
    }

    /**
     * The value under a name or property name, null for NULL.
     *
     * @throws UnknownFieldException no such name
     * @throws NotLoadedException the column exists but was not read
     * @throws InvalidValueException the value is not of the declared type
     */
    public @Nullable Object get(String name) {
        int position = shape.position(name);
        Object value = values[position];
        if (value == null) {
            return null;
        }
        if (!shape.type(position).javaType().isInstance(value)) {
            throw new InvalidValueException(
                    "The value of " + shape.label(position, values) + " is a "
                            + value.getClass().getSimpleName() + ", which contradicts the declared type "
                            + shape.declaredType(position) + ". Read it with get(\"" + name
                            + "\", Object.class).",
                    null);
        }
        return own(value);
    }

    /**
     * The value under a name, converted without loss; null for NULL.
     *
     * @param type for example {@code Integer.class}, {@code LocalDate.class}, an enum, or {@code Object.class} for the
     *     value as it is
     * @throws InvalidValueException the value does not convert
     */
    public <V> @Nullable V get(String name, Class<V> type) {
        int position = shape.position(name);
        Object value = values[position];
        if (value == null) {
            return null;
        }
        return Conversions.to(own(value), type, () -> shape.label(position, values));
    }

    /** The value at a position, converted without loss; null for NULL. */
    <V> @Nullable V at(int position, Class<V> type) {
        Object value = values[position];
        return value == null ? null : Conversions.to(own(value), type, () -> label(position));
    }

    /** {@code table.column (key 3)}, for messages. */
    String label(int position) {
        return shape.label(position, values);
    }

    /**
     * The primary key: one value, or a list in key order when it has several columns.
     *
     * @throws NotLoadedException the query did not read it
     * @throws InvalidQueryException the table has none
     */
    public Object pk() {
        int[] key = shape.key();
        if (key == null) {
            if (!shape.isKeyed()) {
                throw Errors.noKey("read pk of", shape.table());
            }
            throw new NotLoadedException("The key of " + shape.table()
                    + " was not read by the query of this row. Add \"pk\" to values(..).");
        }
        if (key.length == 1) {
            return keyPart(key[0]);
        }
        List<Object> parts = new ArrayList<>(key.length);
        for (int place : key) {
            parts.add(keyPart(place));
        }
        return List.copyOf(parts);
    }

    private Object keyPart(int place) {
        return own(Objects.requireNonNull(values[place], () -> "NULL in the key of " + shape.table()));
    }

    @Override
    public List<Object> valuesOf(TableModel model, List<Column> columns) {
        if (!model.name().equals(tableName())) {
            throw Errors.invalidValue(model.name() + ".pk", this, "a key or row of " + model.name());
        }
        List<Object> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            Object value = get(column.name());
            if (value == null) {
                throw Errors.invalidValue(column.qualifiedName(), null, "a row with a value there");
            }
            values.add(value);
        }
        return values;
    }

    /**
     * The one related row, null when there is none: loaded by {@code selectRelated}, {@code prefetchRelated} or {@link
     * Database#load(List, String...)}. Nothing is read from the database.
     *
     * @throws NotLoadedException the query did not load it; the message is the call that does
     * @throws UnknownRelationException no such relation
     * @throws InvalidQueryException the relation leads to several rows: use {@link #list}
     */
    public @Nullable Row one(String relation) {
        Object value = loaded(relation);
        if (value instanceof List<?>) {
            throw LoadingErrors.severalRows(tableName(), relation);
        }
        return (Row) value;
    }

    /**
     * The related rows, unmodifiable: loaded by {@code prefetchRelated} or {@link Database#load(List, String...)}, under
     * the name of the relation or that of {@link Prefetch#as}. Nothing is read from the database.
     *
     * @throws NotLoadedException the query did not load them; the message is the call that does
     * @throws UnknownRelationException no such relation
     * @throws InvalidQueryException the relation leads to one row: use {@link #one}
     */
    @SuppressWarnings("unchecked")
    public List<Row> list(String relation) {
        Object value = loaded(relation);
        if (!(value instanceof List<?>)) {
            throw LoadingErrors.oneRow(tableName(), relation);
        }
        return (List<Row>) value;
    }

    /**
     * Whether {@link #one} or {@link #list} gives an answer.
     *
     * @throws UnknownRelationException no such relation
     */
    public boolean isLoaded(String relation) {
        int slot = shape.slots().position(relation);
        if (slot < 0 && shape.notLoaded(relation) instanceof UnknownRelationException unknown) {
            throw unknown;
        }
        return slot >= 0 && related[slot] != Slots.NOT_LOADED;
    }

    private @Nullable Object loaded(String relation) {
        Object value = related[shape.slot(relation)];
        if (value == Slots.NOT_LOADED) {
            throw shape.notLoaded(relation);
        }
        return value;
    }

    RowShape shape() {
        return shape;
    }

    /** The values by position; not to be changed. */
    @Nullable Object[] values() {
        return values;
    }

    /**
     * What stands in a place for related rows: a Row, null for none, an unmodifiable List of Rows, or {@link
     * Slots#NOT_LOADED}.
     */
    @Nullable Object related(int slot) {
        return related[slot];
    }

    /** Fills a place for related rows. Only while the row is known to nobody else. */
    void put(int slot, @Nullable Object value) {
        related[slot] = value;
    }

    /** A copy whose shape has more places for related rows, after those of this row. */
    Row copy(RowShape wider) {
        @Nullable Object[] places = wider.slots().unloaded();
        System.arraycopy(related, 0, places, 0, related.length);
        return new Row(wider, values, places);
    }

    /** Names and values in the order of the query; unmodifiable. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            map.put(shape.names().get(i), value == null ? null : own(value));
        }
        return Collections.unmodifiableMap(map);
    }

    /** A buffer has a position: every reader gets its own. */
    private static Object own(Object value) {
        return value instanceof ByteBuffer buffer ? buffer.duplicate() : value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && row.shape.table().equals(shape.table())
                && row.shape.names().equals(shape.names())
                && Arrays.equals(row.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.table().hashCode() + Arrays.hashCode(values);
    }

    /** The table, then names and values. */
    @Override
    public String toString() {
        return shape.table() + asMap();
    }
}
