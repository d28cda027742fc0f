package rillite.r2dbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Moves the write-ahead log into the database outside of anybody's commit: a little when the queue is empty, in any case
 * when the log grows. Runs on the writer only. The size is taken by stat: opening the file would drop SQLite's locks.
 */
final class Checkpoints {
    /** Work after which the size of the log is looked at. */
    static final long WORTH_A_LOOK = 512L << 10;

    private static final int LOOK_EVERY = 64;
    private static final int IDLE_COMMITS = 400;
    private static final int FORCED_COMMITS = 4000;
    private static final long IDLE_BYTES = 4L << 20;
    private static final long FORCED_BYTES = 16L << 20;
    private static final long CUT_AGAIN_NANOS = 100_000_000;
    private static final long WARN_AGAIN_NANOS = 10_000_000_000L;

    private final Path log;
    private final boolean ours;
    private final long softLimit;
    private final Pressure pressure;
    private final EngineCounters counters;
    private int commits;
    private int unseen;
    private long work;
    private long sizeAfterLast;
    /** Whether the file is worth cutting once nothing waits and nobody reads. */
    private boolean tall;

    private long cutNotBefore;
    private long warnedAt;
    private boolean warned;

    /** Looks after a log; when its checkpoints are not ours, only its size is told. */
    Checkpoints(Path log, boolean ours, long softLimit, Pressure pressure, EngineCounters counters) {
        this.log = log;
        this.ours = ours;
        this.softLimit = softLimit;
        this.pressure = pressure;
        this.counters = counters;
    }

    /** On the writer, outside of transactions. */
    void afterWrites(SqlitePhysical writer, boolean idle) {
        if (!ours) {
            return;
        }
        commits++;
        unseen++;
        work += writer.takeWritten();
        boolean due = commits >= FORCED_COMMITS || (idle && commits >= IDLE_COMMITS);
        if (!due && (work >= WORTH_A_LOOK || unseen >= LOOK_EVERY)) {
            unseen = 0;
            work = 0;
            pressure.look();
            long size = size();
            long grown = size - sizeAfterLast;
            due = grown > FORCED_BYTES || size > softLimit || (idle && grown > IDLE_BYTES);
        }
        if (due || (idle && tall && System.nanoTime() - cutNotBefore >= 0)) {
            run(writer, idle);
        }
    }

    /** A snapshot that held the log has gone. */
    void snapshotGone(SqlitePhysical writer) {
        if (ours && size() > Math.min(FORCED_BYTES, softLimit)) {
            run(writer, true);
        }
    }

    private void run(SqlitePhysical writer, boolean idle) {
        commits = 0;
        counters.checkpoint(writer, "PASSIVE");
        long size = size();
        boolean over = size > softLimit;
        if (over || (idle && size > FORCED_BYTES)) {
            if (!pressure.snapshotsOpen()) {
                counters.checkpoint(writer, "TRUNCATE");
            } else if (over) {
                tell(size);
            }
        }
        sizeAfterLast = size();
        tall = sizeAfterLast > Math.min(FORCED_BYTES, softLimit);
        cutNotBefore = System.nanoTime() + (idle ? CUT_AGAIN_NANOS : 0);
    }

    private void tell(long size) {
        long now = System.nanoTime();
        boolean again = !warned || now - warnedAt > WARN_AGAIN_NANOS;
        if (again) {
            warned = true;
            warnedAt = now;
        }
        pressure.walOverLimit(size, again);
    }

    /** The size of the log in bytes, 0 when there is none. */
    long size() {
        try {
            return Files.size(log);
        } catch (IOException absent) {
            return 0;
        }
    }

    /** Who keeps the log from being reset. */
    interface Pressure {
        /** The log is looked at; the moment to look at the file as well. */
        void look();

        boolean snapshotsOpen();

        /** The log is over its limit and a snapshot holds it; {@code loud} is false when that was just said. */
        void walOverLimit(long bytes, boolean loud);
    }
}
