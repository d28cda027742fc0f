package rillite.r2dbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Values of every class that can be bound and read back, many of them extreme, from one seed. */
final class RandomValues {
    enum Suit {
        CLUBS,
        DIAMONDS,
        HEARTS,
        SPADES
    }

    private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
    private static final long LAST_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 - 1;

    private final Random random;
    private final List<Supplier<Object>> kinds;

    RandomValues(long seed) {
        random = new Random(seed);
        kinds = List.of(
                random::nextBoolean,
                () -> (byte) number(),
                () -> (short) number(),
                () -> (int) number(),
                this::number,
                () -> new BigInteger(random.nextInt(300), random).multiply(BigInteger.valueOf(number())),
                () -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(60)),
                () -> notNaN(Float.intBitsToFloat((int) number())),
                () -> notNaN(Double.longBitsToDouble(number())),
                this::text,
                () -> (char) ('a' + random.nextInt(2000)),
                () -> Suit.values()[random.nextInt(4)],
                this::bytes,
                () -> ByteBuffer.wrap(bytes()),
                () -> new UUID(number(), number()),
                this::date,
                this::time,
                () -> LocalDateTime.of(date(), time()),
                () -> time().atOffset(offset()),
                this::instant,
                () -> instant().atOffset(ZoneOffset.UTC),
                () -> instant().atZone(ZoneOffset.UTC));
    }

    int kinds() {
        return kinds.size();
    }

    Object next(int kind) {
        return kinds.get(kind).get();
    }

    /** The class to ask for: the interface or the enum of a value rather than its own class. */
    static Class<?> target(Object value) {
        if (value instanceof ByteBuffer) {
            return ByteBuffer.class;
        }
        return value instanceof Suit ? Suit.class : value.getClass();
    }

    private long number() {
        long edge = 1L << random.nextInt(64);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> edge - random.nextInt(2);
            case 2 -> -edge + random.nextInt(2);
            default -> random.nextInt(3) - 1;
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            int point = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> 0x10000 + random.nextInt(0x100000);
                case 2 -> random.nextInt(0xD800);
                case 3 -> 0xE000 + random.nextInt(0x2000);
                default -> ' ' + random.nextInt(95);
            };
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(
                FIRST_SECOND / 86_400 + random.nextInt((int) ((LAST_SECOND - FIRST_SECOND) / 86_400)));
    }

    private LocalTime time() {
        LocalTime second = LocalTime.ofSecondOfDay(random.nextInt(86_400));
        return random.nextBoolean() ? second : second.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64_800 + 1) - 64_800);
    }

    private Instant instant() {
        long second = FIRST_SECOND + (long) (random.nextDouble() * (LAST_SECOND - FIRST_SECOND));
        return Instant.ofEpochSecond(second).plusMillis(random.nextInt(1000));
    }

    private static Float notNaN(float value) {
        return Float.isNaN(value) ? 0f : value;
    }

    private static Double notNaN(double value) {
        return Double.isNaN(value) ? 0.0 : value;
    }
}
