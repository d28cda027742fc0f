package rillite.querysets.insights;

import java.util.concurrent.atomic.AtomicLongArray;
import reactor.core.Scannable;

/**
 * Counts how often one subscriber runs one shape. Who subscribed is found at the end of the chain of operators, and
 * remembered by a number: no subscriber is held. Pairs share 4,096 places; one that takes the place of another, and one that
 * was not seen for some 10 seconds, begins at 1. Safe for threads.
 */
final class Repeats {

    private static final int PLACES = 4_096;
    private static final int FARTHEST = 256;
    private static final int TAG_SHIFT = 36;
    private static final int TIME_SHIFT = 24;
    private static final long TIMES = 0xFFF;
    private static final long COUNTS = 0xFF_FFFF;
    /** A unit of time is 8.6 seconds. */
    private static final int NANOS_SHIFT = 33;

    /** In each place 28 bits of who and what, 12 of when, 24 for how often. */
    private final AtomicLongArray places = new AtomicLongArray(PLACES);

    /**
     * Counts one run.
     *
     * @return how often this subscriber has run this shape by now
     */
    int count(int shape, Object subscriber, long now) {
        long mixed = mixed(
                ((long) shape << Integer.SIZE) | Integer.toUnsignedLong(System.identityHashCode(last(subscriber))));
        int place = (int) mixed & (PLACES - 1);
        long tag = mixed >>> TAG_SHIFT;
        long time = (now >>> NANOS_SHIFT) & TIMES;
        while (true) {
            long before = places.get(place);
            long age = (time - (before >>> TIME_SHIFT)) & TIMES;
            long count = before >>> TAG_SHIFT == tag && age <= 1 ? Math.min(COUNTS, (before & COUNTS) + 1) : 1;
            if (places.compareAndSet(place, before, (tag << TAG_SHIFT) | (time << TIME_SHIFT) | count)) {
                return (int) count;
            }
        }
    }

    /** The subscriber that all of it is for. */
    private static Object last(Object subscriber) {
        Object at = subscriber;
        for (int i = 0; i < FARTHEST && at instanceof Scannable step; i++) {
            Object next = step.scanUnsafe(Scannable.Attr.ACTUAL);
            if (next == null) {
                break;
            }
            at = next;
        }
        return at;
    }

    /** Spreads all bits over all bits. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
