package rillite.cli.data;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Json;

/** Rows as JSON objects: in one array, or one in each line. */
final class JsonRows implements RowWriter {

    private final PrintWriter out;
    private final boolean array;
    private boolean first = true;

    private JsonRows(PrintWriter out, boolean array) {
        this.out = out;
        this.array = array;
    }

    static JsonRows array(RowFormat.Sheet sheet) {
        return new JsonRows(sheet.out(), true);
    }

    static JsonRows lines(RowFormat.Sheet sheet) {
        return new JsonRows(sheet.out(), false);
    }

    @Override
    public boolean hasHead() {
        return false;
    }

    @Override
    public void begin(List<String> names) {}

    @Override
    public void row(List<String> names, List<@Nullable Object> values) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            object.put(names.get(i), values.get(i));
        }
        if (array) {
            out.print(first ? "[\n" : ",\n");
            out.print(Json.line(object));
        } else {
            out.print(Json.line(object));
            out.print('\n');
        }
        first = false;
    }

    @Override
    public void end(long rows) {
        if (array) {
            out.print(first ? "[]\n" : "\n]\n");
        }
    }
}
