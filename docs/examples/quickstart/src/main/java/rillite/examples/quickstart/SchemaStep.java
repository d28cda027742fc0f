package rillite.examples.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rillite.examples.quickstart.Explorer.TableInfo;

/** Prints the discovered tables; also finds the largest. */
final class SchemaStep {

    private static final int SHOWN = 25;
    private static final Duration COUNTING = Duration.ofSeconds(2);

    private SchemaStep() {}

    /** Rows per table; a table that cannot be counted within two seconds for all counts as endless. */
    static Map<TableInfo, Long> count(Explorer explorer) {
        Map<TableInfo, Long> counts = new LinkedHashMap<>();
        long end = System.nanoTime() + COUNTING.toNanos();
        for (TableInfo table : explorer.tables()) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            Long rows = explorer.count(table.name())
                    .timeout(left)
                    .onErrorReturn(Long.MAX_VALUE)
                    .block();
            counts.put(table, rows == null ? Long.MAX_VALUE : rows);
        }
        return counts;
    }

    static void print(Screen screen, Map<TableInfo, Long> counts, long millis) {
        screen.heading("1. The schema, discovered");
        screen.say(
                "No entity classes and no schema file: %,d tables read from the file itself in %,d ms.",
                counts.size(), millis);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table", "rows", "key", "references", "columns"));
        counts.entrySet().stream().limit(SHOWN).forEach(entry -> {
            TableInfo table = entry.getKey();
            rows.add(List.of(
                    table.name(),
                    entry.getValue() == Long.MAX_VALUE ? "?" : String.format(Locale.ROOT, "%,d", entry.getValue()),
                    String.join(", ", table.key()),
                    String.join(", ", table.references()),
                    String.join(", ", table.columns())));
        });
        screen.table(rows);
        if (counts.size() > SHOWN) {
            screen.say("    and %,d more", counts.size() - SHOWN);
        }
    }
}
