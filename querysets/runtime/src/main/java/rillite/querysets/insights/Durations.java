package rillite.querysets.insights;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How long the runs of one statement took, and how many rows they gave: counts in buckets of which each is at most an eighth
 * wider than the one before, from 1 microsecond to an hour and more, so that a percentile is off by a sixteenth at the most.
 *
 * <p>Safe for threads. They count in up to four stripes of 2 KB, so that the threads of the driver do not wait for each
 * other's memory, and a statement that one thread runs needs one.
 */
final class Durations {

    private static final int UNIT_BITS = 10;
    private static final int PART_BITS = 3;
    private static final int PARTS = 1 << PART_BITS;
    private static final int BUCKETS = 248;
    private static final int TOTAL = BUCKETS;
    private static final int MOST = BUCKETS + 1;
    private static final int ROWS = BUCKETS + 2;
    private static final int STRIPES = 4;

    private final AtomicReferenceArray<@Nullable AtomicLongArray> stripes = new AtomicReferenceArray<>(STRIPES);

    /** Counts a run. */
    @SuppressWarnings("deprecation") // JDK 17 has no other name for it
    void add(long nanos, long rows) {
        int place = (int) Thread.currentThread().getId() & (STRIPES - 1);
        AtomicLongArray known = stripes.get(place);
        AtomicLongArray stripe = known == null ? added(place) : known;
        long taken = Math.max(nanos, 0);
        stripe.getAndIncrement(bucket(taken));
        stripe.getAndAdd(TOTAL, taken);
        if (taken > stripe.get(MOST)) {
            stripe.accumulateAndGet(MOST, taken, Math::max);
        }
        if (rows > 0) {
            stripe.getAndAdd(ROWS, rows);
        }
    }

    private AtomicLongArray added(int place) {
        AtomicLongArray fresh = new AtomicLongArray(BUCKETS + 3);
        AtomicLongArray other = stripes.compareAndExchange(place, null, fresh);
        return other == null ? fresh : other;
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
        long[] sums = new long[BUCKETS + 3];
        for (int i = 0; i < STRIPES; i++) {
            AtomicLongArray stripe = stripes.get(i);
            for (int place = 0; stripe != null && place < sums.length; place++) {
                long value = stripe.get(place);
                sums[place] = place == MOST ? Math.max(sums[place], value) : sums[place] + value;
            }
        }
        return new Counted(sums);
    }

    /** Counts that do not change any more; times in nanoseconds. */
    static final class Counted {
        private final long[] figures;
        private final long count;

        private Counted(long[] figures) {
            this.figures = figures;
            count = Arrays.stream(figures, 0, BUCKETS).sum();
        }

        long count() {
            return count;
        }

        long total() {
            return figures[TOTAL];
        }

        long most() {
            return figures[MOST];
        }

        long rows() {
            return figures[ROWS];
        }

        /** The time within which this part of the runs ended, 0 when there was none. */
        long percentile(double part) {
            long rank = Math.max(1, (long) Math.ceil(part * count));
            long seen = 0;
            for (int i = 0; i < BUCKETS; i++) {
                seen += figures[i];
                if (seen >= rank) {
                    return Math.min(middle(i), most());
                }
            }
            return most();
        }
    }
}
