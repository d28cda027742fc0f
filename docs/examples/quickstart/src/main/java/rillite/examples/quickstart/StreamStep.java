package rillite.examples.quickstart;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rillite.examples.quickstart.Explorer.Query;
import rillite.examples.quickstart.Explorer.TableInfo;

/** One query: its SQL, its plan, its rows as they come. */
final class StreamStep implements Step {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 3;

    @Override
    public String title() {
        return "2. A query streams";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        TableInfo table = tour.explorer().tables().stream()
                .filter(candidate -> candidate.name().equals("book"))
                .findFirst()
                .orElse(tour.largest());
        Query query = tour.explorer().showcase(table);
        screen.say("A query is a value until somebody subscribes; then it is exactly one statement.");
        screen.code("Java  " + query.java());
        screen.code("SQL   " + folded(query.sql()));
        if (!query.binds().isEmpty()) {
            screen.code("binds " + query.binds());
        }
        for (String line : query.plan().blockOptional().orElseThrow()) {
            screen.code("plan  " + line);
        }
        AtomicLong rows = new AtomicLong();
        AtomicLong first = new AtomicLong();
        long start = System.nanoTime();
        query.rows()
                .doOnNext(row -> {
                    if (rows.incrementAndGet() == 1) {
                        first.set(System.nanoTime() - start);
                    }
                    if (rows.get() <= SHOWN) {
                        show(screen, row);
                    }
                })
                .take(PATIENCE)
                .blockLast();
        double seconds = (System.nanoTime() - start) / 1e9;
        screen.say(
                "%,d rows of \"%s\" in %.0f ms (%,.0f rows/s), the first after %.1f ms.",
                rows.get(), table.name(), seconds * 1e3, rows.get() / seconds, first.get() / 1e6);
    }

    /** A new line before each clause of a long statement. */
    private static String folded(String sql) {
        return sql.length() <= 90 ? sql : sql.replaceAll(" (FROM|WHERE|ORDER BY) ", "\n        $1 ");
    }

    private static void show(Screen screen, Map<String, @Nullable Object> row) {
        screen.code("row   " + Screen.cut(Rows.json(row), 100));
    }
}
