package rillite.r2dbc.testing;

import java.util.Random;

/**
 * The seed of a random test: a new one each time, or {@code -Drillite.seed=n} to replay one. A random test puts it into
 * every failure message.
 */
public record Seed(long value) {
    /** The seed asked for by the system property, or a new one. */
    public static Seed get() {
        return new Seed(Long.getLong("rillite.seed", System.nanoTime()));
    }

    /** A generator for this seed. */
    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "replay with -Drillite.seed=" + value;
    }
}
