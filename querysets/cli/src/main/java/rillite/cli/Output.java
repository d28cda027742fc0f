package rillite.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command prints: sentences and tables for people, or JSON for programs. */
public final class Output {

    private final Terminal terminal;
    private final boolean json;

    public Output(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Whether a program reads it: then nothing but JSON belongs here. */
    public boolean isJson() {
        return json;
    }

    /** Columns of the screen. */
    public int width() {
        return terminal.width();
    }

    public void blank() {
        terminal.out().println();
    }

    /** A line; whatever would steer the screen is made visible. */
    public void say(String line) {
        terminal.out().println(Printable.of(line));
    }

    /** A line that looks like that. */
    public void say(Style style, String line) {
        terminal.out().println(paint(style, line));
    }

    /** A piece of a line for {@link #print}. */
    public String paint(Style style, String text) {
        return style.paint(Printable.of(text), terminal.coloured());
    }

    /** A line of pieces that are printable already. */
    public void print(String painted) {
        terminal.out().println(painted);
    }

    /** Several lines, indented; each is made printable. */
    public void block(String text, String indent) {
        text.lines().forEach(line -> terminal.out().println(indent + Printable.of(line)));
    }

    void heading(String title) {
        blank();
        say(Style.BOLD, title);
    }

    public void table(TextTable table, String indent) {
        table.lines(terminal.width() - indent.length(), terminal.coloured())
                .forEach(line -> terminal.out().println(indent + line));
    }

    public void json(@Nullable Object value) {
        terminal.out().println(Json.pretty(value));
    }

    /** Lets whoever reads see what was printed so far. */
    public void flush() {
        terminal.out().flush();
    }

    /** A line beside the answer: where programs read the answer, it does not disturb them. */
    public void note(String line) {
        terminal.err().println(Printable.of(line));
        terminal.err().flush();
    }

    /** A number with its noun, which takes an s unless the number is one. */
    public static String count(long number, String noun) {
        return Numbers.grouped(number) + " " + noun + (number == 1 ? "" : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("x") ? "es" : "s";
    }

    /** The first few of a list, and how many more there are. */
    static String some(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + Numbers.grouped(names.size() - most) + " more";
    }
}
