package rillite.benchmarks;

import java.time.Duration;

/**
 * How much work a run does.
 *
 * @param rounds measured rounds; every rival runs once in each
 * @param warmups rounds before the measured ones
 * @param slice how long a workload without a fixed amount of work goes on
 * @param rows rows of the stream and of the import
 * @param lookupRows rows of the table that point reads look into
 * @param waiters concurrent readers of the crowd
 * @param writers concurrent writers of the crowd
 * @param writesEach rows every writer of the crowd inserts, one after the other
 */
record Scale(
        String name,
        int rounds,
        int warmups,
        Duration slice,
        int rows,
        int lookupRows,
        int waiters,
        int writers,
        int writesEach) {

    static final int SUBSCRIBERS = 64;

    Scale {
        if (rounds < 1 || warmups < 0) {
            throw new IllegalArgumentException(
                    "rounds must be at least 1 and warmups at least 0, got " + rounds + " and " + warmups);
        }
    }

    static Scale full() {
        return new Scale("full", 7, 2, Duration.ofSeconds(2), 1_000_000, 100_000, 10_000, 100, 50);
    }

    /** Enough to see that everything runs; its figures say nothing about speed. */
    static Scale brief() {
        return new Scale("short", 1, 0, Duration.ofMillis(200), 20_000, 2_000, 1_000, 20, 10);
    }

    static Scale named(String name) {
        return switch (name) {
            case "full" -> full();
            case "short" -> brief();
            default -> throw new IllegalArgumentException("bench.mode \"" + name + "\" is unknown. Modes: full, short");
        };
    }

    Scale withRounds(int count) {
        return new Scale(name, count, warmups, slice, rows, lookupRows, waiters, writers, writesEach);
    }
}
