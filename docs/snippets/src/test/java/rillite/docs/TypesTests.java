package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;

/** reference/types.md */
final class TypesTests {
    private static final String PAGE = Pages.text("reference/types.md");

    private SqliteConnectionFactory connections;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    /** Binds a value and asks SQLite what it got. */
    private String stored(Object value) {
        return Scratch.await(Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT upper(typeof(?1)) || ' ' || quote(?1)")
                                .bind(0, value)
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get(0, String.class)))
                        .single(),
                Connection::close));
    }

    private void encodes(Object value, String expected) {
        assertThat(stored(value)).isEqualTo(expected);
        assertThat(PAGE).contains("`" + expected.substring(expected.indexOf(' ') + 1) + "`");
    }

    @Test
    void binds_areStoredAsThePageSays() {
        encodes(true, "INTEGER 1");
        encodes(42L, "INTEGER 42");
        encodes(new BigInteger("18446744073709551616"), "TEXT '18446744073709551616'");
        encodes(new BigDecimal("12.50"), "TEXT '12.50'");
        encodes(0.5, "REAL 0.5");
        encodes("Ada", "TEXT 'Ada'");
        encodes(DayOfWeek.MONDAY, "TEXT 'MONDAY'");
        encodes(ByteBuffer.wrap("Ada".getBytes(StandardCharsets.UTF_8)), "BLOB X'416461'");
        encodes(LocalDate.of(2026, 1, 31), "TEXT '2026-01-31'");
        encodes(LocalTime.of(9, 5), "TEXT '09:05:00'");
        encodes(OffsetTime.parse("09:05:00+02:00"), "TEXT '09:05:00+02:00'");
        encodes(LocalDateTime.of(2026, 1, 31, 9, 5), "TEXT '2026-01-31 09:05:00'");
        encodes(LocalDateTime.of(2026, 1, 31, 9, 5, 0, 250_000_000), "TEXT '2026-01-31 09:05:00.250000'");
        encodes(Instant.parse("2026-01-31T09:05:00Z"), "TEXT '2026-01-31T09:05:00.000Z'");
        encodes(OffsetDateTime.parse("2026-01-31T11:05:00+02:00"), "TEXT '2026-01-31T09:05:00.000Z'");
        encodes(ZonedDateTime.parse("2026-01-31T11:05:00+02:00"), "TEXT '2026-01-31T09:05:00.000Z'");
        encodes(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"), "TEXT '123e4567-e89b-12d3-a456-426614174000'");
    }

    private Object untyped(String declared, String value) {
        Scratch.run(connections, "DROP TABLE IF EXISTS t", "CREATE TABLE t (c " + declared + ")");
        Scratch.run(connections, "INSERT INTO t VALUES (" + value + ")");
        return Scratch.value(connections, Object.class, "SELECT c FROM t");
    }

    private void decodes(String declared, String value, Object expected) {
        assertThat(untyped(declared, value)).isEqualTo(expected);
        for (String name : declared.split("\\(")[0].split(" or ")) {
            assertThat(PAGE).contains("`" + name + "`");
        }
        assertThat(PAGE).contains("`" + expected.getClass().getSimpleName().replaceFirst("^Heap", "") + "`");
    }

    @Test
    void untypedReads_followTheDeclaredType() {
        decodes("INTEGER", "7", 7);
        decodes("INTEGER", "3000000000", 3_000_000_000L);
        decodes("BIGINT", "7", 7L);
        decodes("SMALLINT", "7", 7);
        decodes("BOOLEAN", "1", true);
        decodes("DECIMAL(10, 2)", "12.5", BigDecimal.valueOf(12.5));
        decodes("DATE", "'2026-01-31'", LocalDate.of(2026, 1, 31));
        decodes("TIME", "'09:05:00'", LocalTime.of(9, 5));
        decodes("DATETIME", "'2026-01-31 09:05:00'", LocalDateTime.of(2026, 1, 31, 9, 5));
        decodes("TIMESTAMP", "'2026-01-31T09:05:00Z'", LocalDateTime.of(2026, 1, 31, 9, 5));
        decodes(
                "UUID",
                "'123e4567-e89b-12d3-a456-426614174000'",
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        decodes("REAL", "0.5", 0.5);
        decodes("TEXT", "'Ada'", "Ada");
        assertThat(untyped("BLOB", "x'416461'")).isInstanceOf(ByteBuffer.class);
        assertThat(untyped("TEXT", "x'416461'")).isInstanceOf(ByteBuffer.class);
        assertThat(untyped("INTEGER", "'many'")).isEqualTo("many");
    }

    @Test
    void typedReads_convertOrFail() {
        Scratch.run(connections, "CREATE TABLE t (c INTEGER)", "INSERT INTO t VALUES (300)");

        // tag::typed[]
        Mono<Integer> number = Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(
                                connection.createStatement("SELECT c FROM t").execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("c", Integer.class)))
                        .single(),
                Connection::close);
        // end::typed[]
        StepVerifier.create(number).expectNext(300).verifyComplete();

        Mono<Byte> narrow = Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(
                                connection.createStatement("SELECT c FROM t").execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("c", Byte.class)))
                        .single(),
                Connection::close);
        StepVerifier.create(narrow)
                .expectErrorMatches(error -> error.getMessage().contains("ask for a wider class"))
                .verify();
    }
}
