package rillite.cli.data;

import java.io.PrintWriter;
import java.util.function.Function;

/** How rows are written. */
enum RowFormat {
    /** Columns side by side, for people. */
    TABLE(TableRows::new),
    /** Comma-separated values, RFC 4180. */
    CSV(CsvRows::new),
    /** One array of objects. */
    JSON(JsonRows::array),
    /** One object in each line. */
    NDJSON(JsonRows::lines);

    private final Function<Sheet, RowWriter> maker;

    RowFormat(Function<Sheet, RowWriter> maker) {
        this.maker = maker;
    }

    /**
     * Where rows are written.
     *
     * @param width columns of the screen
     */
    record Sheet(PrintWriter out, int width, boolean coloured) {}

    RowWriter writer(Sheet sheet) {
        return maker.apply(sheet);
    }
}
