package rillite.core.testing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks a property with seeded random input of growing size.
 *
 * <pre>{@code
 * Seeded.property("a list reversed twice is itself").runs(500).check(draw -> ...);
 * }</pre>
 *
 * <p>Seeds follow from the property's name, so a run repeats the last one. When a run fails, the same seed is tried
 * with smaller sizes and the smallest failure is thrown with seed, size, notes and cause.
 *
 * <ul>
 *   <li>{@code -Drillite.seed=SEED} or {@code SEED:SIZE}: one run with that seed
 *   <li>{@code -Drillite.seed=random}: fresh seeds
 *   <li>{@code -Drillite.runs=N}: N times as many runs
 * </ul>
 */
public final class Seeded {
    /** What must hold for every input; anything it throws is a failure. */
    @FunctionalInterface
    public interface Property {
        void check(Draw draw) throws Throwable;
    }

    private record Failure(long seed, int size, Draw draw, Throwable cause) {}

    private static final String SEED = "rillite.seed";

    private final String name;
    private final int runs;
    private final int size;
    private final @Nullable String replay;

    private Seeded(String name, int runs, int size, @Nullable String replay) {
        this.name = name;
        this.runs = runs;
        this.size = size;
        this.replay = replay;
    }

    /** A property of 200 runs with sizes from 1 to 50. */
    public static Seeded property(String name) {
        return new Seeded(name, 200 * Integer.getInteger("rillite.runs", 1), 50, System.getProperty(SEED));
    }

    /** A property that ignores the system properties, for the harness's own tests. */
    static Seeded fixed(String name) {
        return new Seeded(name, 200, 50, null);
    }

    public Seeded runs(int number) {
        return new Seeded(name, number * Integer.getInteger("rillite.runs", 1), size, replay);
    }

    /** The size of the last run. */
    public Seeded size(int largest) {
        return new Seeded(name, runs, largest, replay);
    }

    Seeded replay(String seed) {
        return new Seeded(name, runs, size, seed);
    }

    /**
     * Runs the property.
     *
     * @throws AssertionError at the first seed that fails, after shrinking
     */
    public void check(Property property) {
        if (replay != null && !replay.equals("random")) {
            String[] parts = replay.split(":", 2);
            run(property, Long.parseLong(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : size);
            return;
        }
        long base = replay == null ? name.hashCode() : System.nanoTime();
        for (int i = 0; i < runs; i++) {
            run(property, mix(base * 31 + i), 1 + (int) ((long) i * (size - 1) / Math.max(1, runs - 1)));
        }
    }

    private void run(Property property, long seed, int at) {
        Failure failure = attempt(property, seed, at);
        if (failure != null) {
            throw error(shrink(property, failure), at);
        }
    }

    private static Failure shrink(Property property, Failure first) {
        for (int smaller = 1; smaller < first.size(); smaller += Math.max(1, smaller / 4)) {
            Failure failure = attempt(property, first.seed(), smaller);
            if (failure != null) {
                return failure;
            }
        }
        return first;
    }

    private static @Nullable Failure attempt(Property property, long seed, int size) {
        Draw draw = new Draw(seed, size);
        try {
            property.check(draw);
            return null;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable cause) {
            return new Failure(seed, size, draw, cause);
        }
    }

    private AssertionError error(Failure failure, int at) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Property \"%s\" fails with seed %d at size %d (first seen at size %d). Replay: -D%s=%d:%d",
                name,
                failure.seed(),
                failure.size(),
                at,
                SEED,
                failure.seed(),
                failure.size()));
        failure.draw().notes().forEach(note -> text.append("\n  ").append(note));
        text.append("\n  ").append(failure.cause());
        return new AssertionError(text.toString(), failure.cause());
    }

    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        return (z ^ (z >>> 27)) >>> 16;
    }
}
