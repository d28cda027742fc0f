package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.R2dbcNonTransientException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TypedReadErrorTests {
    private enum Color {
        RED,
        GREEN
    }

    private enum Letter {
        A,
        B,
        C,
        D,
        E,
        F,
        G,
        H,
        I,
        J,
        K,
        L
    }

    private static final Codecs TEXT = new Codecs(CodecOptions.DEFAULTS);
    private static final String WIDER = "; ask for a wider class.";
    private static final String INEXACT = "the value would not be kept exactly; ask for ";
    private static final String NUMBERS =
            "which is readable as numbers, Boolean and String, and date and time classes by temporalStorage.";
    private static final String REALS = "which is readable as numbers and String.";
    private static final String TEXTS = "which is readable as String, Clob and what the text spells.";
    private static final String BYTES = "which is readable as byte[], ByteBuffer, Blob and UUID.";

    static Stream<Arguments> unreadable() {
        byte[] blob = {1, 2, 3};
        String noTime = "there is no time of day; ask for LocalDate or LocalDateTime.";
        String hasDate = "its date would be lost; ask for LocalDate or LocalDateTime.";
        String noDate = "there is no date; ask for LocalTime.";
        String spelled = "the text is no date or time; the forms are yyyy-MM-dd, HH:mm[:ss[.fraction]] or both with a"
                + " T or a space between, the time optionally with Z or +HH:mm.";
        String epoch =
                "and temporalStorage is TEXT; set it to EPOCH_MILLIS or EPOCH_SECONDS if such numbers are times.";
        return Stream.of(
                Arguments.of(128L, Byte.class, "22003", "the value is outside -128 to 127" + WIDER),
                Arguments.of(40_000L, short.class, "22003", "the value is outside -32768 to 32767" + WIDER),
                Arguments.of(
                        1L << 40, Integer.class, "22003", "the value is outside -2147483648 to 2147483647" + WIDER),
                Arguments.of(1e9, Short.class, "22003", "the value is outside -32768 to 32767" + WIDER),
                Arguments.of(0x1p63, Long.class, "22003", "the value is outside 64 bits; ask for Double."),
                Arguments.of(0x1p63, Byte.class, "22003", "the value is outside 64 bits; ask for Double."),
                Arguments.of(1.5, Long.class, "22003", INEXACT + "Double or BigDecimal."),
                Arguments.of(1.5, BigInteger.class, "22003", INEXACT + "Double or BigDecimal."),
                Arguments.of(
                        Double.POSITIVE_INFINITY, Long.class, "22003", "the value is outside 64 bits; ask for Double."),
                Arguments.of(
                        Double.POSITIVE_INFINITY, BigDecimal.class, "22003", "the value is infinite; ask for Double."),
                Arguments.of(
                        Double.NEGATIVE_INFINITY, BigInteger.class, "22003", "the value is infinite; ask for Double."),
                Arguments.of((1L << 53) + 1, Double.class, "22003", INEXACT + "Long."),
                Arguments.of(Long.MAX_VALUE, Double.class, "22003", INEXACT + "Long."),
                Arguments.of((1L << 24) + 1, Float.class, "22003", INEXACT + "Double."),
                Arguments.of(1e300, Float.class, "22003", INEXACT + "Double."),
                Arguments.of(1e-300, Float.class, "22003", INEXACT + "Double."),
                Arguments.of("1e400", Double.class, "22003", INEXACT + "BigDecimal."),
                Arguments.of(
                        "9223372036854775808",
                        Long.class,
                        "22003",
                        "the value is outside 64 bits; ask for BigInteger."),
                Arguments.of("300", Byte.class, "22003", "the value is outside -128 to 127" + WIDER),
                Arguments.of("1.5", Long.class, "22018", "the text is no whole number; ask for String."),
                Arguments.of("", Integer.class, "22018", "the text is no whole number; ask for String."),
                Arguments.of("NaN", Double.class, "22018", "the text is no number; ask for String."),
                Arguments.of("1,5", BigDecimal.class, "22018", "the text is no number; ask for String."),
                Arguments.of(
                        "1".repeat(10_001),
                        BigInteger.class,
                        "22003",
                        "the text is longer than 10000 characters; ask for String."),
                Arguments.of(
                        "maybe",
                        Boolean.class,
                        "22018",
                        "the text is none of true, false, t, f, yes, no, y, n, on, off, 1, 0; ask for String."),
                Arguments.of("ab", Character.class, "22018", "the text is not one character long; ask for String."),
                Arguments.of(
                        "\uD83D\uDE00", char.class, "22018", "the text is not one character long; ask for String."),
                Arguments.of("red", Color.class, "22018", "the text is no constant of it: RED, GREEN."),
                Arguments.of(
                        "Z",
                        Letter.class,
                        "22018",
                        "the text is no constant of it: A, B, C, D, E, F, G, H, I, J and 2 more."),
                Arguments.of(
                        "1-1-1-1-1",
                        UUID.class,
                        "22018",
                        "the text is no UUID of 32 hexadecimal digits; ask for String."),
                Arguments.of(
                        "+0112233445566778899aabbccddeeff",
                        UUID.class,
                        "22018",
                        "the text is no UUID of 32 hexadecimal digits; ask for String."),
                Arguments.of(
                        "00112233-4455-6677-8899aabbccddeeff-",
                        UUID.class,
                        "22018",
                        "the text is no UUID of 32 hexadecimal digits; ask for String."),
                Arguments.of(blob, UUID.class, "22018", "3 bytes long where a UUID has 16; ask for byte[]."),
                Arguments.of(
                        "2021-06-05 12:00:00",
                        LocalDate.class,
                        "22007",
                        "its time of day would be lost; ask for LocalDateTime."),
                Arguments.of(
                        "2021-06-05T00:00:00+02:00",
                        LocalDate.class,
                        "22007",
                        "its time of day would be lost; ask for LocalDateTime."),
                Arguments.of("12:00:00", LocalDate.class, "22007", noDate),
                Arguments.of("12:00:00", LocalDateTime.class, "22007", noDate),
                Arguments.of("12:00:00Z", Instant.class, "22007", noDate),
                Arguments.of("12:00:00Z", OffsetDateTime.class, "22007", noDate),
                Arguments.of("12:00:00Z", ZonedDateTime.class, "22007", noDate),
                Arguments.of("2021-06-05", LocalTime.class, "22007", noTime),
                Arguments.of("1970-01-01", OffsetTime.class, "22007", noTime),
                Arguments.of("2021-06-05 12:00:00", LocalTime.class, "22007", hasDate),
                Arguments.of("2021-06-05 12:00:00", OffsetTime.class, "22007", hasDate),
                Arguments.of("yesterday", LocalDate.class, "22007", spelled),
                Arguments.of("", Instant.class, "22007", spelled),
                Arguments.of(1L, LocalDate.class, "22007", epoch),
                Arguments.of(1L, Instant.class, "22007", epoch),
                Arguments.of(1L, UUID.class, "22018", NUMBERS),
                Arguments.of(1L, byte[].class, "22018", NUMBERS),
                Arguments.of(1L, Clob.class, "22018", NUMBERS),
                Arguments.of(1L, Color.class, "22018", NUMBERS),
                Arguments.of(1L, Character.class, "22018", NUMBERS),
                Arguments.of(1.5, Boolean.class, "22018", REALS),
                Arguments.of(1.5, LocalDate.class, "22018", REALS),
                Arguments.of(1.5, Instant.class, "22018", REALS),
                Arguments.of(1.5, ByteBuffer.class, "22018", REALS),
                Arguments.of(blob, String.class, "22018", BYTES),
                Arguments.of(blob, Clob.class, "22018", BYTES),
                Arguments.of(blob, Integer.class, "22018", BYTES),
                Arguments.of(blob, Long.class, "22018", BYTES),
                Arguments.of(blob, Double.class, "22018", BYTES),
                Arguments.of(blob, BigDecimal.class, "22018", BYTES),
                Arguments.of(blob, BigInteger.class, "22018", BYTES),
                Arguments.of(blob, Boolean.class, "22018", BYTES),
                Arguments.of(blob, LocalDateTime.class, "22018", BYTES),
                Arguments.of(blob, Color.class, "22018", BYTES));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void decode_notConvertible_namesColumnStorageTargetAndReason(
            Object cell, Class<?> type, String sqlState, String reason) {
        RowChunk chunk = TestChunks.cell("ANY", cell);

        assertThatThrownBy(() -> TEXT.decode(chunk, 0, 0, type))
                .isInstanceOfSatisfying(SqliteNonTransientException.class, e -> {
                    assertThat(e).isInstanceOf(R2dbcNonTransientException.class).hasNoCause();
                    assertThat(e.getSqlState()).isEqualTo(sqlState);
                    assertThat(e.getSql()).isNull();
                })
                .hasMessage("Cannot read column \"c\" (index 0, table t) as " + type.getSimpleName()
                        + ": storage class " + chunk.storage(0, 0) + ", " + reason);
    }

    @Test
    void decode_expression_hasNoTable() {
        RowChunk chunk = TestChunks.row(TestChunks.untyped("a", "count(*)"), null, 300L);

        assertThatThrownBy(() -> TEXT.decode(chunk, 0, 1, Byte.class))
                .hasMessageStartingWith("Cannot read column \"count(*)\" (index 1) as Byte: storage class INTEGER,");
    }

    @Test
    void decode_secret_isInNoMessage() {
        RowChunk chunk = TestChunks.cell("TEXT", "hunter2");
        for (Class<?> type : new Class<?>[] {
            Long.class,
            Double.class,
            BigDecimal.class,
            Boolean.class,
            UUID.class,
            Color.class,
            Instant.class,
            char.class
        }) {
            SqliteNonTransientException error =
                    catchThrowableOfType(SqliteNonTransientException.class, () -> TEXT.decode(chunk, 0, 0, type));
            assertThat(error).hasNoCause().message().doesNotContain("hunter");
        }
    }

    @Test
    void decode_epochOutsideTheClass_isRefused() {
        RowChunk chunk = TestChunks.cell("DATETIME", Long.MAX_VALUE);
        Codecs seconds = new Codecs(new CodecOptions(
                IntegerType.NARROW, TemporalStorage.EPOCH_SECONDS, BooleanStorage.INTEGER, UuidStorage.TEXT));
        String reason = "storage class INTEGER, the epoch value is outside the range of that class; ask for Long.";

        assertThatThrownBy(() -> seconds.decode(chunk, 0, 0, Instant.class)).hasMessageEndingWith(reason);
        assertThatThrownBy(() -> seconds.decode(chunk, 0, 0, LocalDateTime.class))
                .hasMessageEndingWith(reason);
        RowChunk first = TestChunks.cell("DATETIME", Instant.MIN.getEpochSecond());
        assertThat(seconds.decode(first, 0, 0, Instant.class)).isEqualTo(Instant.MIN);
        assertThatThrownBy(() -> seconds.decode(first, 0, 0, OffsetDateTime.class))
                .hasMessageEndingWith(reason);
        RowChunk day = TestChunks.cell("TIME", 86_400L);
        assertThatThrownBy(() -> seconds.decode(day, 0, 0, LocalTime.class))
                .hasMessageEndingWith("its date would be lost; ask for LocalDate or LocalDateTime.");
    }

    @Test
    void decode_unsupportedClass_isRefusedWhateverTheCell() {
        for (Object cell : new Object[] {null, 1L, "text"}) {
            RowChunk chunk = TestChunks.cell(null, cell);
            assertThatThrownBy(() -> TEXT.decode(chunk, 0, 0, Thread.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot read column \"c\" (index 0, table t) as java.lang.Thread: no conversion to that"
                            + " class. Supported: Object, Boolean, Byte, Short, Integer, Long, BigInteger, BigDecimal,"
                            + " Float, Double, Character, String, CharSequence, enums, byte[], ByteBuffer, Blob, Clob,"
                            + " LocalDate, LocalTime, LocalDateTime, OffsetTime, OffsetDateTime, ZonedDateTime,"
                            + " Instant, UUID.");
        }
        assertThatThrownBy(() -> TEXT.decode(TestChunks.cell(null, 1L), 0, 0, Integer[].class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as java.lang.Integer[]: no conversion to that class. SQLite has no arrays.");
        assertThat(TEXT.decode(TestChunks.cell(null, null), 0, 0, Blob.class)).isNull();
    }
}
