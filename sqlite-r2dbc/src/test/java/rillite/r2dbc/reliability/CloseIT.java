package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** Closing under load, with an endless query running: within 2 s, every subscriber ends exactly once. */
@ExtendWith(LeakFree.class)
final class CloseIT {
    private static final String ENDLESS =
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

    private final AtomicBoolean closing = new AtomicBoolean();

    @TempDir
    Path directory;

    @RepeatedTest(10)
    void close_underLoad_endsEverySubscriberWithinTwoSeconds() {
        TestDatabase database = TestDatabase.in(directory, "readerThreads=4");
        database.items(2_000);
        List<Ends> all =
                IntStream.range(0, 40).mapToObj(i -> Ends.of(work(database, i))).toList();
        Ends stalled = Ends.ofStalled(
                database.using(c -> TestDatabase.column(c, Long.class, "SELECT a.id FROM item a, item b")));
        await().atMost(Duration.ofSeconds(10)).until(() -> stalled.values.get() > 0);

        closing.set(true);
        long start = System.nanoTime();
        database.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isLessThan(Duration.ofSeconds(2));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(all).allMatch(ends -> ends.terminals.get() == 1));
        stalled.request(Long.MAX_VALUE);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stalled.terminals).hasValue(1));
        try (var again = TestDatabase.in(directory)) {
            assertThat(again.value(String.class, "PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    private Publisher<?> work(TestDatabase database, int i) {
        if (i < 2) {
            return database.using(c -> TestDatabase.column(c, Long.class, ENDLESS));
        }
        return switch (i % 3) {
            case 0 ->
                database.using(c -> TestDatabase.column(c, Long.class, "SELECT id FROM item"))
                        .repeat(() -> !closing.get());
            case 2 ->
                database.using(c -> TestDatabase.counts(c, "UPDATE item SET name = name WHERE id = ?", i))
                        .repeat(() -> !closing.get());
            default ->
                database.using(c -> Mono.from(c.beginTransaction())
                                .thenMany(TestDatabase.counts(c, "UPDATE item SET name = name WHERE id = ?", i))
                                .then(Mono.from(c.commitTransaction())))
                        .repeat(() -> !closing.get());
        };
    }

    /** Counts what reaches a subscriber; the stalled form asks for one element only. */
    private static final class Ends extends BaseSubscriber<Object> {
        private final AtomicInteger values = new AtomicInteger();
        private final AtomicInteger terminals = new AtomicInteger();
        private final boolean stalled;

        private Ends(boolean stalled) {
            this.stalled = stalled;
        }

        static Ends of(Publisher<?> work) {
            return subscribe(work, false);
        }

        static Ends ofStalled(Publisher<?> work) {
            return subscribe(work, true);
        }

        private static Ends subscribe(Publisher<?> work, boolean stalled) {
            Ends ends = new Ends(stalled);
            Flux.from(work).cast(Object.class).subscribe(ends);
            return ends;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(stalled ? 1 : Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(Object value) {
            values.incrementAndGet();
        }

        @Override
        protected void hookOnError(Throwable error) {
            assertThat(Await.causes(error)).isNotEmpty();
        }

        @Override
        protected void hookFinally(SignalType end) {
            terminals.incrementAndGet();
        }
    }
}
