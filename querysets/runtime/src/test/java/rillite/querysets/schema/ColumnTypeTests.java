package rillite.querysets.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meaning and affinity of declared types. */
final class ColumnTypeTests {

    @ParameterizedTest
    @CsvSource({
        "INTEGER, INTEGER, INTEGER",
        "unsigned big int, INTEGER, INTEGER",
        "BIGINT, INTEGER, INTEGER",
        "POINT, ANY, INTEGER",
        "VARCHAR(20), TEXT, TEXT",
        "CHARINT, INTEGER, INTEGER",
        "CLOB, TEXT, TEXT",
        "BLOB, BLOB, BLOB",
        "'', ANY, BLOB",
        "DOUBLE PRECISION, REAL, REAL",
        "FLOAT, REAL, REAL",
        "'DECIMAL(10, 2)', DECIMAL, NUMERIC",
        "numeric, DECIMAL, NUMERIC",
        "Boolean, BOOLEAN, NUMERIC",
        "DATE, DATE, NUMERIC",
        "TIMESTAMP, DATETIME, NUMERIC",
        "datetime, DATETIME, NUMERIC",
        "TIME, TIME, NUMERIC",
        "UUID, UUID, NUMERIC",
        "JSON, JSON, NUMERIC",
        "STRING, ANY, NUMERIC",
        "ANY, ANY, BLOB"
    })
    void of_declaredType(String declared, ColumnType type, Affinity affinity) {
        assertThat(ColumnType.of(declared)).isEqualTo(type);
        assertThat(Affinity.of(declared)).isEqualTo(affinity);
    }
}
