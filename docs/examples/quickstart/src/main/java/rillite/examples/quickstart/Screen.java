package rillite.examples.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints headings, sentences and small tables, 100 columns wide. */
final class Screen {

    private static final int WIDTH = 100;

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(Math.min(WIDTH, text.length())));
    }

    /** A sentence with format arguments; breaks between words. */
    void say(String format, Object... values) {
        StringBuilder line = new StringBuilder();
        for (String word : String.format(Locale.ROOT, format, values).split(" ")) {
            if (line.length() > 0 && line.length() + word.length() + 1 > WIDTH) {
                out.println(line);
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        out.println(line);
    }

    /** A line as it is, indented. */
    void code(String text) {
        text.lines().forEach(line -> out.println("    " + line));
    }

    /** The first row is the head; long cells are cut. */
    void table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Math.min(row.get(i).length(), i == row.size() - 1 ? WIDTH : 40);
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("    ");
            for (int i = 0; i < row.size(); i++) {
                String cell = cut(row.get(i), widths.get(i));
                line.append(cell).append(" ".repeat(widths.get(i) - cell.length() + 2));
            }
            out.println(cut(line.toString().stripTrailing(), WIDTH + 20));
        }
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }
}
