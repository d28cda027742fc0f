package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import rillite.r2dbc.EngineProbe;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.Seed;
import rillite.r2dbc.testing.TestDatabase;

/**
 * Work of every kind, cancelled at a random point each time: nothing leaks, transactions stay whole, and nobody else's
 * statement is interrupted. {@code -Drillite.cancels=100000} for the long form.
 */
@ExtendWith(LeakFree.class)
final class CancelIT {
    private static final int CANCELS = Integer.getInteger("rillite.cancels", 10_000);
    private static final int ROWS = 3_000;

    private final Seed seed = Seed.get();
    private final Random random = seed.random();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<String> last = new ArrayList<>();

    @Test
    void cancel_anywhere_leaksNothingAndDisturbsNobody(@TempDir Path directory) {
        try (var database = TestDatabase.in(directory)) {
            database.items(ROWS);
            database.run("CREATE TABLE pair (a INTEGER)");
            Connection kept = database.connect();

            for (int i = 1; i <= CANCELS; i++) {
                try {
                    step(database, kept, i);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            "step " + i + " of " + CANCELS + ", " + seed + ", last " + last + ", "
                                    + EngineProbe.describe(),
                            e);
                }
            }

            Await.done(kept.close());
            assertThat(cancelled.get())
                    .as("really cancelled of %s, %s", CANCELS, seed)
                    .isGreaterThan(CANCELS / 10);
        }
    }

    private void step(TestDatabase database, Connection kept, int i) {
        boolean onKept = random.nextInt(4) == 0;
        int kind = random.nextInt(7);
        Function<Connection, Publisher<?>> work = work(kind);
        if (last.size() == 5) {
            last.remove(0);
        }
        last.add((onKept ? "kept " : "own ") + kind);
        if (onKept) {
            cancelSomewhere(work.apply(kept));
            Await.done(kept.rollbackTransaction());
        } else {
            cancelSomewhere(database.using(c -> Flux.from(work.apply(c))));
        }
        if (i % 100 == 0) {
            check(database, kept);
        }
        if (i % 1_000 == 0) {
            EngineProbe.assertLeakFree();
            database.assertNoSnapshot();
        }
    }

    private void cancelSomewhere(Publisher<?> work) {
        Flux<?> counted = Flux.from(work).doFinally(end -> {
            if (end == SignalType.CANCEL) {
                cancelled.incrementAndGet();
            }
        });
        int when = random.nextInt(4);
        last.set(last.size() - 1, last.get(last.size() - 1) + " cancelled " + when);
        switch (when) {
            case 0 -> counted.subscribe(value -> {}, error -> {}).dispose();
            case 1 -> Await.done(counted.take(1L + random.nextInt(200)).onErrorComplete());
            case 2 -> disposeAfter(counted, random.nextInt(60_000));
            default -> disposeAfter(counted, random.nextInt(1_000_000));
        }
    }

    private static void disposeAfter(Flux<?> work, long nanos) {
        Disposable subscription = work.subscribe(value -> {}, error -> {});
        LockSupport.parkNanos(nanos);
        subscription.dispose();
    }

    private Function<Connection, Publisher<?>> work(int kind) {
        return switch (kind) {
            case 0 ->
                c -> TestDatabase.column(
                        c, String.class, "SELECT name FROM item WHERE id = ?", 1 + random.nextInt(ROWS));
            case 1 -> c -> TestDatabase.column(c, Long.class, "SELECT id FROM item ORDER BY name DESC");
            case 2 -> c -> TestDatabase.column(c, Long.class, "SELECT count(*) FROM item a, item b WHERE a.id <= 200");
            case 3 -> c -> TestDatabase.counts(c, "UPDATE item SET name = name || '' WHERE id % 10 = 3");
            case 4 ->
                c -> c.createBatch()
                        .add("INSERT INTO pair VALUES (1)")
                        .add("INSERT INTO pair VALUES (2)")
                        .execute();
            case 5 -> c -> pair(c, Mono.from(c.commitTransaction()));
            default ->
                c -> Flux.concat(
                        Mono.from(c.createSavepoint("s")),
                        TestDatabase.counts(c, "INSERT INTO pair VALUES (5)"),
                        Mono.from(c.rollbackTransactionToSavepoint("s")),
                        Mono.from(c.rollbackTransaction()));
        };
    }

    private static Publisher<?> pair(Connection c, Mono<Void> end) {
        return Flux.concat(
                Mono.from(c.beginTransaction()),
                TestDatabase.counts(c, "INSERT INTO pair VALUES (3)"),
                TestDatabase.column(c, Long.class, "SELECT id FROM item LIMIT 500"),
                TestDatabase.counts(c, "INSERT INTO pair VALUES (4)"),
                end);
    }

    private void check(TestDatabase database, Connection kept) {
        assertThat(Await.<Long>one(TestDatabase.column(kept, Long.class, "SELECT count(*) FROM item")
                        .timeout(Duration.ofSeconds(10))))
                .isEqualTo(ROWS);
        assertThat(database.run("UPDATE item SET name = name WHERE id = 1")).isEqualTo(1);
        // One statement sees one snapshot: a commit that was cancelled on its way may land between two of them.
        List<Long> counts = Stream.of(database.value(String.class, """
                        SELECT concat_ws(' ', count(*) FILTER (WHERE a = 1), count(*) FILTER (WHERE a = 2),
                          count(*) FILTER (WHERE a = 3), count(*) FILTER (WHERE a = 4), count(*) FILTER (WHERE a = 5))
                        FROM pair""").split(" "))
                .map(Long::valueOf)
                .toList();
        assertThat(counts.get(0)).as("batches are whole").isEqualTo(counts.get(1));
        assertThat(counts.get(2)).as("transactions are whole").isEqualTo(counts.get(3));
        assertThat(counts.get(4)).as("rolled back").isZero();
    }
}
