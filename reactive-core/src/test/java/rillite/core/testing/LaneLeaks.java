package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import rillite.core.Lanes;

/** What must be true after every workload. */
public final class LaneLeaks {
    private static final Duration BOUND = Duration.ofSeconds(5);

    private LaneLeaks() {}

    /** Nothing is queued, running, leased or parked, within a bound. */
    public static void assertIdle(Lanes<?> lanes) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(lanes.stats()).matches(stats -> stats.idle(), "idle"));
    }

    /** The resource agrees: no open cursor, no open transaction, nothing done that must never be done. */
    public static void assertIdle(FakeDatabase database) {
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
            assertThat(database.openCursors()).as("open cursors").isZero();
            assertThat(database.openTransactions()).as("open transactions").isZero();
        });
        assertThat(database.violations()).isEmpty();
    }

    /** No thread of these lanes lives, within a bound. */
    public static void assertNoThreads(String lanesName) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(threads(lanesName)).isEmpty());
    }

    /** Returns the names of the living threads of these lanes. */
    public static List<String> threads(String lanesName) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("rillite-writer-" + lanesName)
                        || name.equals("rillite-timer-" + lanesName)
                        || name.startsWith("rillite-reader-" + lanesName + "-"))
                .toList();
    }
}
