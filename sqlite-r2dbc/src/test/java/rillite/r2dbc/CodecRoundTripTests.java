package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replay a failure with {@code -Drillite.seed=<the seed in the message>}. */
final class CodecRoundTripTests {
    private static final long SEED = Long.getLong("rillite.seed", System.nanoTime());
    private static final int ROUNDS = 2_000;

    @Test
    void value_ofEveryClass_comesBackEqual() {
        Codecs codecs = new Codecs(CodecOptions.DEFAULTS);
        RandomValues values = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (int kind = 0; kind < values.kinds(); kind++) {
                comesBack(codecs, values.next(kind));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TemporalStorage.class,
            names = {"EPOCH_MILLIS", "EPOCH_SECONDS"})
    void value_storedTheOtherWay_comesBackEqual(TemporalStorage storage) {
        Codecs codecs = new Codecs(new CodecOptions(IntegerType.LONG, storage, BooleanStorage.TEXT, UuidStorage.BLOB));
        RandomValues values = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (int kind = 0; kind < values.kinds(); kind++) {
                Object value = values.next(kind);
                if (value instanceof Instant instant) {
                    comesBack(codecs, instant.truncatedTo(ChronoUnit.SECONDS));
                } else if (!(value instanceof OffsetDateTime) && !(value instanceof ZonedDateTime)) {
                    comesBack(codecs, value);
                }
            }
        }
    }

    @Test
    void text_ofDateTimes_sortsByTime() {
        Codecs codecs = new Codecs(CodecOptions.DEFAULTS);
        RandomValues values = new RandomValues(SEED);
        Instant before = Instant.parse("2000-01-01T00:00:00Z");
        for (int round = 0; round < ROUNDS; round++) {
            for (int kind = 0; kind < values.kinds(); kind++) {
                if (values.next(kind) instanceof Instant instant) {
                    String left = (String) codecs.encode(before);
                    String right = (String) codecs.encode(instant);
                    assertThat(Integer.signum(left.compareTo(right)))
                            .as("seed %d", SEED)
                            .isEqualTo(before.compareTo(instant));
                    before = instant;
                }
            }
        }
    }

    private static void comesBack(Codecs codecs, Object value) {
        Object stored = codecs.encode(value);
        assertThat(stored).isInstanceOfAny(Long.class, Double.class, String.class, byte[].class);
        RowChunk chunk = TestChunks.cell(null, stored);
        assertThat((Object) codecs.decode(chunk, 0, 0, RandomValues.target(value)))
                .as("seed %d, stored as %s", SEED, chunk.storage(0, 0))
                .isEqualTo(value);
    }
}
