package rillite.benchmarks.micro;

import org.jspecify.annotations.Nullable;

/**
 * What a step may cost.
 *
 * @param micros microseconds per operation; less is right
 */
record Bound(double micros) {

    static @Nullable Bound of(String step) {
        return switch (step) {
            case "cached" -> new Bound(2);
            case "uncached" -> new Bound(50);
            default -> null;
        };
    }

    String text() {
        return "< " + (int) micros;
    }
}
