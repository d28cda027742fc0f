package rillite.querysets;

import java.time.Instant;

/** Points in time as numbers. */
final class Epoch {

    static final Mapping<Instant, Long> MILLIS = Mapping.of(Instant.class, Long.class, Instant::ofEpochMilli, value -> {
        requireWhole(value, 1_000_000, "millisecond");
        return value.toEpochMilli();
    });

    static final Mapping<Instant, Long> SECONDS =
            Mapping.of(Instant.class, Long.class, Instant::ofEpochSecond, value -> {
                requireWhole(value, 1_000_000_000, "second");
                return value.getEpochSecond();
            });

    private Epoch() {}

    private static void requireWhole(Instant value, int nanos, String unit) {
        if (value.getNano() % nanos != 0) {
            throw new IllegalArgumentException("a part below a " + unit + " would be lost");
        }
    }
}
