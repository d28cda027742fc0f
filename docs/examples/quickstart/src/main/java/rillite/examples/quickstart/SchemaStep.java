package rillite.examples.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Timed;
import rillite.querysets.Database;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Table;

/** Prints the discovered tables. */
final class SchemaStep {

    private static final int SHOWN = 25;
    private static final int COLUMNS = 25;
    private static final int VIEWS = 5;

    private SchemaStep() {}

    static void print(Screen screen, Timed<Database> discovered, Map<Table, Long> counts) {
        Database database = discovered.get();
        screen.heading("1. The schema, without writing a class");
        screen.say(
                "%s, read by SQLite %s from the file itself in %,d ms:",
                Screen.count(counts.size(), "table"),
                database.schema().sqliteVersion(),
                discovered.elapsed().toMillis());
        screen.space();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table", "rows", "columns"));
        counts.entrySet().stream()
                .limit(SHOWN)
                .forEach(entry -> rows.add(List.of(
                        entry.getKey().name(), rowCount(entry.getValue()), listed(columns(entry.getKey()), COLUMNS))));
        screen.table("lrl", rows);
        screen.space();
        screen.code("* primary key, -> reference to another table");
        if (counts.size() > SHOWN) {
            screen.code("and " + Screen.count(counts.size() - SHOWN, "more table"));
        }
        if (counts.containsValue(Tables.UNCOUNTED)) {
            screen.code("? stands for a table that could not be counted within two seconds.");
        }
        List<String> views = Tables.views(database);
        if (!views.isEmpty()) {
            screen.space();
            screen.say("%s can be queried too: %s.", Screen.count(views.size(), "view"), listed(views, VIEWS));
        }
    }

    private static String rowCount(long rows) {
        return rows == Tables.UNCOUNTED ? "?" : String.format(Locale.ROOT, "%,d", rows);
    }

    private static String listed(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + ", and " + (names.size() - most) + " more";
    }

    /** A key of several columns that refers to another table stands at the end, in brackets. */
    private static List<String> columns(Table table) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Column column : table.visibleColumns()) {
            texts.put(column.name(), (column.keyPosition() > 0 ? "*" : "") + column.name());
        }
        for (ForeignKey key : table.foreignKeys()) {
            String parent = " -> " + key.parentTable();
            if (key.columns().size() == 1) {
                texts.computeIfPresent(key.columns().get(0), (name, text) -> text + parent);
            } else {
                String several = "(" + String.join(", ", key.columns()) + ")" + parent;
                texts.put(several, several);
            }
        }
        return List.copyOf(texts.values());
    }
}
