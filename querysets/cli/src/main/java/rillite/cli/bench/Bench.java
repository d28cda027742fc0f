package rillite.cli.bench;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.cli.OpenDatabase;
import rillite.querysets.Row;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteCapabilities;

/** Writes and reads a new file for some seconds, each kind of work for the same time. */
final class Bench {

    private static final int MOST_ROWS = 400_000;
    private static final int AT_A_TIME = 64;
    private static final String TEXT = "a line of text that is about as long as the names and titles of most tables";

    private final OpenDatabase open;
    private final Duration each;
    private final Consumer<Measurement> report;
    private long rows;

    /**
     * @param open a new database
     * @param each how long each kind of work may take
     * @param report is told of each result
     */
    Bench(OpenDatabase open, Duration each, Consumer<Measurement> report) {
        this.open = open;
        this.each = each;
        this.report = report;
    }

    void run() {
        execute("CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL, note TEXT)");
        execute("CREATE TABLE entry(id INTEGER PRIMARY KEY, item INTEGER NOT NULL, at INTEGER NOT NULL)");
        open.database().refresh().block();
        measure("rows imported", this::importRows);
        measure("rows streamed", this::stream);
        measure("rows read by key, " + AT_A_TIME + " at a time", end -> many(end, AT_A_TIME, this::read));
        measure("commits, one after another", end -> many(end, 1, this::write));
        measure("commits, " + AT_A_TIME + " at a time", end -> many(end, AT_A_TIME, this::write));
    }

    private void execute(String sql) {
        open.database().sql(sql).execute().block();
    }

    /** Work that gives how much of it was done, and begins nothing after an end in nanoseconds. */
    private interface Work {
        Mono<Long> until(long end);
    }

    private void measure(String name, Work work) {
        long start = System.nanoTime();
        long count = Objects.requireNonNull(work.until(start + each.toNanos()).block());
        report.accept(new Measurement(name, count, Duration.ofNanos(System.nanoTime() - start)));
    }

    private Mono<Long> importRows(long end) {
        Flux<Object[]> source = Flux.range(1, MOST_ROWS)
                .takeWhile(id -> System.nanoTime() < end)
                .map(id -> new Object[] {(long) id, "item " + id, id / 100.0, TEXT});
        return SqliteCapabilities.require(open.connections(), SqliteBulk.class)
                .insert("INSERT INTO item(id, name, price, note) VALUES (?, ?, ?, ?)", source)
                .result()
                .map(BulkProgress::rows)
                .doOnNext(count -> rows = count);
    }

    private Mono<Long> stream(long end) {
        return Flux.from(open.database().objects("item"))
                .repeat(() -> System.nanoTime() < end)
                .takeWhile(row -> System.nanoTime() < end)
                .count();
    }

    private Mono<Row> read(long number) {
        // far apart, so that not all of them are on one page
        return open.database()
                .objects("item")
                .filter("id", 1 + number * 7919 % Math.max(1, rows))
                .first();
    }

    private Mono<Long> write(long number) {
        return open.database()
                .sql("INSERT INTO entry(item, at) VALUES (?, ?)", number, System.nanoTime())
                .execute();
    }

    private static Mono<Long> many(long end, int atATime, LongFunction<? extends Publisher<?>> one) {
        AtomicLong next = new AtomicLong();
        return Flux.<Long>generate(sink -> {
                    if (System.nanoTime() < end) {
                        sink.next(next.incrementAndGet());
                    } else {
                        sink.complete();
                    }
                })
                .flatMap(one::apply, atATime, 1)
                .count();
    }
}
