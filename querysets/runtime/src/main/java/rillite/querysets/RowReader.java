package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows, with the rows joined to them, of the cells of a result. Shared by all results of a query. */
final class RowReader {

    private final RowShape shape;
    private final int from;
    private final Part[] parts;

    /**
     * A joined row.
     *
     * @param slot its place in the row to which it is joined
     * @param evidence position of a cell that is NULL when there is no such row
     */
    record Part(int slot, int evidence, RowReader reader) {}

    /**
     * Creates a reader.
     *
     * @param from position of its first cell
     */
    RowReader(RowShape shape, int from, List<Part> parts) {
        this.shape = shape;
        this.from = from;
        this.parts = parts.toArray(new Part[0]);
    }

    RowShape shape() {
        return shape;
    }

    rillite.querysets.Row read(Row cells) {
        @Nullable Object[] values = CellReader.read(cells, shape, from);
        rillite.querysets.Row row = new rillite.querysets.Row(shape, values);
        for (Part part : parts) {
            row.put(part.slot, isAbsent(cells, part) ? null : part.reader.read(cells));
        }
        return row;
    }

    private static boolean isAbsent(Row cells, Part part) {
        RowReader reader = part.reader;
        return CellReader.read(cells, part.evidence, reader.shape.type(part.evidence - reader.from)) == null;
    }
}
