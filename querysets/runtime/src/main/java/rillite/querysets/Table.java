package rillite.querysets;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table as Java: the base of generated classes, whose fields are columns and whose methods are relations. Immutable.
 *
 * <p>{@code AUTHOR} stands for the rows of a query over authors. {@code BOOK.author()} stands for the author of a book: the
 * same columns, reached from a book. Conditions on it are conditions on books.
 *
 * @param <R> root of the queries in which it can be used
 * @param <T> what a whole row is read as
 */
public abstract non-sealed class Table<R, T> implements Related<R> {

    private final Class<T> rowType;
    private final String name;
    private final List<String> way;
    private final Table<R, ?> root;
    private final List<String> columns = new ArrayList<>();
    private final List<Expr<R, ?>> fields = new ArrayList<>();
    private final RecordReader<T> reader = RecordReader.of(this, columns, this::read);

    /** The table as the root of queries. */
    protected Table(Class<T> rowType, String name) {
        this.rowType = rowType;
        this.name = name;
        way = List.of();
        root = this;
    }

    /** The row to which a relation leads. */
    protected Table(Class<T> rowType, String name, Table<R, ?> from, String relation) {
        this.rowType = rowType;
        this.name = name;
        List<String> whole = new ArrayList<>(from.way());
        whole.add(relation);
        way = List.copyOf(whole);
        root = from.root();
    }

    /** Makes a row from what a query read. Called on the thread on which the driver emits. */
    protected abstract T read(Cells row);

    /**
     * The value of a row in the column that was declared at a position.
     *
     * @param column from 0, in the order in which the class declares its columns
     */
    protected abstract @Nullable Object value(T row, int column);

    /** The related rows of a row, loaded or not: its components of the types {@link Ref} and {@link Refs}. */
    protected abstract List<Object> related(T row);

    /** The related row is this one. */
    public Q<R> is(T row) {
        return Q.leaf(key(), keyed(row));
    }

    /** The related row is one of these. */
    public Q<R> in(Collection<? extends T> rows) {
        List<Keyed> keys = new ArrayList<>(rows.size());
        rows.forEach(row -> keys.add(keyed(row)));
        return Q.leaf(key().then(List.of(Lookup.IN.key())), keys);
    }

    /** The related row is one of those of a query. */
    public Q<R> in(Query<T, ?, ?> query) {
        return Q.leaf(key().then(List.of(Lookup.IN.key())), query);
    }

    /** There is no related row. */
    public Q<R> isNull() {
        return Q.leaf(key().then(List.of(Lookup.ISNULL.key())), true);
    }

    /** There is a related row. */
    public Q<R> notNull() {
        return Q.leaf(key().then(List.of(Lookup.ISNULL.key())), false);
    }

    /** A column of text. */
    protected final TextCol<R> textCol(String column) {
        return add(new TextCol<>(place(column, String.class)));
    }

    /** A column of integers. */
    protected final LongCol<R> longCol(String column) {
        return add(new LongCol<>(place(column, Long.class)));
    }

    /** A column of integers of at most 32 bits. */
    protected final IntCol<R> intCol(String column) {
        return add(new IntCol<>(place(column, Integer.class)));
    }

    /** A column of floating point numbers. */
    protected final RealCol<R> realCol(String column) {
        return add(new RealCol<>(place(column, Double.class)));
    }

    /** A column of decimal numbers. */
    protected final DecimalCol<R> decimalCol(String column) {
        return add(new DecimalCol<>(place(column, BigDecimal.class)));
    }

    /** A column of true and false. */
    protected final BoolCol<R> boolCol(String column) {
        return add(new BoolCol<>(place(column, Boolean.class)));
    }

    /** A column of dates. */
    protected final DateCol<R> dateCol(String column) {
        return add(new DateCol<>(place(column, LocalDate.class)));
    }

    /** A column of times of a day. */
    protected final TimeCol<R> timeCol(String column) {
        return add(new TimeCol<>(place(column, LocalTime.class)));
    }

    /** A column of dates with times. */
    protected final DateTimeCol<R> dateTimeCol(String column) {
        return add(new DateTimeCol<>(place(column, LocalDateTime.class)));
    }

    /** A column of points in time. */
    protected final InstantCol<R> instantCol(String column) {
        return add(new InstantCol<>(place(column, Instant.class)));
    }

    /** A column of bytes. */
    protected final BlobCol<R> blobCol(String column) {
        return add(new BlobCol<>(place(column, ByteBuffer.class)));
    }

    /** A column of UUIDs. */
    protected final UuidCol<R> uuidCol(String column) {
        return add(new UuidCol<>(place(column, UUID.class)));
    }

    /** A column of JSON text. */
    protected final JsonCol<R> jsonCol(String column) {
        return add(new JsonCol<>(place(column, String.class)));
    }

    /** A column of values of any type. */
    protected final AnyCol<R> anyCol(String column) {
        return add(new AnyCol<>(place(column, Object.class)));
    }

    /** A column of names of constants. */
    protected final <E extends Enum<E>> EnumCol<R, E> enumCol(String column, Class<E> type) {
        return add(new EnumCol<>(place(column, type)));
    }

    /** A column whose values are made by a mapping. */
    protected final <V> MappedCol<R, V> mappedCol(String column, Mapping<V, ?> mapping) {
        return add(new MappedCol<>(place(column, Reading.of(mapping))));
    }

    /**
     * A relation of this table to any number of rows.
     *
     * @param target the related table as a root
     */
    protected final <U, B extends Table<U, U>> ToMany<R, U, B> toMany(String relation, B target) {
        return new ToMany<>(root, KeyPath.of(way).then(List.of(relation)), target, null);
    }

    private <V> Place<V> place(String column, Class<V> type) {
        return place(column, Reading.of(type));
    }

    private <V> Place<V> place(String column, Reading type) {
        columns.add(column);
        return new Place<>(way, column, columns.size() - 1, type);
    }

    private <C extends Expr<R, ?>> C add(C column) {
        fields.add(column);
        return column;
    }

    /** The table of the query. */
    Table<R, ?> root() {
        return root;
    }

    RecordReader<T> reader() {
        return reader;
    }

    String name() {
        return name;
    }

    List<String> way() {
        return way;
    }

    List<String> columns() {
        return columns;
    }

    boolean isRow(Object value) {
        return rowType.isInstance(value);
    }

    Keyed keyed(Object row) {
        return new RecordKey<>(this, rowType.cast(row));
    }

    /** The columns of a row with their values. */
    Fields fields(Object row) {
        T own = rowType.cast(row);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), stored(own, i));
        }
        return Fields.of(values);
    }

    /** What the value of a row in a column is stored as. */
    @Nullable Object stored(T row, int column) {
        return fields.get(column).stored(value(row, column));
    }

    private KeyPath key() {
        return KeyPath.of(way.isEmpty() ? List.of("pk") : way);
    }

    /** The way from the root, as in keys; the name of the table for the root. */
    @Override
    public String toString() {
        return way.isEmpty() ? name : key().text();
    }
}
