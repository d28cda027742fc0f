package rillite.r2dbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TypedReadTests {
    private enum Color {
        RED,
        GREEN {}
    }

    private static final Codecs TEXT = new Codecs(CodecOptions.DEFAULTS);
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(7L, byte.class, (byte) 7),
                Arguments.of(-128L, Byte.class, (byte) -128),
                Arguments.of(32767L, Short.class, Short.MAX_VALUE),
                Arguments.of(-3L, short.class, (short) -3),
                Arguments.of(2147483647L, Integer.class, Integer.MAX_VALUE),
                Arguments.of(-2147483648L, int.class, Integer.MIN_VALUE),
                Arguments.of(Long.MIN_VALUE, Long.class, Long.MIN_VALUE),
                Arguments.of(Long.MAX_VALUE, long.class, Long.MAX_VALUE),
                Arguments.of(Long.MAX_VALUE, BigInteger.class, BigInteger.valueOf(Long.MAX_VALUE)),
                Arguments.of(12L, BigDecimal.class, new BigDecimal("12")),
                Arguments.of(1L << 53, Double.class, 0x1p53),
                Arguments.of(Long.MIN_VALUE, double.class, -0x1p63),
                Arguments.of(1L << 24, Float.class, 0x1p24f),
                Arguments.of(-5L, float.class, -5f),
                Arguments.of(5L, String.class, "5"),
                Arguments.of(5L, CharSequence.class, "5"),
                Arguments.of(5L, Object.class, 5),
                Arguments.of(1L, Boolean.class, true),
                Arguments.of(0L, boolean.class, false),
                Arguments.of(-1L, Boolean.class, true),
                Arguments.of(3.0, Long.class, 3L),
                Arguments.of(-0x1p63, Long.class, Long.MIN_VALUE),
                Arguments.of(-0.0, Integer.class, 0),
                Arguments.of(3.0, Byte.class, (byte) 3),
                Arguments.of(0x1p80, BigInteger.class, BigInteger.ONE.shiftLeft(80)),
                Arguments.of(0.1, BigDecimal.class, new BigDecimal("0.1")),
                Arguments.of(0.1, Double.class, 0.1),
                Arguments.of(0.1, double.class, 0.1),
                Arguments.of(0.1, Float.class, 0.1f),
                Arguments.of(Double.NEGATIVE_INFINITY, Float.class, Float.NEGATIVE_INFINITY),
                Arguments.of(Double.POSITIVE_INFINITY, Double.class, Double.POSITIVE_INFINITY),
                Arguments.of(0.0, Float.class, 0f),
                Arguments.of(1.5, String.class, "1.5"),
                Arguments.of("42", Integer.class, 42),
                Arguments.of(" -42 ", Long.class, -42L),
                Arguments.of("9223372036854775808", BigInteger.class, BigInteger.ONE.shiftLeft(63)),
                Arguments.of("1.10", BigDecimal.class, new BigDecimal("1.10")),
                Arguments.of("1e3", Double.class, 1000.0),
                Arguments.of("0.1", Float.class, 0.1f));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", String.class, ""),
                Arguments.of("a\0b", String.class, "a\0b"),
                Arguments.of("x\uD83D\uDE00", String.class, "x\uD83D\uDE00"),
                Arguments.of("abc", CharSequence.class, "abc"),
                Arguments.of("abc", Object.class, "abc"),
                Arguments.of("c", Character.class, 'c'),
                Arguments.of("\u00e9", char.class, '\u00e9'),
                Arguments.of("RED", Color.class, Color.RED),
                Arguments.of("GREEN", Color.class, Color.GREEN),
                Arguments.of("True", Boolean.class, true),
                Arguments.of("off", boolean.class, false),
                Arguments.of("y", Boolean.class, true),
                Arguments.of("0", Boolean.class, false),
                Arguments.of("\u00e9", byte[].class, "\u00e9".getBytes(UTF_8)),
                Arguments.of("ab", ByteBuffer.class, ByteBuffer.wrap("ab".getBytes(UTF_8))),
                Arguments.of("00112233-4455-6677-8899-aabbccddeeff", UUID.class, ID),
                Arguments.of("00112233-4455-6677-8899-AABBCCDDEEFF", UUID.class, ID),
                Arguments.of("00112233445566778899aabbccddeeff", UUID.class, ID),
                Arguments.of(TestUuid.BYTES, UUID.class, ID),
                Arguments.of(new byte[] {1, 2}, byte[].class, new byte[] {1, 2}),
                Arguments.of(new byte[] {1, 2}, ByteBuffer.class, ByteBuffer.wrap(new byte[] {1, 2})),
                Arguments.of(new byte[0], ByteBuffer.class, ByteBuffer.allocate(0)),
                Arguments.of(new byte[] {1}, Object.class, ByteBuffer.wrap(new byte[] {1})));
    }

    static Stream<Arguments> times() {
        LocalDateTime noon = LocalDateTime.of(2021, 6, 5, 12, 0);
        Instant noonUtc = noon.toInstant(ZoneOffset.UTC);
        return Stream.of(
                Arguments.of("2021-06-05", LocalDate.class, noon.toLocalDate()),
                Arguments.of("2021-06-05 00:00:00", LocalDate.class, noon.toLocalDate()),
                Arguments.of("2021-06-05T00:00Z", LocalDate.class, noon.toLocalDate()),
                Arguments.of("2021-06-05T02:00:00+02:00", LocalDate.class, noon.toLocalDate()),
                Arguments.of("12:00", LocalTime.class, LocalTime.NOON),
                Arguments.of("12:00:00.5", LocalTime.class, LocalTime.of(12, 0, 0, 500_000_000)),
                Arguments.of("1970-01-01 12:00:00", LocalTime.class, LocalTime.NOON),
                Arguments.of("01:00:00+02:00", LocalTime.class, LocalTime.of(23, 0)),
                Arguments.of("2021-06-05 12:00:00", LocalDateTime.class, noon),
                Arguments.of("2021-06-05T12:00:00", LocalDateTime.class, noon),
                Arguments.of("2021-06-05T14:00:00+02:00", LocalDateTime.class, noon),
                Arguments.of("2021-06-05T12:00:00.000Z", LocalDateTime.class, noon),
                Arguments.of(
                        "2021-06-05", LocalDateTime.class, noon.toLocalDate().atStartOfDay()),
                Arguments.of("12:00:00+02:00", OffsetTime.class, OffsetTime.parse("12:00:00+02:00")),
                Arguments.of("12:00:00", OffsetTime.class, OffsetTime.parse("12:00:00Z")),
                Arguments.of("2021-06-05T12:00:00.000Z", Instant.class, noonUtc),
                Arguments.of("2021-06-05 12:00:00", Instant.class, noonUtc),
                Arguments.of("2021-06-05T14:00:00+02:00", Instant.class, noonUtc),
                Arguments.of("2021-06-05", Instant.class, noonUtc.minusSeconds(43200)),
                Arguments.of(
                        "2021-06-05T14:00:00+02:00",
                        OffsetDateTime.class,
                        noon.plusHours(2).atOffset(ZoneOffset.ofHours(2))),
                Arguments.of("2021-06-05T12:00:00Z", OffsetDateTime.class, noon.atOffset(ZoneOffset.UTC)),
                Arguments.of("2021-06-05 12:00:00", ZonedDateTime.class, noon.atZone(ZoneOffset.UTC)),
                Arguments.of(
                        "2021-06-05T14:00:00+02:00",
                        ZonedDateTime.class,
                        noon.plusHours(2).atZone(ZoneOffset.ofHours(2))));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "texts", "times"})
    void decode_convertible_givesTheClass(Object cell, Class<?> type, Object expected) {
        assertThat(TEXT.decode(TestChunks.cell(null, cell), 0, 0, type)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void decode_textGivenAsString_isTheSame(Object cell, Class<?> type, Object expected) {
        if (cell instanceof String text) {
            RowChunk chunk = new RowChunk(TestChunks.untyped("c"), 1);
            chunk.putText(text);
            chunk.endRow();
            assertThat(TEXT.decode(chunk, 0, 0, type)).isEqualTo(expected);
        } else {
            assertThat(cell).isInstanceOf(byte[].class);
        }
    }

    @ParameterizedTest
    @MethodSource({"numbers", "texts", "times"})
    void decode_null_isNullForEveryClass(Object cell, Class<?> type, Object expected) {
        assertThat(TEXT.decode(TestChunks.cell(null, null), 0, 0, type)).isNull();
        assertThat(expected).isNotNull();
    }

    @Test
    void decode_everyIntegerTarget_boundsAreExact() {
        for (long value : List.of(127L, 128L, 32767L, 32768L, 2147483647L, 2147483648L)) {
            RowChunk chunk = TestChunks.cell("INTEGER", value);
            assertThat(fits(chunk, Byte.class)).isEqualTo(value == (byte) value);
            assertThat(fits(chunk, Short.class)).isEqualTo(value == (short) value);
            assertThat(fits(chunk, Integer.class)).isEqualTo(value == (int) value);
            RowChunk below = TestChunks.cell("INTEGER", -value - 1);
            assertThat(fits(below, Byte.class)).isEqualTo(-value - 1 == (byte) (-value - 1));
            assertThat(fits(below, Integer.class)).isEqualTo(-value - 1 == (int) (-value - 1));
        }
    }

    @Test
    void decode_epochIntegers_followTemporalStorage() {
        LocalDateTime local = LocalDateTime.of(1969, 12, 31, 23, 59, 58, 500_000_000);
        RowChunk millis = TestChunks.cell("DATETIME", -1_500L);
        Codecs codecs = epoch(TemporalStorage.EPOCH_MILLIS);

        assertThat(codecs.decode(millis, 0, 0, Instant.class)).isEqualTo(Instant.ofEpochMilli(-1_500));
        assertThat(codecs.decode(millis, 0, 0, LocalDateTime.class)).isEqualTo(local);
        assertThat(codecs.decode(millis, 0, 0, OffsetDateTime.class)).isEqualTo(local.atOffset(ZoneOffset.UTC));
        assertThat(codecs.decode(millis, 0, 0, ZonedDateTime.class)).isEqualTo(local.atZone(ZoneOffset.UTC));
        assertThat(codecs.decode(TestChunks.cell("DATE", 172_800_000L), 0, 0, LocalDate.class))
                .isEqualTo("1970-01-03");
        assertThat(codecs.decode(TestChunks.cell("TIME", 1_500L), 0, 0, LocalTime.class))
                .isEqualTo("00:00:01.500");
        assertThat(codecs.decode(TestChunks.cell("TIME", 1_500L), 0, 0, OffsetTime.class))
                .isEqualTo(OffsetTime.parse("00:00:01.500Z"));
        assertThat(epoch(TemporalStorage.EPOCH_SECONDS).decode(millis, 0, 0, Instant.class))
                .isEqualTo(Instant.ofEpochSecond(-1_500));
    }

    private static boolean fits(RowChunk chunk, Class<?> type) {
        try {
            return TEXT.decode(chunk, 0, 0, type) != null;
        } catch (SqliteNonTransientException e) {
            assertThat(e.getSqlState()).isEqualTo("22003");
            return false;
        }
    }

    private static Codecs epoch(TemporalStorage storage) {
        return new Codecs(new CodecOptions(IntegerType.NARROW, storage, BooleanStorage.INTEGER, UuidStorage.TEXT));
    }

    private static final class TestUuid {
        static final byte[] BYTES = {0, 17, 34, 51, 68, 85, 102, 119, -120, -103, -86, -69, -52, -35, -18, -1};
    }
}
