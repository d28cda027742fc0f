package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a query makes values of a Java type of its rows, without a {@link Row} between where nothing is loaded beside them.
 *
 * @param <T> what is made
 */
final class RecordReader<T> implements Function<Row, T> {

    private final @Nullable Table<?, T> table;
    private final List<String> columns;
    private final Function<Cells, T> reading;
    private CellPlaces last = CellPlaces.NONE;

    private RecordReader(@Nullable Table<?, T> table, List<String> columns, Function<Cells, T> reading) {
        this.table = table;
        this.columns = columns;
        this.reading = reading;
    }

    /**
     * Reads whole rows of a table class.
     *
     * @param columns of the table class, in its order
     * @param reading makes the record; is given each row in turn
     */
    static <T> RecordReader<T> of(Table<?, T> table, List<String> columns, Function<Cells, T> reading) {
        return new RecordReader<>(table, columns, reading);
    }

    /** Reads chosen values by their position. */
    static <T> RecordReader<T> ofValues(Function<Cells, T> reading) {
        return new RecordReader<>(null, List.of(), reading);
    }

    /** The same rows, as something made of what this makes of them. */
    <U> RecordReader<U> then(Function<T, Function<Cells, U>> further) {
        return new RecordReader<>(
                null, columns, cells -> further.apply(reading.apply(cells)).apply(cells));
    }

    /** Makes values of the driver's rows. */
    Function<io.r2dbc.spi.Row, T> direct(RowShape shape) {
        CellPlaces places = places(shape);
        return row -> reading.apply(new Cells(new CellSource.Driven(row, shape), places));
    }

    @Override
    public T apply(Row row) {
        return reading.apply(new Cells(new CellSource.Held(row), places(row.shape())));
    }

    /** What names a row: the row itself where it is one of the table class, else what was given. */
    Object key(Object keyOrRow) {
        return table != null && table.isRow(keyOrRow) ? table.keyed(keyOrRow) : keyOrRow;
    }

    /** The columns of a row of the table class with their values; null for anything else. */
    @Nullable Fields fields(Object row) {
        return table != null && table.isRow(row) ? table.fields(row) : null;
    }

    private CellPlaces places(RowShape shape) {
        CellPlaces known = last;
        if (columns.isEmpty() || known.isOf(shape)) {
            return known;
        }
        int[] positions = new int[columns.size()];
        Arrays.setAll(positions, i -> shape.position(columns.get(i)));
        CellPlaces found = new CellPlaces(shape, positions);
        last = found;
        return found;
    }
}
