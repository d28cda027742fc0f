package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import rillite.querysets.schema.ColumnType;

/** Java values as SQLite stores them. */
final class ValueEncoderTests {

    private static Object compared(Object value, ColumnType type) {
        return ValueEncoder.compared(value, type, "t.c");
    }

    private static Object written(Object value, ColumnType type) {
        return ValueEncoder.written(value, type, "t.c");
    }

    private static void refused(Object value, ColumnType type) {
        assertThatThrownBy(() -> written(value, type)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void integer_takesWholeNumbers() {
        assertThat(written(7, ColumnType.INTEGER)).isEqualTo(7L);
        assertThat(written((byte) 7, ColumnType.INTEGER)).isEqualTo(7L);
        assertThat(written(" 7 ", ColumnType.INTEGER)).isEqualTo(7L);
        assertThat(written(true, ColumnType.INTEGER)).isEqualTo(1L);
        assertThat(written(7.0, ColumnType.INTEGER)).isEqualTo(7L);
        assertThat(written(new BigDecimal("7.00"), ColumnType.INTEGER)).isEqualTo(7L);
        assertThat(written(BigInteger.valueOf(Long.MIN_VALUE), ColumnType.INTEGER))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(compared(7.5, ColumnType.INTEGER)).isEqualTo(7.5);
        assertThat(compared(BigInteger.TWO.pow(63), ColumnType.INTEGER)).isEqualTo(BigInteger.TWO.pow(63));
        refused(7.5, ColumnType.INTEGER);
        refused("7.5", ColumnType.INTEGER);
        refused(BigInteger.TWO.pow(63), ColumnType.INTEGER);
        refused(Double.NaN, ColumnType.INTEGER);
        refused(LocalDate.EPOCH, ColumnType.INTEGER);
    }

    @Test
    void real_takesFiniteNumbers() {
        assertThat(written(1, ColumnType.REAL)).isEqualTo(1L);
        assertThat(written(0.1f, ColumnType.REAL)).isEqualTo((double) 0.1f);
        assertThat(written("1e3", ColumnType.REAL)).isEqualTo(1000.0);
        refused(Double.POSITIVE_INFINITY, ColumnType.REAL);
        refused("1e999999999", ColumnType.REAL);
        refused("x", ColumnType.REAL);
    }

    @Test
    void decimal_keepsItsDigits() {
        assertThat(written(new BigDecimal("1.50"), ColumnType.DECIMAL)).isEqualTo("1.50");
        assertThat(written("1E+3", ColumnType.DECIMAL)).isEqualTo("1000");
        assertThat(written(3, ColumnType.DECIMAL)).isEqualTo(3L);
    }

    @Test
    void text_takesTextsAndWholeNumbers() {
        assertThat(written('x', ColumnType.TEXT)).isEqualTo("x");
        assertThat(written(ColumnType.TEXT, ColumnType.TEXT)).isEqualTo("TEXT");
        assertThat(written(5, ColumnType.TEXT)).isEqualTo("5");
        assertThat(written("🌾", ColumnType.TEXT)).isEqualTo("🌾");
        refused("a\uD800", ColumnType.TEXT);
        refused("\uDC00a", ColumnType.TEXT);
        refused(1.5, ColumnType.TEXT);
        refused(true, ColumnType.TEXT);
    }

    @Test
    void temporal_isTextInTheOrderOfTime() {
        assertThat(written(LocalDate.of(999, 1, 2), ColumnType.DATE)).isEqualTo("0999-01-02");
        assertThat(written("2024-02-29", ColumnType.DATE)).isEqualTo("2024-02-29");
        assertThat(written(LocalTime.of(1, 2), ColumnType.TIME)).isEqualTo("01:02:00");
        assertThat(written(LocalDateTime.of(2024, 1, 2, 3, 4), ColumnType.DATETIME))
                .isEqualTo("2024-01-02 03:04:00");
        assertThat(written(LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6_000), ColumnType.DATETIME))
                .isEqualTo("2024-01-02 03:04:05.000006");
        assertThat(written("2024-01-02T03:04", ColumnType.DATETIME)).isEqualTo("2024-01-02 03:04:00");
        assertThat(written(LocalDate.of(2024, 1, 2), ColumnType.DATETIME)).isEqualTo("2024-01-02 00:00:00");
        assertThat(compared(1_700_000_000L, ColumnType.DATETIME)).isEqualTo(1_700_000_000L);
        refused(1_700_000_000L, ColumnType.DATETIME);
        refused(LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6), ColumnType.DATETIME);
        refused(LocalDate.of(12_024, 1, 2), ColumnType.DATE);
        refused("2024-02-30", ColumnType.DATE);
        refused(LocalDateTime.of(2024, 1, 2, 3, 4), ColumnType.DATE);
    }

    @Test
    void blobAndUuid_areCopies() {
        byte[] bytes = {1, 2};
        Object blob = written(bytes, ColumnType.BLOB);
        bytes[0] = 9;
        assertThat(blob).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        UUID id = new UUID(1, 2);
        assertThat(written(id, ColumnType.UUID)).isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(((ByteBuffer) written(id, ColumnType.BLOB)).remaining()).isEqualTo(16);
        refused("text", ColumnType.BLOB);
        refused("no uuid", ColumnType.UUID);
    }

    @Test
    void boolean_isOneOrZero() {
        assertThat(written(false, ColumnType.BOOLEAN)).isEqualTo(0L);
        assertThat(written(1, ColumnType.BOOLEAN)).isEqualTo(1L);
        refused(2, ColumnType.BOOLEAN);
        refused("true", ColumnType.BOOLEAN);
    }

    @Test
    void any_keepsTheKindOfTheValue() {
        assertThat(written(1, ColumnType.ANY)).isEqualTo(1L);
        assertThat(written(1.5, ColumnType.ANY)).isEqualTo(1.5);
        assertThat(written("1", ColumnType.ANY)).isEqualTo("1");
        assertThat(written(true, ColumnType.ANY)).isEqualTo(1L);
        refused(new Object(), ColumnType.ANY);
    }
}
