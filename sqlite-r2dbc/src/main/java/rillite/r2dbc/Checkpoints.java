package rillite.r2dbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Moves the write-ahead log into the database outside of anybody's commit: a little when the queue is empty, in any case
 * when the log grows. Runs on the writer only. The size is taken by stat: opening the file would drop SQLite's locks.
 */
final class Checkpoints {
    private static final int IDLE_COMMITS = 400;
    private static final int FORCED_COMMITS = 4000;
    private static final int LOOK_EVERY = 32;
    private static final long FORCED_BYTES = 16L << 20;

    private final @Nullable Path log;
    private final long softLimit;
    private final Pressure pressure;
    private int commits;
    private long sizeAfterLast;

    Checkpoints(@Nullable Path log, long softLimit, Pressure pressure) {
        this.log = log;
        this.softLimit = softLimit;
        this.pressure = pressure;
    }

    void afterWrites(SqlitePhysical writer, boolean idle) {
        if (log == null) {
            return;
        }
        commits++;
        boolean due = commits >= FORCED_COMMITS || (idle && commits >= IDLE_COMMITS);
        if (!due && commits % LOOK_EVERY == 0) {
            long size = size();
            due = size - sizeAfterLast > FORCED_BYTES || size > softLimit;
        }
        if (due) {
            run(writer, idle);
        }
    }

    private void run(SqlitePhysical writer, boolean idle) {
        commits = 0;
        writer.text("PRAGMA wal_checkpoint(PASSIVE)");
        long size = size();
        if (size > softLimit) {
            if (pressure.snapshotsOpen()) {
                pressure.walOverLimit(size);
            } else {
                writer.text("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } else if (idle && size > FORCED_BYTES && !pressure.snapshotsOpen()) {
            writer.text("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        sizeAfterLast = size();
    }

    /** The size of the log in bytes, 0 when there is none. */
    long size() {
        if (log == null) {
            return 0;
        }
        try {
            return Files.size(log);
        } catch (IOException absent) {
            return 0;
        }
    }

    /** Who keeps the log from being reset. */
    interface Pressure {
        boolean snapshotsOpen();

        void walOverLimit(long bytes);
    }
}
