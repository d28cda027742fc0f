package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.LaneLeaks;

/** Many callers at once: nobody starves, order is kept, threads stay few. */
@Timeout(60)
final class FairnessTests {
    private FakeLanes house = FakeLanes.open();

    @AfterEach
    void leaks() {
        house.close();
    }

    private static void spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /**
     * 50 callers that write one row at a time beside one that holds the writer for window after window. Each row lets the
     * window go first that holds the writer when it comes, and the one that waits already.
     */
    @Test
    void singleWriters_besideABulkLease_waitOneWindow() {
        AtomicInteger windows = new AtomicInteger();
        AtomicInteger longest = new AtomicInteger();
        Map<Integer, AtomicInteger> done = new ConcurrentHashMap<>();
        Session<FakeConnection> bulk = house.session();
        AtomicInteger names = new AtomicInteger();
        Mono<Void> window = Mono.defer(() -> FakeLanes.begin(bulk)
                .then(bulk.write(FakeWrite.insert("w" + names.incrementAndGet()).doing(connection -> {
                    windows.incrementAndGet();
                    spin(Duration.ofMillis(5));
                })))
                .then(bulk.commit()));
        Flux<Void> importer = window.repeat(59);
        Flux<Long> singles = Flux.range(0, 50)
                .flatMap(
                        caller -> Flux.range(0, 20).concatMap(i -> {
                            AtomicInteger ran = new AtomicInteger();
                            CompletableFuture<Long> write = house.session()
                                    .write(FakeWrite.insert("s" + caller + "-" + i)
                                            .doing(connection -> ran.set(windows.get())))
                                    .toFuture();
                            int queued = windows.get();
                            return Mono.fromFuture(write).doOnNext(count -> {
                                longest.accumulateAndGet(ran.get() - queued, Math::max);
                                done.computeIfAbsent(caller, key -> new AtomicInteger())
                                        .incrementAndGet();
                            });
                        }),
                        50);
        Flux.merge(importer, singles.then()).blockLast(FakeLanes.BOUND.multipliedBy(3));
        assertThat(done).hasSize(50);
        assertThat(longest.get()).isLessThanOrEqualTo(2);
        assertThat(jain(done.values().stream().mapToInt(AtomicInteger::get).toArray()))
                .isGreaterThan(0.95);
    }

    private static double jain(int... shares) {
        double sum = 0;
        double squares = 0;
        for (int share : shares) {
            sum += share;
            squares += (double) share * share;
        }
        return sum * sum / (shares.length * squares);
    }

    @Test
    void sessions_keepTheirOrderUnderLoad() {
        Flux.range(0, 20)
                .flatMap(
                        caller -> {
                            Session<FakeConnection> session = house.session();
                            return Flux.range(0, 100)
                                    .flatMap(i -> session.write(FakeWrite.insert("o" + caller + "-" + i)), 100);
                        },
                        20)
                .blockLast(FakeLanes.BOUND);
        List<String> stored = house.database.committed();
        for (int caller = 0; caller < 20; caller++) {
            String prefix = "o" + caller + "-";
            List<String> mine =
                    stored.stream().filter(value -> value.startsWith(prefix)).toList();
            for (int i = 0; i < 100; i++) {
                assertThat(mine.get(i)).isEqualTo(prefix + i);
            }
        }
    }

    @Test
    void thousandsOfReaders_andWriters_needFewThreads() {
        Flux<Long> reads = Flux.range(0, 10_000)
                .flatMap(i -> house.query(FakeQuery.rows(3)).count(), 10_000);
        Flux<Long> writes = Flux.range(0, 100).flatMap(i -> house.insert("w" + i), 100);
        AtomicInteger threads = new AtomicInteger();
        Long total = Flux.merge(reads, writes)
                .doOnNext(count -> {
                    if (count == 3 && threads.get() == 0) {
                        threads.set(LaneLeaks.threads(house.lanes.name()).size());
                    }
                })
                .count()
                .block(FakeLanes.BOUND);
        assertThat(total).isEqualTo(10_100);
        assertThat(threads.get()).isLessThanOrEqualTo(2 + 1 + 1);
    }

    /** A lane that is about to sleep when work arrives must not sleep through it. */
    @Test
    void wakeUps_areNeverLost() {
        Random random = new Random(1);
        Session<FakeConnection> session = house.session();
        for (int i = 0; i < 4_000; i++) {
            spin(Duration.ofNanos(random.nextInt(40_000)));
            assertThat(session.write(FakeWrite.insert("n" + i)).block(FakeLanes.BOUND))
                    .isOne();
            spin(Duration.ofNanos(random.nextInt(20_000)));
            assertThat(FakeLanes.read(session, FakeQuery.rows(1)).blockLast(FakeLanes.BOUND))
                    .isEqualTo("0");
        }
    }

    @Test
    void readQueueBound_underAStorm_losesNothing() {
        house.close();
        house = FakeLanes.open(options -> options.readerQueueLimit(50));
        long ok = 0;
        long full = 0;
        for (String outcome : Flux.range(0, 5_000)
                .flatMap(
                        i -> house.query(FakeQuery.rows(1))
                                .next()
                                .onErrorResume(LaneFullException.class, error -> Mono.just("full")),
                        2_000)
                .collectList()
                .blockOptional(FakeLanes.BOUND)
                .orElseThrow()) {
            if (outcome.equals("full")) {
                full++;
            } else {
                ok++;
            }
        }
        assertThat(ok + full).isEqualTo(5_000);
        assertThat(ok).isPositive();
    }
}
