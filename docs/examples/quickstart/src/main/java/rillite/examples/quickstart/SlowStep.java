package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;

/** A subscriber that asks for one row at a time while ten gigabytes of rows wait to be asked for. */
final class SlowStep implements Step {

    private static final String TEN_GIGABYTES = "WITH RECURSIVE n(i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000) SELECT printf('%01024d', i) FROM n";
    private static final Duration PACE = Duration.ofMillis(2);
    private static final Duration WATCHED = Duration.ofSeconds(3);

    @Override
    public String title() {
        return "3. A slow subscriber, and nothing piles up";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        screen.say(
                "A query has 10,000,000 rows of 1 KB to give (10 GB). Its subscriber asks for one row, rests %d ms, and asks"
                        + " for the next:",
                PACE.toMillis());
        screen.space();
        Watch watch = new Watch(SqliteCapabilities.require(tour.file(), SqliteStatistics.class));
        Mono<Long> other = Mono.delay(WATCHED.dividedBy(2))
                .flatMap(tick -> tour.database()
                        .objects(tour.largest().name())
                        .limit(1)
                        .list()
                        .timed())
                .doOnNext(answer -> watch.elsewhere.addAndGet(answer.get().size()))
                .map(answer -> answer.elapsed().toMillis())
                .timeout(WATCHED)
                .onErrorReturn(-1L);
        long millis =
                requireNonNull(Mono.zip(slowly(tour, watch).then(Mono.just(0L)), other, (done, answered) -> answered)
                        .block());
        screen.table("lrrrr", watch.lines);
        screen.space();
        screen.say(
                "SQLite read at most %s more than the subscriber took (it reads ahead by up to two chunks of 256 KB), and"
                        + " the memory in use stays flat.%s",
                Screen.count(watch.most, "row"),
                millis < 0
                        ? ""
                        : String.format(
                                Locale.ROOT, " Another query, asked in the middle, was answered in %,d ms.", millis));
    }

    /** Looks at the engine at the first row and after each second, the cursor still open. */
    private static Flux<Long> slowly(Tour tour, Watch watch) {
        long perSecond = Duration.ofSeconds(1).dividedBy(PACE);
        return Sql.on(
                        tour.file(),
                        connection -> Sql.query(
                                connection, TEN_GIGABYTES, (row, metadata) -> requireNonNull(row.get(0, String.class))))
                .concatMap(row -> Mono.delay(PACE).thenReturn(row), 1)
                .index()
                .map(row -> row.getT1() + 1)
                .take(perSecond * WATCHED.toSeconds() + 1)
                .doOnNext(taken -> watch.look(taken, taken % perSecond == 1 % perSecond));
    }

    /** What was seen so far; one thread at a time uses it, but for {@code elsewhere}. */
    private static final class Watch {

        private final SqliteStatistics engine;
        private final long before;
        private final long start = System.nanoTime();
        private final AtomicLong elsewhere = new AtomicLong();
        private final List<List<String>> lines = new ArrayList<>();
        private long most;

        Watch(SqliteStatistics engine) {
            this.engine = engine;
            this.before = engine.statistics().rowsRead();
            lines.add(List.of("after", "rows taken", "rows read from SQLite", "difference", "memory in use"));
        }

        void look(long taken, boolean write) {
            long read = engine.statistics().rowsRead() - before - elsewhere.get();
            most = Math.max(most, read - taken);
            if (write) {
                lines.add(List.of(
                        String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9),
                        String.format(Locale.ROOT, "%,d", taken),
                        String.format(Locale.ROOT, "%,d", read),
                        String.format(Locale.ROOT, "%,d", read - taken),
                        String.format(Locale.ROOT, "%.1f MB", usedHeap() / 1e6)));
            }
        }

        private static long usedHeap() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
