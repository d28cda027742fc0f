package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** A subscriber that asks for one row at a time while ten gigabytes of rows wait to be asked for. */
final class SlowStep implements Step {

    private static final String TEN_GIGABYTES = "WITH RECURSIVE n(i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000) SELECT printf('%01024d', i) FROM n";
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration WATCHED = Duration.ofSeconds(3);

    @Override
    public String title() {
        return "3. A slow subscriber holds everything back, and nothing grows";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        screen.say(
                "10,000,000 rows of 1 KB are ready to be read; the subscriber asks with request(1) every %d ms.",
                PACE.toMillis());
        Mono<Long> other = Mono.delay(WATCHED.dividedBy(2))
                .flatMap(tick -> tour.explorer().count(tour.largest().name()).timed())
                .map(timed -> timed.elapsed().toMillis())
                .timeout(WATCHED)
                .onErrorReturn(-1L);
        Result result = requireNonNull(Mono.zip(slowly(tour), other, (heap, millis) -> new Result(heap, millis))
                .block());
        List<Long> heap = result.heap();
        screen.code("heap in use after each second: "
                + String.join(", ", heap.stream().map(SlowStep::megabytes).toList()));
        screen.say(
                "%s while 10 GB wait: the cursor rests in SQLite between requests and holds no thread.",
                megabytes(heap.get(heap.size() - 1)));
        if (result.otherMillis() >= 0) {
            screen.say(
                    "Another query on the same file, asked meanwhile, was answered in %,d ms.", result.otherMillis());
        }
    }

    /** Heap after a collection, once at the beginning and once per watched second, the cursor still open. */
    private static Mono<List<Long>> slowly(Tour tour) {
        long perSecond = Duration.ofSeconds(1).dividedBy(PACE);
        return Sql.on(
                        tour.file(),
                        connection -> Sql.query(
                                connection, TEN_GIGABYTES, (row, metadata) -> requireNonNull(row.get(0, String.class))))
                .concatMap(row -> Mono.delay(PACE).thenReturn(row), 1)
                .index()
                .take(perSecond * WATCHED.toSeconds() + 1)
                .filter(row -> row.getT1() % perSecond == 0)
                .map(row -> usedHeap())
                .collectList();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private record Result(List<Long> heap, long otherMillis) {}
}
