package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The bounds of the lanes. Immutable; all defaults are those of {@link #builder()}:
 *
 * <ul>
 *   <li>{@code readerThreads} min(8, cores), {@code maxReaderConnections} 64, {@code maxOpenCursors} the difference
 *   <li>{@code writerQueueLimit} 8,192 items and {@code writerQueueBytes} 64 MiB, {@code readerQueueLimit} 65,536
 *   <li>{@code groupLimit} 128 items, {@code groupBytes} 1 MiB, {@code groupTime} 5 ms
 *   <li>{@code transactionIdleTimeout} 30 s, {@code cursorIdleTimeout} 30 s, {@code maxSnapshotAge} 60 s
 *   <li>{@code maxMaterializeBytes} 4 MiB, {@code chunkRows} 1,024, {@code chunkBytes} 256 KiB
 *   <li>{@code closeTimeout} 2 s
 * </ul>
 *
 * A duration of zero switches a timeout off. {@code timer} is null where the lanes make their own.
 */
public record LaneOptions(
        String name,
        int readerThreads,
        int maxReaderConnections,
        int maxOpenCursors,
        int readerQueueLimit,
        int writerQueueLimit,
        long writerQueueBytes,
        int groupLimit,
        long groupBytes,
        Duration groupTime,
        Duration transactionIdleTimeout,
        Duration cursorIdleTimeout,
        Duration maxSnapshotAge,
        long maxMaterializeBytes,
        int chunkRows,
        int chunkBytes,
        Duration closeTimeout,
        Ticker ticker,
        @Nullable Timer timer,
        Scheduler emission,
        boolean alwaysEmitThere,
        LaneListener listener) {

    public LaneOptions {
        positive("readerThreads", readerThreads);
        positive("maxReaderConnections", maxReaderConnections);
        positive("maxOpenCursors", maxOpenCursors);
        positive("readerQueueLimit", readerQueueLimit);
        positive("writerQueueLimit", writerQueueLimit);
        positive("writerQueueBytes", writerQueueBytes);
        positive("groupLimit", groupLimit);
        positive("maxMaterializeBytes", maxMaterializeBytes);
        positive("chunkRows", chunkRows);
        positive("chunkBytes", chunkBytes);
        atMost("writerQueueLimit", writerQueueLimit, 1 << 23);
        atMost("writerQueueBytes", writerQueueBytes, 1L << 38);
        if (readerThreads > maxReaderConnections) {
            throw new IllegalArgumentException("maxReaderConnections must be at least readerThreads (" + readerThreads
                    + "), was " + maxReaderConnections);
        }
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + value);
        }
    }

    private static void atMost(String name, long value, long limit) {
        if (value > limit) {
            throw new IllegalArgumentException(name + " must be at most " + limit + ", was " + value);
        }
    }

    /** Returns a builder with the defaults of the class comment. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; every setter returns the builder. Not safe for several threads. */
    public static final class Builder {
        private String name = "lanes";
        private int readerThreads = Math.min(8, Runtime.getRuntime().availableProcessors());
        private int maxReaderConnections = 64;
        private int maxOpenCursors;
        private int readerQueueLimit = 65_536;
        private int writerQueueLimit = 8_192;
        private long writerQueueBytes = 64L << 20;
        private int groupLimit = 128;
        private Duration transactionIdleTimeout = Duration.ofSeconds(30);
        private Duration cursorIdleTimeout = Duration.ofSeconds(30);
        private Duration maxSnapshotAge = Duration.ofSeconds(60);
        private long maxMaterializeBytes = 4L << 20;
        private int chunkRows = 1024;
        private int chunkBytes = 256 << 10;
        private Duration closeTimeout = Duration.ofSeconds(2);
        private Ticker ticker = Ticker.system();
        private @Nullable Timer timer;
        private @Nullable Scheduler emission;
        private LaneListener listener = LaneListener.silent();

        private Builder() {}

        /** Names the lanes in threads and errors. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Sets the number of reader threads, at least 1. */
        public Builder readerThreads(int value) {
            readerThreads = value;
            return this;
        }

        /** Sets how many reader connections may be open. */
        public Builder maxReaderConnections(int value) {
            maxReaderConnections = value;
            return this;
        }

        /** Sets how many cursors and read transactions may hold a connection; 0 derives it. */
        public Builder maxOpenCursors(int value) {
            maxOpenCursors = value;
            return this;
        }

        /** Sets how many reads may wait for a connection. */
        public Builder readerQueueLimit(int value) {
            readerQueueLimit = value;
            return this;
        }

        /** Sets how many writes may wait. */
        public Builder writerQueueLimit(int value) {
            writerQueueLimit = value;
            return this;
        }

        /** Sets how many bytes of captured values may wait. */
        public Builder writerQueueBytes(long value) {
            writerQueueBytes = value;
            return this;
        }

        /** Sets how many writes may share a commit; 1 switches group commit off. */
        public Builder groupLimit(int value) {
            groupLimit = value;
            return this;
        }

        /** Sets how long a transaction may send no command. */
        public Builder transactionIdleTimeout(Duration value) {
            transactionIdleTimeout = value;
            return this;
        }

        /** Sets how long a cursor may see no demand. */
        public Builder cursorIdleTimeout(Duration value) {
            cursorIdleTimeout = value;
            return this;
        }

        /** Sets how old a snapshot may grow. */
        public Builder maxSnapshotAge(Duration value) {
            maxSnapshotAge = value;
            return this;
        }

        /** Sets how many bytes of one cursor may be drained to the heap. */
        public Builder maxMaterializeBytes(long value) {
            maxMaterializeBytes = value;
            return this;
        }

        /** Sets the largest chunk, in rows. */
        public Builder chunkRows(int value) {
            chunkRows = value;
            return this;
        }

        /** Sets the largest chunk, in bytes. */
        public Builder chunkBytes(int value) {
            chunkBytes = value;
            return this;
        }

        /** Sets how long closing may take. */
        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        /** Sets the source of time. */
        public Builder ticker(Ticker value) {
            ticker = value;
            return this;
        }

        /** Sets the timer, which whoever made it stops; the default is a daemon thread of the lanes, stopped with them. */
        public Builder timer(Timer value) {
            timer = value;
            return this;
        }

        /** Emits everything on this scheduler, also what a reader lane would emit itself. */
        public Builder emitOn(@Nullable Scheduler value) {
            emission = value;
            return this;
        }

        /** Sets the listener. */
        public Builder listener(LaneListener value) {
            listener = value;
            return this;
        }

        /** Returns the options. */
        public LaneOptions build() {
            int cursors = maxOpenCursors > 0 ? maxOpenCursors : Math.max(1, maxReaderConnections - readerThreads);
            return new LaneOptions(
                    name,
                    readerThreads,
                    maxReaderConnections,
                    cursors,
                    readerQueueLimit,
                    writerQueueLimit,
                    writerQueueBytes,
                    groupLimit,
                    1L << 20,
                    Duration.ofMillis(5),
                    transactionIdleTimeout,
                    cursorIdleTimeout,
                    maxSnapshotAge,
                    maxMaterializeBytes,
                    chunkRows,
                    chunkBytes,
                    closeTimeout,
                    ticker,
                    timer,
                    emission != null ? emission : Schedulers.parallel(),
                    emission != null,
                    listener);
        }
    }
}
