package rillite.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells as lines of a screen. Cells are made printable; long ones are cut. */
public final class TextTable {

    /** Columns that a cell takes at the most, also where there is no screen. */
    public static final int WIDEST = 1000;

    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    /**
     * @param head titles of the columns; one that ends with {@code >} stands at the right, as numbers do
     */
    TextTable(String... head) {
        this(Arrays.stream(head).map(title -> title.replace(">", "")).toList());
        for (int i = 0; i < head.length; i++) {
            right[i] = head[i].endsWith(">");
        }
    }

    /** Titles as a database has them. */
    public TextTable(List<String> head) {
        right = new boolean[head.size()];
        this.head = head.stream().map(Printable::of).toList();
    }

    public TextTable row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(Printable.of(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** Puts the cells of a column, counted from 0, at the right. */
    public TextTable right(int column) {
        right[column] = true;
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, the titles first, none wider than the screen where cutting the widest cells can help it. */
    public List<String> lines(int width, boolean coloured) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(Style.BOLD.paint(line(head, widths), coloured));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths(int width) {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> Printable.width(row.get(column)))
                    .max()
                    .orElse(0);
            widths[i] = Math.min(WIDEST, Math.max(Printable.width(head.get(i)), widest));
        }
        int least = Math.max(8, (width - GAP.length() * (widths.length - 1)) / Math.max(1, widths.length));
        for (int over = total(widths) - width; over > 0; over = total(widths) - width) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= least) {
                return widths;
            }
            widths[widest] = Math.max(least, widths[widest] - over);
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP)
                    .append(Printable.pad(Printable.cut(cells.get(i), widths[i]), widths[i], right[i]));
        }
        return line.toString().stripTrailing();
    }
}
