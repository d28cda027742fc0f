package rillite.r2dbc;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts over all physical connections of one engine. */
final class EngineCounters {
    private static final Checkpoint NONE = new Checkpoint(0, 0, 0, false);

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private volatile Checkpoint last = NONE;

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    /** Runs a checkpoint, on the writer only, and remembers it. */
    void checkpoint(SqlitePhysical writer, String mode) {
        long start = System.nanoTime();
        String busy = writer.text("PRAGMA wal_checkpoint(" + mode + ")");
        long end = System.nanoTime();
        last = new Checkpoint(last.number + 1, end - start, end, "1".equals(busy));
    }

    SqliteTotals totals() {
        Checkpoint checkpoint = last;
        boolean none = checkpoint.number == 0;
        return new SqliteTotals(
                hits.sum(),
                misses.sum(),
                checkpoint.number,
                Duration.ofNanos(checkpoint.nanos),
                none ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - checkpoint.end),
                checkpoint.busy);
    }

    private record Checkpoint(long number, long nanos, long end, boolean busy) {}
}
