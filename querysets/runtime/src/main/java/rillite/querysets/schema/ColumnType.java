package rillite.querysets.schema;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.UUID;

/** What a declared type means for values: how they are written, compared and read. */
public enum ColumnType {
    INTEGER(Long.class),
    REAL(Double.class),
    TEXT(String.class),
    BLOB(ByteBuffer.class),
    BOOLEAN(Boolean.class),
    DATE(LocalDate.class),
    TIME(LocalTime.class),
    DATETIME(LocalDateTime.class),
    DECIMAL(BigDecimal.class),
    UUID(UUID.class),
    JSON(String.class),
    /** No or an unknown declared type: values keep their own type. */
    ANY(Object.class);

    private final Class<?> javaType;

    ColumnType(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** The Java type in which values of this type are read. */
    public Class<?> javaType() {
        return javaType;
    }

    /** Whether values are dates, times or both. */
    public boolean isTemporal() {
        return this == DATE || this == TIME || this == DATETIME;
    }

    /** Derives the meaning from a declared type such as {@code VARCHAR(20)}. */
    public static ColumnType of(String declaredType) {
        String type = declaredType.toUpperCase(Locale.ROOT).trim();
        int bracket = type.indexOf('(');
        String base = bracket < 0 ? type : type.substring(0, bracket).trim();
        return switch (base) {
            case "BOOLEAN", "BOOL" -> BOOLEAN;
            case "DATE" -> DATE;
            case "TIME" -> TIME;
            case "DATETIME", "TIMESTAMP" -> DATETIME;
            case "DECIMAL", "NUMERIC" -> DECIMAL;
            case "UUID" -> UUID;
            case "JSON" -> JSON;
            case "ANY" -> ANY;
            default -> ofAffinity(base);
        };
    }

    private static ColumnType ofAffinity(String base) {
        return switch (Affinity.of(base)) {
            case INTEGER -> base.contains("POINT") ? ANY : INTEGER;
            case TEXT -> TEXT;
            case REAL -> REAL;
            case BLOB -> base.isEmpty() ? ANY : BLOB;
            case NUMERIC -> ANY;
        };
    }
}
