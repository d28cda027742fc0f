package rillite.examples.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints headings, sentences and small tables, 80 columns wide. */
final class Screen {

    static final int WIDTH = 80;
    private static final String INDENT = "    ";
    private static final String LABEL = "%-8s";
    private static final int CELL = 24;
    private static final int TALL = 12;

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    void space() {
        out.println();
    }

    void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(Math.min(WIDTH, text.length())));
    }

    /** A sentence with format arguments; breaks between words. */
    void say(String format, Object... values) {
        lines(String.format(Locale.ROOT, format, values), " ", WIDTH).forEach(this::print);
    }

    /** A line as it is, indented. */
    void code(String text) {
        print(INDENT + text);
    }

    /**
     * A text after its label.
     *
     * @param breaks where a new line may begin, as a regular expression; at the line breaks of the text it does;
     *     what does not fit into a dozen lines is left out
     */
    void labelled(String label, String text, String breaks) {
        String head = INDENT + String.format(Locale.ROOT, LABEL, label);
        List<String> lines = lines(text, breaks, WIDTH - head.length());
        List<String> shown = lines.size() <= TALL ? lines : lines.subList(0, TALL);
        for (String line : shown) {
            print((head + line).stripTrailing());
            head = " ".repeat(head.length());
        }
        if (shown.size() < lines.size()) {
            print(head + "... and " + count(lines.size() - shown.size(), "more line"));
        }
    }

    /**
     * A table; its first row is the head. Long cells are cut, those of the last column go on in the next line.
     *
     * @param alignment {@code l} or {@code r} for each column
     */
    void table(String alignment, List<List<String>> table) {
        List<List<String>> rows = table.stream()
                .map(row -> row.stream().map(Screen::harmless).toList())
                .toList();
        int last = alignment.length() - 1;
        int[] widths = new int[last + 1];
        for (List<String> row : rows) {
            for (int i = 0; i <= last; i++) {
                widths[i] = Math.max(
                        widths[i],
                        i == last
                                ? row.get(i).length()
                                : Math.min(CELL, row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int i = 0; i < last; i++) {
                line.append(padded(cut(row.get(i), widths[i]), widths[i], alignment.charAt(i)))
                        .append("  ");
            }
            int left = WIDTH - line.length();
            for (String part : lines(row.get(last), "(?<=,) ", left)) {
                line.append(padded(part, Math.min(left, widths[last]), alignment.charAt(last)));
                print(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(WIDTH - left));
            }
        }
    }

    /** A number with its noun, which takes an s unless the number is one. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }

    private void print(String line) {
        out.println(harmless(line));
    }

    /** Names and values come from a file: whatever would steer the terminal is shown as a question mark. */
    private static String harmless(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }

    private static String padded(String text, int width, char alignment) {
        String space = " ".repeat(Math.max(0, width - text.length()));
        return alignment == 'r' ? space + text : text + space;
    }

    /** Breaks a text at some of the places where it may be broken, so that lines are no longer than need be. */
    private static List<String> lines(String text, String breaks, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n")) {
            String line = "";
            int start = 0;
            for (String piece : paragraph.split(breaks)) {
                int at = paragraph.indexOf(piece, start);
                String gap = paragraph.substring(start, at);
                start = at + piece.length();
                if (!line.isEmpty() && line.length() + gap.length() + piece.length() > width) {
                    lines.add(line);
                    line = piece;
                } else {
                    line = line + gap + piece;
                }
            }
            lines.add(line);
        }
        return lines;
    }
}
