package rillite.querysets;

import java.util.List;
import java.util.function.Function;

/**
 * How a query makes values of a Java type of its rows, without a {@link Row} between where nothing else is to be loaded.
 *
 * @param columns of the table class, in its order
 * @param reading makes the value; is given each row in turn
 */
record RecordReader<T>(List<String> columns, Function<RowReader, T> reading) implements Function<Row, T> {

    /** Reads whole rows of a table class. */
    static <T> RecordReader<T> of(Table<?, T> table) {
        return new RecordReader<>(table.columns(), table::read);
    }

    /** Reads chosen values by their position. */
    static <T> RecordReader<T> ofValues(Function<RowReader, T> reading) {
        return new RecordReader<>(List.of(), reading);
    }

    /** Makes values of the driver's rows. */
    Function<io.r2dbc.spi.Row, T> direct(RowShape shape) {
        int[] positions = positions(shape);
        return row -> reading.apply(new RowReader(new RowCells.Driven(row, shape), positions));
    }

    @Override
    public T apply(Row row) {
        return reading.apply(new RowReader(new RowCells.Held(row), positions(row.shape())));
    }

    private int[] positions(RowShape shape) {
        return columns.stream().mapToInt(shape::position).toArray();
    }
}
