package rillite.benchmarks;

import java.lang.management.ManagementFactory;

/** Counts live heap. */
final class Heap {

    private Heap() {}

    /** Used bytes after collections that no longer free anything worth naming. */
    static long used() {
        long before = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (before - now < 16_384) {
                return Math.min(before, now);
            }
            before = now;
        }
        return before;
    }
}
