package rillite.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as columns side by side. The widths are those of the first rows. */
final class TableRows implements RowWriter {

    private static final int WINDOW = 500;

    private final RowFormat.Sheet sheet;
    private final List<List<@Nullable Object>> window = new ArrayList<>();
    private List<String> names = List.of();
    private boolean begun;

    TableRows(RowFormat.Sheet sheet) {
        this.sheet = sheet;
    }

    @Override
    public void begin(List<String> names) {
        this.names = names;
    }

    @Override
    public void row(List<String> names, List<@Nullable Object> values) {
        window.add(values);
        if (window.size() == WINDOW) {
            print();
        }
    }

    private void print() {
        TextTable table = new TextTable(names);
        for (List<@Nullable Object> row : window) {
            table.row(row.stream().map(ValueText::shown).toArray());
        }
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            if (window.stream().allMatch(row -> row.get(column) == null || row.get(column) instanceof Number)
                    && window.stream().anyMatch(row -> row.get(column) != null)) {
                table.right(column);
            }
        }
        List<String> lines = table.lines(sheet.width(), sheet.coloured());
        (begun ? lines.subList(1, lines.size()) : lines).forEach(sheet.out()::println);
        begun = true;
        window.clear();
    }

    @Override
    public void end(long rows) {
        if (!window.isEmpty() || !begun && !names.isEmpty()) {
            print();
        }
        sheet.out().println("(" + Output.count(rows, "row") + ")");
    }
}
