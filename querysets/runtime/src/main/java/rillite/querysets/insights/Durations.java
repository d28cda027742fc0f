package rillite.querysets.insights;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the runs of one statement took: counts in buckets of which each is at most an eighth wider than the one before,
 * from 1 microsecond to an hour and more, so that a percentile is off by a sixteenth at the most. Safe for threads; 2 KB.
 */
final class Durations {

    private static final int UNIT_BITS = 10;
    private static final int PART_BITS = 3;
    private static final int PARTS = 1 << PART_BITS;
    private static final int BUCKETS = 248;
    private static final int TOTAL = BUCKETS;
    private static final int MOST = BUCKETS + 1;

    private final AtomicLongArray figures = new AtomicLongArray(BUCKETS + 2);

    /** Counts a run. */
    void add(long nanos) {
        long taken = Math.max(nanos, 0);
        figures.getAndIncrement(bucket(taken));
        figures.getAndAdd(TOTAL, taken);
        if (taken > figures.get(MOST)) {
            figures.accumulateAndGet(MOST, taken, Math::max);
        }
    }

    /** Steps of about a microsecond up to 16 of them, then eight steps for each doubling. */
    private static int bucket(long nanos) {
        long units = nanos >>> UNIT_BITS;
        if (units < 2 * PARTS) {
            return (int) units;
        }
        int doublings = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(units);
        return Math.min(BUCKETS - 1, (doublings << PART_BITS) + (int) (units >>> doublings));
    }

    /** The middle of a bucket. */
    private static long middle(int bucket) {
        int doublings = Math.max(0, (bucket >>> PART_BITS) - 1);
        long parts = bucket - ((long) doublings << PART_BITS);
        return ((2 * parts + 1) << doublings << UNIT_BITS) >>> 1;
    }

    /** The counts as they are now. */
    Counted counted() {
        long[] counts = new long[BUCKETS];
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = figures.get(i);
            count += counts[i];
        }
        return new Counted(counts, count, figures.get(TOTAL), figures.get(MOST));
    }

    /** Counts that do not change any more; times in nanoseconds. */
    static final class Counted {
        private final long[] counts;
        private final long count;
        private final long total;
        private final long most;

        private Counted(long[] counts, long count, long total, long most) {
            this.counts = counts;
            this.count = count;
            this.total = total;
            this.most = most;
        }

        long count() {
            return count;
        }

        long total() {
            return total;
        }

        long most() {
            return most;
        }

        /** The time within which this part of the runs ended, 0 when there was none. */
        long percentile(double part) {
            long rank = Math.max(1, (long) Math.ceil(part * count));
            long seen = 0;
            for (int i = 0; i < BUCKETS; i++) {
                seen += counts[i];
                if (seen >= rank) {
                    return Math.min(middle(i), most);
                }
            }
            return most;
        }
    }
}
