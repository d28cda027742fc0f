package rillite.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rillite.cli.Printable;
import rillite.cli.page.Graph.Size;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Table;

/**
 * A table in the diagram.
 *
 * @param table the table
 * @param title its name, cut to fit
 * @param lines its columns
 * @param more how many columns are left out
 */
record Box(Table table, String title, List<Line> lines, int more) {

    static final int HEAD = 28;
    static final int LINE = 18;
    static final int PADDING = 10;
    private static final double CHARACTER = 7.3;
    private static final int MOST_CHARACTERS = 24;
    private static final int MOST_TYPE = 10;
    private static final int MOST_LINES = 12;
    private static final int MANY_TABLES = 60;
    private static final int VERY_MANY_TABLES = 250;

    /**
     * A column in the diagram.
     *
     * @param column its name as it is in the table
     * @param name the name, cut to fit
     * @param type the first word of its declared type
     * @param key whether it belongs to the primary key
     * @param reference whether it belongs to a foreign key
     */
    record Line(String column, String name, String type, boolean key, boolean reference) {}

    Box {
        lines = List.copyOf(lines);
    }

    /** The more tables there are, the less is said of each. */
    static Box of(Table table, int tables) {
        List<Line> all = new ArrayList<>();
        for (Column column : table.visibleColumns()) {
            boolean reference =
                    table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()));
            all.add(new Line(
                    column.name(),
                    Printable.cut(Printable.of(column.name()), MOST_CHARACTERS),
                    type(column),
                    column.keyPosition() > 0,
                    reference));
        }
        List<Line> keys =
                all.stream().filter(line -> line.key() || line.reference()).toList();
        List<Line> lines;
        if (tables > VERY_MANY_TABLES) {
            lines = List.of();
        } else if (tables > MANY_TABLES || keys.size() >= MOST_LINES) {
            lines = keys.subList(0, Math.min(keys.size(), MOST_LINES));
        } else {
            lines = some(all, MOST_LINES - keys.size());
        }
        String title = Printable.cut(Printable.of(table.name()), MOST_CHARACTERS + MOST_TYPE);
        return new Box(table, title, lines, all.size() - lines.size());
    }

    /** All keys and as many others, in the order of the table. */
    private static List<Line> some(List<Line> all, int others) {
        List<Line> some = new ArrayList<>();
        int left = others;
        for (Line line : all) {
            if (line.key() || line.reference() || left-- > 0) {
                some.add(line);
            }
        }
        return some;
    }

    private static String type(Column column) {
        String word = column.declaredType().strip().split("[\\s(]", 2)[0];
        return Printable.cut(Printable.of(word), MOST_TYPE).toLowerCase(Locale.ROOT);
    }

    boolean hasMore() {
        return more > 0 && !lines.isEmpty();
    }

    Size size() {
        int characters = Printable.width(title) + 1;
        for (Line line : lines) {
            characters = Math.max(characters, Printable.width(line.name()) + Printable.width(line.type()) + 6);
        }
        int below = lines.size() + (hasMore() ? 1 : 0);
        return new Size(
                (int) (Math.max(12, characters) * CHARACTER) + 2 * PADDING,
                HEAD + (below == 0 ? 0 : below * LINE + PADDING));
    }

    /** How far below its upper edge the first column of a key is, the middle of the head when it is not shown. */
    int port(List<String> columns) {
        for (int i = 0; i < lines.size(); i++) {
            if (columns.contains(lines.get(i).column())) {
                return HEAD + LINE * i + LINE / 2 + PADDING / 2;
            }
        }
        return HEAD / 2;
    }

    /** The columns of the table that a foreign key references. */
    static List<String> referenced(ForeignKey key, Table parent) {
        return key.parentColumns().isEmpty()
                ? parent.primaryKey().stream().map(Column::name).toList()
                : key.parentColumns();
    }
}
