package rillite.cli.bench;

import java.time.Duration;

/**
 * How much was done in a time.
 *
 * @param name what was measured
 * @param count how often it was done
 * @param time how long it took
 */
record Measurement(String name, long count, Duration time) {

    double perSecond() {
        return count / Math.max(1e-9, time.toNanos() / 1e9);
    }
}
