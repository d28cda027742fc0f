package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UntypedReadTests {
    private static final Codecs TEXT = new Codecs(CodecOptions.DEFAULTS);
    private static final UUID ID = new UUID(1, 2);

    static Stream<Arguments> cells() {
        byte[] blob = {1};
        long big = 1L << 40;
        return Stream.of(
                Arguments.of("INTEGER", 100L, 100),
                Arguments.of("INT", (long) Integer.MIN_VALUE, Integer.MIN_VALUE),
                Arguments.of(null, 100L, 100),
                Arguments.of("INTEGER", big, big),
                Arguments.of(null, big, big),
                Arguments.of("BIGINT", 1L, 1L),
                Arguments.of("INT8", 1L, 1L),
                Arguments.of("SMALLINT", 1L, 1),
                Arguments.of("TINYINT", big, big),
                Arguments.of("BOOLEAN", 1L, true),
                Arguments.of("BOOL", 0L, false),
                Arguments.of("BOOLEAN", 2L, true),
                Arguments.of("BOOLEAN", "false", false),
                Arguments.of("BOOLEAN", 1.0, 1.0),
                Arguments.of("BOOLEAN", blob, ByteBuffer.wrap(blob)),
                Arguments.of("DECIMAL(10,2)", 12L, new BigDecimal("12")),
                Arguments.of("NUMERIC", 1.1, new BigDecimal("1.1")),
                Arguments.of("DECIMAL", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                Arguments.of("DECIMAL", "1.10", new BigDecimal("1.10")),
                Arguments.of("DATE", "2021-06-05", LocalDate.of(2021, 6, 5)),
                Arguments.of("DATE", "2021-06-05 12:00:00", LocalDateTime.of(2021, 6, 5, 12, 0)),
                Arguments.of("DATE", 20210605L, 20210605),
                Arguments.of("DATE", 2459370.5, 2459370.5),
                Arguments.of("DATE", blob, ByteBuffer.wrap(blob)),
                Arguments.of("TIME", "12:00", LocalTime.NOON),
                Arguments.of("TIME", "2021-06-05 12:00:00", LocalDateTime.of(2021, 6, 5, 12, 0)),
                Arguments.of("TIME", "2021-06-05", LocalDateTime.of(2021, 6, 5, 0, 0)),
                Arguments.of("DATETIME", "2021-06-05T12:00:00Z", LocalDateTime.of(2021, 6, 5, 12, 0)),
                Arguments.of("TIMESTAMP", "2021-06-05 12:00:00", LocalDateTime.of(2021, 6, 5, 12, 0)),
                Arguments.of("TIMESTAMP", big, big),
                Arguments.of("UUID", ID.toString(), ID),
                Arguments.of("UUID", new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2}, ID),
                Arguments.of("UUID", 7L, 7),
                Arguments.of("REAL", 1.5, 1.5),
                Arguments.of("REAL", 1L, 1),
                Arguments.of("TEXT", "t", "t"),
                Arguments.of("TEXT", 5L, 5),
                Arguments.of("TEXT", blob, ByteBuffer.wrap(blob)),
                Arguments.of("INTEGER", "many", "many"),
                Arguments.of("INTEGER", 1.5, 1.5),
                Arguments.of("BLOB", blob, ByteBuffer.wrap(blob)),
                Arguments.of("BLOB", "text", "text"),
                Arguments.of("JSON", "{}", "{}"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void get_untyped_followsDeclarationUnlessTheStorageDisagrees(String declared, Object cell, Object expected) {
        RowChunk chunk = TestChunks.cell(declared, cell);

        assertThat(TEXT.decode(chunk, 0, 0)).isEqualTo(expected);
        assertThat(TEXT.decode(chunk, 0, 0, Object.class)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"INTEGER", "BOOLEAN", "DECIMAL", "DATE", "TIME", "DATETIME", "UUID", "REAL", "TEXT", "BLOB"})
    void get_null_isNull(String declared) {
        assertThat(TEXT.decode(TestChunks.cell(declared, null), 0, 0)).isNull();
    }

    @Test
    void get_integerTypeLong_fixesPlainIntegers() {
        Codecs longs = codecs(IntegerType.LONG, TemporalStorage.TEXT);

        assertThat(longs.decode(TestChunks.cell("INTEGER", 1L), 0, 0)).isEqualTo(1L);
        assertThat(longs.decode(TestChunks.cell(null, 1L), 0, 0)).isEqualTo(1L);
        assertThat(longs.decode(TestChunks.cell("DATE", 1L), 0, 0)).isEqualTo(1L);
        assertThat(longs.decode(TestChunks.cell("SMALLINT", 1L), 0, 0)).isEqualTo(1);
        assertThat(longs.decode(TestChunks.cell("BOOLEAN", 1L), 0, 0)).isEqualTo(true);
    }

    @Test
    void get_integerInTemporalColumn_isDecodedByTemporalStorage() {
        Codecs millis = codecs(IntegerType.NARROW, TemporalStorage.EPOCH_MILLIS);
        Codecs seconds = codecs(IntegerType.NARROW, TemporalStorage.EPOCH_SECONDS);

        assertThat(millis.decode(TestChunks.cell("DATE", 86_400_000L), 0, 0)).isEqualTo(LocalDate.of(1970, 1, 2));
        assertThat(seconds.decode(TestChunks.cell("DATE", 86_400L), 0, 0)).isEqualTo(LocalDate.of(1970, 1, 2));
        assertThat(seconds.decode(TestChunks.cell("DATE", 86_401L), 0, 0))
                .isEqualTo(LocalDateTime.of(1970, 1, 2, 0, 0, 1));
        assertThat(seconds.decode(TestChunks.cell("TIME", 61L), 0, 0)).isEqualTo(LocalTime.of(0, 1, 1));
        assertThat(seconds.decode(TestChunks.cell("DATETIME", 61L), 0, 0))
                .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 1, 1));
        assertThat(seconds.decode(TestChunks.cell("DATE", "2021-06-05"), 0, 0)).isEqualTo(LocalDate.of(2021, 6, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATE", "TIME", "DATETIME", "TIMESTAMP", "UUID", "BOOLEAN", "DECIMAL"})
    void get_textThatDoesNotSpellTheDeclaredType_isATypedError(String declared) {
        RowChunk chunk = TestChunks.cell(declared, "hunter2");

        assertThatThrownBy(() -> TEXT.decode(chunk, 0, 0))
                .isInstanceOf(SqliteNonTransientException.class)
                .hasMessageStartingWith("Cannot read column \"c\" (index 0, table t) as ")
                .hasMessageContaining(": storage class TEXT, the text is ")
                .message()
                .doesNotContain("hunter");
    }

    private static Codecs codecs(IntegerType integerType, TemporalStorage temporalStorage) {
        return new Codecs(new CodecOptions(integerType, temporalStorage, BooleanStorage.INTEGER, UuidStorage.TEXT));
    }
}
