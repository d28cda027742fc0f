package rillite.examples.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import rillite.querysets.CompiledSql;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.schema.Table;

/** One query: its SQL, its plan, its rows as they come. */
final class StreamStep implements Step {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SHOWN = 3;

    @Override
    public String title() {
        return "2. One query, one SQL statement, a stream of rows";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        Table table = tour.database().schema().find("book").orElse(tour.largest());
        Showcase showcase = Showcase.of(tour.database(), table);
        screen.say("A query is a plain value. It runs when somebody subscribes to it, as exactly this statement:");
        screen.space();
        describe(screen, showcase);
        screen.space();
        Run run = Run.of(showcase.query());
        run.show(screen, table.name());
        run.first().forEach(row -> screen.code(Screen.cut(Rows.json(row.asMap()), Screen.WIDTH - 4)));
        if (!table.equals(tour.largest())) {
            Run.of(tour.database().objects(tour.largest().name()))
                    .show(screen, tour.largest().name());
        }
    }

    private static void describe(Screen screen, Showcase showcase) {
        CompiledSql sql = showcase.query().toSql();
        screen.labelled("Java", showcase.java(), "(?=\\.(?:filter|orderBy)\\()");
        screen.labelled("SQL", sql.sql().replaceAll(" (?=(?:FROM|WHERE|ORDER BY) )", "\n"), "(?<=,) ");
        if (!sql.binds().isEmpty()) {
            screen.labelled("values", sql.binds().toString(), " ");
        }
        String plan = showcase.query().explain().blockOptional().orElseThrow().toString();
        screen.labelled("plan", plan, "\n");
    }

    /** What came of a subscription that was given three seconds. */
    private record Run(List<Row> first, long rows, long firstNanos, long nanos, boolean complete) {

        static Run of(QuerySet<Row> query) {
            List<Row> first = new ArrayList<>();
            long[] seen = new long[2];
            boolean[] complete = new boolean[1];
            long start = System.nanoTime();
            Flux<Row> rows = query.flux().doOnComplete(() -> complete[0] = true);
            rows.doOnNext(row -> {
                        if (seen[0]++ == 0) {
                            seen[1] = System.nanoTime() - start;
                        }
                        if (first.size() < SHOWN) {
                            first.add(row);
                        }
                    })
                    .take(PATIENCE)
                    .blockLast();
            return new Run(first, seen[0], seen[1], System.nanoTime() - start, complete[0]);
        }

        void show(Screen screen, String table) {
            String what = complete ? Screen.count(rows, "row") : "The first " + Screen.count(rows, "row");
            if (rows == 0) {
                screen.say("%s of \"%s\" in %,.1f ms.", complete ? "No row" : "Not one row", table, nanos / 1e6);
            } else if (rows < 10_000) {
                screen.say(
                        "%s of \"%s\" in %,.1f ms, the first after %,.1f ms.",
                        what, table, nanos / 1e6, firstNanos / 1e6);
            } else {
                screen.say(
                        "%s of \"%s\" in %,.0f ms: %,.0f rows per second, the first after %,.1f ms.",
                        what, table, nanos / 1e6, rows * 1e9 / nanos, firstNanos / 1e6);
            }
        }
    }
}
