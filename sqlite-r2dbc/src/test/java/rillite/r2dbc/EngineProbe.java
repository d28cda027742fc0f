package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import rillite.core.LaneStats;
import rillite.core.Lanes;

/** The tests' window into the engines of this JVM: what the SPI does not show. */
public final class EngineProbe {
    private EngineProbe() {}

    /**
     * Asserts, waiting at most 5 s for running releases, that every open engine is back to zero: active commands, leases,
     * busy readers, parked cursors, queued commands and their bytes.
     */
    public static void assertLeakFree() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(stats()).as("engines after the test").allMatch(LaneStats::idle));
    }

    /** Rows copied from SQLite so far, over the engines open now; only grows while they stay open. */
    public static long rowsRead() {
        return stats().stream().mapToLong(LaneStats::rowsRead).sum();
    }

    /** What the engines are doing now, for a failure message. */
    public static String describe() {
        return stats().toString();
    }

    private static List<LaneStats> stats() {
        return EngineRegistry.open().stream().map(Lanes::stats).toList();
    }
}
