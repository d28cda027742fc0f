package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.r2dbc.TestChunks.untyped;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Nullability;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.RowMetadata;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MetadataTests {
    private static final Codecs CODECS = new Codecs(CodecOptions.DEFAULTS);

    static Stream<Arguments> declarations() {
        return Stream.of(
                Arguments.of(null, Object.class, "ANY", null, null),
                Arguments.of("", Object.class, "ANY", null, null),
                Arguments.of("INTEGER", Integer.class, "INTEGER", null, null),
                Arguments.of("int", Integer.class, "INTEGER", null, null),
                Arguments.of("MEDIUMINT", Integer.class, "INTEGER", null, null),
                Arguments.of("INTEGER UNSIGNED", Integer.class, "INTEGER", null, null),
                Arguments.of("BIGINT", Long.class, "BIGINT", null, null),
                Arguments.of("bigint unsigned", Long.class, "BIGINT", null, null),
                Arguments.of("UNSIGNED  BIG\tINT", Long.class, "BIGINT", null, null),
                Arguments.of("INT8", Long.class, "BIGINT", null, null),
                Arguments.of("SMALLINT", Integer.class, "SMALLINT", null, null),
                Arguments.of("TINYINT(1)", Integer.class, "SMALLINT", 1, null),
                Arguments.of("BOOLEAN", Boolean.class, "BOOLEAN", null, null),
                Arguments.of("Bool", Boolean.class, "BOOLEAN", null, null),
                Arguments.of("DECIMAL(10,2)", BigDecimal.class, "DECIMAL", 10, 2),
                Arguments.of("NUMERIC( 5 , 0 )", BigDecimal.class, "DECIMAL", 5, 0),
                Arguments.of("DECIMAL(10)", BigDecimal.class, "DECIMAL", 10, null),
                Arguments.of("DECIMAL(x,99999999999)", BigDecimal.class, "DECIMAL", null, null),
                Arguments.of("DECIMAL(10", Object.class, "DECIMAL(10", null, null),
                Arguments.of("DATE", LocalDate.class, "DATE", null, null),
                Arguments.of("TIME", LocalTime.class, "TIME", null, null),
                Arguments.of("DATETIME", LocalDateTime.class, "TIMESTAMP", null, null),
                Arguments.of("TIMESTAMP(6)", LocalDateTime.class, "TIMESTAMP", 6, null),
                Arguments.of("TIMESTAMPTZ", Object.class, "TIMESTAMPTZ", null, null),
                Arguments.of("UUID", UUID.class, "UUID", null, null),
                Arguments.of("REAL", Double.class, "DOUBLE", null, null),
                Arguments.of("DOUBLE PRECISION", Double.class, "DOUBLE", null, null),
                Arguments.of("FLOAT", Double.class, "DOUBLE", null, null),
                Arguments.of("TEXT", String.class, "VARCHAR", null, null),
                Arguments.of("VARCHAR(30)", String.class, "VARCHAR", 30, null),
                Arguments.of("CLOB", String.class, "VARCHAR", null, null),
                Arguments.of("BLOB", ByteBuffer.class, "BLOB", null, null),
                Arguments.of("json", Object.class, "JSON", null, null));
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void column_declared_hasTypeAndDigits(
            String declared, Class<?> javaType, String type, Integer precision, Integer scale) {
        ColumnMetadata column = only(declared, CODECS);

        assertThat(column.getName()).isEqualTo("c");
        assertThat(column.getJavaType()).isEqualTo(javaType);
        assertThat(column.getType().getName()).isEqualTo(type);
        assertThat(column.getNativeTypeMetadata()).isEqualTo(declared == null || declared.isEmpty() ? null : declared);
        assertThat(column.getPrecision()).isEqualTo(precision);
        assertThat(column.getScale()).isEqualTo(scale);
        assertThat(column.getNullability()).isEqualTo(Nullability.UNKNOWN);
    }

    @Test
    void column_integerTypeLong_changesOnlyPlainIntegers() {
        Codecs longs = new Codecs(
                new CodecOptions(IntegerType.LONG, TemporalStorage.TEXT, BooleanStorage.INTEGER, UuidStorage.TEXT));

        assertThat(only("INTEGER", longs).getJavaType()).isEqualTo(Long.class);
        assertThat(only("INTEGER", longs).getType()).isEqualTo(R2dbcType.BIGINT);
        assertThat(only("SMALLINT", longs).getJavaType()).isEqualTo(Integer.class);
        assertThat(only("UUID", longs).getType().getJavaType()).isEqualTo(UUID.class);
    }

    @Test
    void column_texts_nameColumnAndTable() {
        SqliteColumnMetadata column = (SqliteColumnMetadata) only("INTEGER", CODECS);

        assertThat(column).hasToString("c INTEGER");
        assertThat(column.table()).isEqualTo("t");
        assertThat(only(null, CODECS)).hasToString("c");
    }

    @Test
    void row_columns_keepOrderAndDuplicates() {
        RowMetadata row = untyped("b", "a", "B").metadata(CODECS);

        assertThat(row.getColumnMetadatas()).extracting(ColumnMetadata::getName).containsExactly("b", "a", "B");
        assertThat(row.getColumnMetadata("B")).isSameAs(row.getColumnMetadata(0));
        assertThat(row.contains("A")).isTrue();
        assertThat(row.contains("c")).isFalse();
        assertThat(row).hasToString("SqliteRowMetadata[b, a, B]");
    }

    @Test
    void row_unknownColumn_isRefused() {
        RowMetadata row = untyped("value").metadata(CODECS);

        assertThatThrownBy(() -> row.getColumnMetadata(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> row.getColumnMetadata(100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> row.getColumnMetadata("vlaue"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("Did you mean value?");
        assertThatThrownBy(() -> row.getColumnMetadata(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row.getColumnMetadatas().remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void metadata_sameCodecs_isBuiltOnce() {
        Columns columns = untyped("a");

        assertThat(columns.metadata(CODECS)).isSameAs(columns.metadata(CODECS));
        assertThat(columns.metadata(new Codecs(CodecOptions.DEFAULTS))).isNotSameAs(columns.metadata(CODECS));
    }

    private static ColumnMetadata only(String declared, Codecs codecs) {
        return TestChunks.cell(declared, null).columns().metadata(codecs).getColumnMetadata(0);
    }
}
