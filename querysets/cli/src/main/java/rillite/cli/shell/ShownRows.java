package rillite.cli.shell;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Json;
import rillite.cli.Output;
import rillite.cli.Printable;
import rillite.cli.TextTable;
import rillite.cli.Titles;

/** The rows of one answer: printed as they come for programs, else kept until all are there, cut to what a screen shows. */
final class ShownRows implements Runner.Rows {

    /** Characters that may take one column together: letters with their marks. */
    private static final int CHARACTERS = 16;

    private final Output output;
    private final List<Object[]> lines = new ArrayList<>();
    private List<String> names = List.of();
    /** The names as JSON has them, each of another one. */
    private List<String> members = List.of();

    private boolean[] texts = {};

    ShownRows(Output output) {
        this.output = output;
    }

    @Override
    public void row(List<String> names, List<@Nullable Object> values) {
        if (output.isJson()) {
            output.print(Json.line(members(names, values)));
            return;
        }
        if (lines.isEmpty()) {
            this.names = names;
            texts = new boolean[names.size()];
        }
        Object[] line = new Object[texts.length];
        for (int i = 0; i < line.length; i++) {
            Object value = values.get(i);
            texts[i] |= value != null && !(value instanceof Number);
            line[i] = cut(shown(value));
        }
        lines.add(line);
    }

    /** Prints what was kept. */
    void end() {
        if (lines.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(names);
        lines.forEach(table::row);
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i]) {
                table.right(i);
            }
        }
        output.table(table, "");
    }

    private Map<String, @Nullable Object> members(List<String> names, List<@Nullable Object> row) {
        if (members.isEmpty()) {
            members = Titles.distinct(names);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            values.put(members.get(i), row.get(i));
        }
        return values;
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return Json.line(value);
        }
        return value instanceof ByteBuffer bytes
                ? "(" + Output.count(bytes.remaining(), "byte") + ")"
                : value.toString();
    }

    private String cut(String text) {
        int width = Math.min(output.width(), TextTable.WIDEST);
        int most = CHARACTERS * width;
        return Printable.cut(text.length() > most ? text.substring(0, most) + "\u2026" : text, width);
    }
}
