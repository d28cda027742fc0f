package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.LaneStats;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;

/** Many subscribers insert single rows at once, each in autocommit, into a scratch file. */
final class WriterStep implements Step {

    private static final int WRITERS = 500;
    private static final int EACH = 40;
    private static final Duration ALONE = Duration.ofMillis(500);
    private static final String TABLE =
            "CREATE TABLE visit(id INTEGER PRIMARY KEY, writer INTEGER NOT NULL, page TEXT NOT NULL)";

    @Override
    public String title() {
        return "4. 500 writers at once, and no \"database is locked\"";
    }

    @Override
    public void run(Tour tour) {
        ConnectionFactory factory = Sql.open(tour.scratch().file("writers.db"), "");
        try {
            Sql.on(factory, connection -> Sql.update(connection, TABLE)).blockLast();
            write(tour.screen(), factory);
        } finally {
            Sql.close(factory).block();
        }
    }

    private static void write(Screen screen, ConnectionFactory factory) {
        screen.say(
                "Into a scratch file: first one writer alone, then %d at once, %d rows each, one by one. A writer goes on"
                        + " when its row is committed and safe on disk (synchronous=FULL).",
                WRITERS, EACH);
        screen.space();
        LongAdder failed = new LongAdder();
        long end = System.nanoTime() + ALONE.toNanos();
        Load alone = Load.measured(
                factory, writer(factory, 0, Integer.MAX_VALUE, failed).takeUntil(row -> System.nanoTime() > end));
        Load together = Load.measured(
                factory, Flux.range(1, WRITERS).flatMap(writer -> writer(factory, writer, EACH, failed), WRITERS));
        screen.table(
                "rrrrr",
                List.of(
                        List.of("writers", "commits", "time", "commits per second", "transactions"),
                        alone.line(1),
                        together.line(WRITERS)));
        screen.space();
        long rows = rows(factory);
        screen.say(
                "%s in the file, %,d failed. SQLite lets one writer in at a time, so all writes wait in one queue; those that"
                        + " wait together form a group and share a transaction: %s of %,.0f rows on average. The other %s met nobody and had one each.",
                Screen.count(rows, "row"),
                failed.sum(),
                Screen.count(together.groups(), "group"),
                together.grouped() / (double) Math.max(1, together.groups()),
                Screen.count(together.commits() - together.grouped(), "row"));
        long acknowledged = alone.commits() + together.commits();
        if (rows != acknowledged || together.commits() != WRITERS * (long) EACH) {
            throw new IllegalStateException("Expected " + WRITERS * EACH + " rows of " + WRITERS + " writers; "
                    + acknowledged + " were acknowledged in all and " + rows + " found.");
        }
    }

    private static Flux<Long> writer(ConnectionFactory factory, int writer, int rows, LongAdder failed) {
        String sql = "INSERT INTO visit(writer, page) VALUES (?, ?)";
        return Sql.on(
                factory,
                connection -> Flux.range(0, rows)
                        .concatMap(i -> Sql.update(connection, sql, writer, "/books/" + i)
                                .onErrorResume(error -> {
                                    failed.increment();
                                    return Mono.just(0L);
                                })));
    }

    private static long rows(ConnectionFactory factory) {
        return requireNonNull(Sql.on(
                        factory,
                        connection -> Sql.query(
                                connection,
                                "SELECT count(*) FROM visit",
                                (row, metadata) -> requireNonNull(row.get(0, Long.class))))
                .blockLast());
    }

    /**
     * What a crowd of writers did.
     *
     * @param groups transactions shared by two rows or more
     * @param grouped rows in them
     * @param transactions all transactions
     */
    private record Load(long commits, long nanos, long groups, long grouped, long transactions) {

        static Load measured(ConnectionFactory factory, Flux<Long> writers) {
            SqliteStatistics engine = SqliteCapabilities.require(factory, SqliteStatistics.class);
            LaneStats before = engine.statistics();
            long start = System.nanoTime();
            long commits = requireNonNull(writers.reduce(0L, Long::sum).block());
            long nanos = System.nanoTime() - start;
            LaneStats after = engine.statistics();
            long groups = after.groups() - before.groups();
            long grouped = after.groupedWrites() - before.groupedWrites();
            return new Load(commits, nanos, groups, grouped, groups + commits - grouped);
        }

        List<String> line(int writers) {
            return List.of(
                    String.format(Locale.ROOT, "%,d", writers),
                    String.format(Locale.ROOT, "%,d", commits),
                    String.format(Locale.ROOT, "%,.0f ms", nanos / 1e6),
                    String.format(Locale.ROOT, "%,.0f", commits * 1e9 / nanos),
                    String.format(Locale.ROOT, "%,d", transactions));
        }
    }
}
