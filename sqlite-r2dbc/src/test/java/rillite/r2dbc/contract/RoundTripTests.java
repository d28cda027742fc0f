package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Result;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import rillite.r2dbc.testing.Await;

/** Values go in and come back through the SPI; the codecs have their own, finer tests. */
final class RoundTripTests extends Contract {
    static Stream<Object> values() {
        return Stream.of(
                true,
                false,
                (byte) -128,
                Short.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                new BigInteger("9223372036854775807"),
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1234567890.0987654321"),
                1.5f,
                -0.1,
                Double.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                "",
                "text with \u0000 and \ud83d\ude00",
                TimeUnit.DAYS,
                LocalDate.of(2024, 2, 29),
                LocalTime.of(23, 59, 59),
                LocalDateTime.of(2024, 2, 29, 1, 2, 3),
                LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000),
                Instant.parse("2024-02-29T01:02:03.004Z"),
                OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC),
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_boundAndReadWithItsType_isEqual(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        var back = Flux.<Result>from(
                        connection.createStatement("SELECT ?").bind(0, value).execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, type)));

        assertThat(Await.<Object>one(back)).isEqualTo(value);
    }

    @Test
    void bytes_comeBackAsArrayAndBuffer() {
        byte[] bytes = {0, 1, -1, 127, -128};

        assertThat(read(byte[].class, "SELECT ?", bytes).get(0)).isEqualTo(bytes);
        assertThat(read(ByteBuffer.class, "SELECT ?", bytes).get(0)).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 7, java.lang.Integer",
        "INTEGER, 5000000000, java.lang.Long",
        "BIGINT, 7, java.lang.Long",
        "SMALLINT, 7, java.lang.Integer",
        "BOOLEAN, 1, java.lang.Boolean",
        "REAL, 1.5, java.lang.Double",
        "TEXT, 'x', java.lang.String",
        "'', 7, java.lang.Integer",
        "'DECIMAL(9,2)', 1.25, java.math.BigDecimal",
        "DATE, '2024-02-29', java.time.LocalDate",
        "TIME, '01:02:03', java.time.LocalTime",
        "DATETIME, '2024-02-29 01:02:03', java.time.LocalDateTime",
        "TIMESTAMP, '2024-02-29 01:02:03', java.time.LocalDateTime",
        "UUID, '00112233-4455-6677-8899-aabbccddeeff', java.util.UUID"
    })
    void untyped_declaredType_decides(String declared, String literal, String expected) {
        String value = literal.matches("[0-9.]+") ? literal : "'" + literal + "'";
        exec("CREATE TABLE v (x " + declared + ")");
        exec("INSERT INTO v VALUES (" + value + ")");

        var type = Flux.<Result>from(
                        connection.createStatement("SELECT x FROM v").execute())
                .concatMap(result -> result.map(
                        (row, metadata) -> String.valueOf(row.get(0).getClass().getName())));

        assertThat(Await.<String>one(type)).isEqualTo(expected);
    }
}
