package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

final class EncodeTests {
    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "leaf";
            }
        }
    }

    private static final Codecs TEXT = new Codecs(CodecOptions.DEFAULTS);
    private static final Codecs MILLIS = codecs(TemporalStorage.EPOCH_MILLIS);
    private static final Codecs SECONDS = codecs(TemporalStorage.EPOCH_SECONDS);
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final BigInteger TWO_63 = BigInteger.ONE.shiftLeft(63);

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(true, 1L),
                Arguments.of(false, 0L),
                Arguments.of((byte) -1, -1L),
                Arguments.of((short) 7, 7L),
                Arguments.of(Integer.MIN_VALUE, (long) Integer.MIN_VALUE),
                Arguments.of(Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(TWO_63.subtract(BigInteger.ONE), Long.MAX_VALUE),
                Arguments.of(TWO_63.negate(), Long.MIN_VALUE),
                Arguments.of(TWO_63, "9223372036854775808"),
                Arguments.of(new BigDecimal("1.10"), "1.10"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(new BigDecimal("-1E-7"), "-0.0000001"),
                Arguments.of(1.5f, 1.5),
                Arguments.of(Double.MIN_VALUE, Double.MIN_VALUE),
                Arguments.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                Arguments.of("", ""),
                Arguments.of("a\0b", "a\0b"),
                Arguments.of("x\uD83D\uDE00y", "x\uD83D\uDE00y"),
                Arguments.of(new StringBuilder("built"), "built"),
                Arguments.of('c', "c"),
                Arguments.of(Color.RED, "RED"),
                Arguments.of(Color.GREEN, "GREEN"),
                Arguments.of(new byte[] {1, 2}, new byte[] {1, 2}),
                Arguments.of(new byte[0], new byte[0]),
                Arguments.of(LocalDate.of(2021, 6, 5), "2021-06-05"),
                Arguments.of(LocalDate.of(0, 1, 1), "0000-01-01"),
                Arguments.of(LocalTime.of(7, 8), "07:08:00"),
                Arguments.of(LocalTime.of(7, 8, 9, 1_000), "07:08:09.000001"),
                Arguments.of(LocalDateTime.of(2021, 6, 5, 7, 8, 9), "2021-06-05 07:08:09"),
                Arguments.of(LocalDateTime.of(2021, 6, 5, 7, 8, 9, 120_000_000), "2021-06-05 07:08:09.120000"),
                Arguments.of(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000), "9999-12-31 23:59:59.999999"),
                Arguments.of(Instant.parse("2021-06-05T07:08:09Z"), "2021-06-05T07:08:09.000Z"),
                Arguments.of(Instant.parse("0000-01-01T00:00:00Z"), "0000-01-01T00:00:00.000Z"),
                Arguments.of(Instant.parse("9999-12-31T23:59:59.999Z"), "9999-12-31T23:59:59.999Z"),
                Arguments.of(Instant.parse("1969-12-31T23:59:59.007Z"), "1969-12-31T23:59:59.007Z"),
                Arguments.of(OffsetDateTime.parse("2021-06-05T01:00:00.5+02:00"), "2021-06-04T23:00:00.500Z"),
                Arguments.of(
                        ZonedDateTime.parse("2021-06-05T01:00:00+02:00[Europe/Berlin]"), "2021-06-04T23:00:00.000Z"),
                Arguments.of(OffsetTime.parse("01:02:03Z"), "01:02:03Z"),
                Arguments.of(OffsetTime.parse("01:02:03.000004-05:30"), "01:02:03.000004-05:30"),
                Arguments.of(ID, "00112233-4455-6677-8899-aabbccddeeff"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void encode_everyClass_givesWhatSqliteStores(Object value, Object stored) {
        assertThat(TEXT.encode(value)).isEqualTo(stored);
        assertThat(TEXT.bindable(value)).isEqualTo(stored);
        assertThat(TEXT.bindable(Parameters.in(value))).isEqualTo(stored);
        assertThat(TEXT.bindable(Parameters.in(R2dbcType.VARCHAR, value))).isEqualTo(stored);
    }

    @Test
    void encode_byOptions_choosesTheStorage() {
        Instant second = Instant.ofEpochSecond(-5);
        byte[] bytes = {0, 17, 34, 51, 68, 85, 102, 119, -120, -103, -86, -69, -52, -35, -18, -1};

        assertThat(MILLIS.encode(second)).isEqualTo(-5_000L);
        assertThat(MILLIS.encode(second.plusMillis(1))).isEqualTo(-4_999L);
        assertThat(MILLIS.encode(OffsetDateTime.parse("1970-01-01T02:00:00+02:00")))
                .isEqualTo(0L);
        assertThat(SECONDS.encode(second)).isEqualTo(-5L);
        assertThat(SECONDS.encode(ZonedDateTime.parse("1970-01-01T00:00:01Z"))).isEqualTo(1L);
        assertThat(SECONDS.encode(Instant.MIN)).isEqualTo(Instant.MIN.getEpochSecond());
        assertThat(SECONDS.encode(LocalDate.EPOCH)).isEqualTo("1970-01-01");
        assertThat(MILLIS.encode(LocalDateTime.of(1970, 1, 1, 0, 0))).isEqualTo("1970-01-01 00:00:00");
        assertThat(MILLIS.encode(true)).isEqualTo("true");
        assertThat(MILLIS.encode(false)).isEqualTo("false");
        assertThat(MILLIS.encode(ID)).isEqualTo(bytes);
    }

    @Test
    void encode_byteBuffer_leavesItsPosition() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2).asReadOnlyBuffer();

        assertThat(TEXT.encode(buffer)).isEqualTo(new byte[] {1, 2});
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(TEXT.encode(ByteBuffer.allocateDirect(3))).isEqualTo(new byte[3]);
    }

    @Test
    void bindable_parameters_areUnwrapped() {
        Blob blob = Blob.from(Mono.just(ByteBuffer.allocate(1)));

        assertThat(TEXT.bindable(Parameters.in(String.class))).isNull();
        assertThat(TEXT.bindable(Parameters.in(R2dbcType.BIGINT))).isNull();
        assertThat(TEXT.bindable(Parameters.in(blob))).isSameAs(blob);
        assertThat(TEXT.bindable(blob)).isSameAs(blob);
        assertThat(Codecs.isDeferred(blob)).isTrue();
        assertThat(Codecs.isDeferred(new byte[0])).isFalse();
    }

    static Stream<Arguments> refused() {
        String range = " outside the years 0000 to 9999: such text does not sort by time and SQLite cannot read it.";
        String surrogate = ": it has no UTF-8 form and SQLite would store a question mark. Repair the text first.";
        return Stream.of(
                Arguments.of(
                        Double.NaN,
                        "Cannot bind Double NaN: SQLite would store NULL. Use bindNull(..) if" + " that is meant."),
                Arguments.of(
                        Float.NaN,
                        "Cannot bind Float NaN: SQLite would store NULL. Use bindNull(..) if" + " that is meant."),
                Arguments.of("ab\uD83D", "Cannot bind text with a lone surrogate at index 2" + surrogate),
                Arguments.of("\uDE00", "Cannot bind text with a lone surrogate at index 0" + surrogate),
                Arguments.of("\uD83D\uDE00\uDE00", "Cannot bind text with a lone surrogate at index 2" + surrogate),
                Arguments.of('\uD83D', "Cannot bind text with a lone surrogate at index 0" + surrogate),
                Arguments.of(
                        new StringBuilder("\uD83Dx"), "Cannot bind text with a lone surrogate at index 0" + surrogate),
                Arguments.of(
                        new BigDecimal("1E+1000000000"),
                        "Cannot bind a BigDecimal that needs more than 10000 characters of plain text. Bind its"
                                + " text in a form of your own."),
                Arguments.of(
                        new BigDecimal("1E-2147483647"),
                        "Cannot bind a BigDecimal that needs more than 10000 characters of plain text. Bind its"
                                + " text in a form of your own."),
                Arguments.of(
                        BigInteger.ONE.shiftLeft(50_000),
                        "Cannot bind a BigInteger that needs more than 10000 characters of plain text. Bind its"
                                + " text in a form of your own."),
                Arguments.of(
                        LocalTime.of(1, 1, 1, 1),
                        "Cannot bind a LocalTime finer than 1 microsecond: the rest would be lost. Use"
                                + " truncatedTo(ChronoUnit.MICROS) first."),
                Arguments.of(
                        LocalDateTime.of(2021, 1, 1, 1, 1, 1, 999),
                        "Cannot bind a LocalDateTime finer than 1 microsecond: the rest would be lost. Use"
                                + " truncatedTo(ChronoUnit.MICROS) first."),
                Arguments.of(
                        OffsetTime.parse("01:02:03.000000004Z"),
                        "Cannot bind an OffsetTime finer than 1 microsecond: the rest would be lost. Use"
                                + " truncatedTo(ChronoUnit.MICROS) first."),
                Arguments.of(
                        Instant.ofEpochSecond(1, 1_000),
                        "Cannot bind an Instant finer than 1 millisecond: the rest would be lost. Use"
                                + " truncatedTo(ChronoUnit.MILLIS) first."),
                Arguments.of(
                        OffsetDateTime.parse("2021-01-01T00:00:00.0001Z"),
                        "Cannot bind an OffsetDateTime finer than 1 millisecond: the rest would be lost. Use"
                                + " truncatedTo(ChronoUnit.MILLIS) first."),
                Arguments.of(LocalDate.MAX, "Cannot bind a LocalDate" + range),
                Arguments.of(LocalDate.of(-1, 12, 31), "Cannot bind a LocalDate" + range),
                Arguments.of(LocalDateTime.MIN, "Cannot bind a LocalDateTime" + range),
                Arguments.of(Instant.parse("+10000-01-01T00:00:00Z"), "Cannot bind an Instant" + range),
                Arguments.of(Instant.MIN, "Cannot bind an Instant" + range),
                Arguments.of(ZonedDateTime.parse("-0001-12-31T00:00:00Z"), "Cannot bind a ZonedDateTime" + range));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void encode_whatWouldChange_isRefused(Object value, String message) {
        assertThatThrownBy(() -> TEXT.encode(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void encode_epochs_refuseFinerAndLarger() {
        assertThatThrownBy(() -> MILLIS.encode(Instant.ofEpochSecond(0, 1_000)))
                .hasMessageStartingWith("Cannot bind an Instant finer than 1 millisecond");
        assertThatThrownBy(() -> SECONDS.encode(Instant.ofEpochMilli(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot bind an Instant finer than 1 second: the rest would be lost."
                        + " Use truncatedTo(ChronoUnit.SECONDS) first.");
        assertThatThrownBy(() -> MILLIS.encode(Instant.MIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot bind an Instant whose epoch value does not fit 64 bits.");
    }

    @Test
    void bindable_unsupported_isRefusedAtOnce() {
        assertThatThrownBy(() -> TEXT.bindable(Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot bind a value of class java.lang.Class. Supported: Boolean, Byte, Short, Integer,"
                        + " Long, BigInteger, BigDecimal, Float, Double, Character, String, CharSequence,"
                        + " enums, byte[],"
                        + " ByteBuffer, Blob, Clob, LocalDate, LocalTime, LocalDateTime, OffsetTime, OffsetDateTime,"
                        + " ZonedDateTime, Instant, UUID.");
        assertThatThrownBy(() -> TEXT.bindable(new String[0]))
                .hasMessageStartingWith(
                        "Cannot bind a value of class java.lang.String[]. SQLite has no arrays." + " Supported:");
        assertThatThrownBy(() -> TEXT.bindable(Year.of(2021)))
                .hasMessageContaining("class java.time.Year." + " Supported");
        assertThatThrownBy(() -> TEXT.bindable(new AtomicLong())).hasMessageContaining("AtomicLong. Supported");
        assertThatThrownBy(() -> TEXT.bindable(Parameters.in(new Object())))
                .hasMessageContaining("class java.lang.Object. Supported");
        assertThatThrownBy(() -> TEXT.bindable(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value must not be null; use bindNull(..) or Parameters.in(type)");
        assertThatThrownBy(() -> TEXT.bindable(Parameters.out(String.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot bind an Out or InOut parameter: SQLite has no procedures. Use" + " Parameters.in(..).");
        assertThatThrownBy(() -> TEXT.bindable(Parameters.inOut("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TEXT.encode(Blob.from(Mono.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("before its content has been collected.");
    }

    private static Codecs codecs(TemporalStorage storage) {
        return new Codecs(new CodecOptions(IntegerType.NARROW, storage, BooleanStorage.TEXT, UuidStorage.BLOB));
    }
}
