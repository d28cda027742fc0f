package rillite.cli.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.cli.Output;
import rillite.cli.Printable;
import rillite.cli.TextTable;

/** Rows as columns side by side. The widths are those of the first rows. */
final class TableRows implements RowWriter {

    private static final int WINDOW = 500;

    private final RowFormat.Sheet sheet;
    private final List<List<Cell>> window = new ArrayList<>();
    private List<String> names = List.of();
    private boolean begun;

    private record Cell(String text, boolean empty, boolean number) {

        // what no screen shows is not kept
        static Cell of(@Nullable Object value, int width) {
            return new Cell(Printable.cut(ValueText.shown(value), width), value == null, value instanceof Number);
        }
    }

    TableRows(RowFormat.Sheet sheet) {
        this.sheet = sheet;
    }

    @Override
    public void begin(List<String> names) {
        this.names = names;
    }

    @Override
    public void row(List<String> names, List<@Nullable Object> values) {
        int width = Math.min(sheet.width(), TextTable.WIDEST);
        window.add(values.stream().map(value -> Cell.of(value, width)).toList());
        if (window.size() == WINDOW) {
            print();
        }
    }

    private void print() {
        TextTable table = new TextTable(names);
        for (List<Cell> row : window) {
            table.row(row.stream().map(Cell::text).toArray());
        }
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            List<Cell> filled = window.stream()
                    .map(row -> row.get(column))
                    .filter(cell -> !cell.empty())
                    .toList();
            if (!filled.isEmpty() && filled.stream().allMatch(Cell::number)) {
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
