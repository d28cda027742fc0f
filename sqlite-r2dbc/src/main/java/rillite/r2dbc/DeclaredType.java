package rillite.r2dbc;

import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A column's declared type, parsed once per shape: what an untyped read gives where the stored value agrees. */
final class DeclaredType {
    /** Families of declared types; {@link #ANY} means that the stored value alone decides. */
    enum Kind {
        ANY(Object.class, null),
        INTEGER(Integer.class, R2dbcType.INTEGER),
        BIGINT(Long.class, R2dbcType.BIGINT),
        SMALLINT(Integer.class, R2dbcType.SMALLINT),
        BOOLEAN(Boolean.class, R2dbcType.BOOLEAN),
        DECIMAL(BigDecimal.class, R2dbcType.DECIMAL),
        DATE(LocalDate.class, R2dbcType.DATE),
        TIME(LocalTime.class, R2dbcType.TIME),
        DATETIME(LocalDateTime.class, R2dbcType.TIMESTAMP),
        UUID(UUID.class, null),
        REAL(Double.class, R2dbcType.DOUBLE),
        TEXT(String.class, R2dbcType.VARCHAR),
        BLOB(ByteBuffer.class, R2dbcType.BLOB);

        private final Class<?> javaType;
        private final @Nullable R2dbcType standard;

        Kind(Class<?> javaType, @Nullable R2dbcType standard) {
            this.javaType = javaType;
            this.standard = standard;
        }
    }

    private record Named(String name, Class<?> javaType) implements Type {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public Class<?> getJavaType() {
            return javaType;
        }
    }

    private static final DeclaredType NONE = new DeclaredType(null, Kind.ANY, null, null);
    private static final DeclaredType INTEGER = new DeclaredType("INTEGER", Kind.INTEGER, null, null);
    private static final DeclaredType TEXT = new DeclaredType("TEXT", Kind.TEXT, null, null);

    private final @Nullable String text;
    private final Kind kind;
    private final @Nullable Integer precision;
    private final @Nullable Integer scale;

    private DeclaredType(@Nullable String text, Kind kind, @Nullable Integer precision, @Nullable Integer scale) {
        this.text = text;
        this.kind = kind;
        this.precision = precision;
        this.scale = scale;
    }

    static DeclaredType of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        return switch (text) {
            case "INTEGER" -> INTEGER;
            case "TEXT" -> TEXT;
            default -> parse(text);
        };
    }

    /** The declaration as written, or null for an expression and a column declared without a type. */
    @Nullable String text() {
        return text;
    }

    /** Tells whether this is the declaration that SQLite gives for a column. */
    boolean isWritten(@Nullable String declared) {
        return Objects.equals(text, declared == null || declared.isBlank() ? null : declared);
    }

    Kind kind() {
        return kind;
    }

    /** First number in the parentheses of the declaration, as 10 in DECIMAL(10,2). */
    @Nullable Integer precision() {
        return precision;
    }

    /** Second number in the parentheses of the declaration, as 2 in DECIMAL(10,2). */
    @Nullable Integer scale() {
        return scale;
    }

    Class<?> javaType(IntegerType integerType) {
        return isLong(integerType) ? Long.class : kind.javaType;
    }

    Type type(IntegerType integerType) {
        R2dbcType standard = isLong(integerType) ? R2dbcType.BIGINT : kind.standard;
        if (standard != null) {
            return standard;
        }
        return new Named(text == null ? "ANY" : text.toUpperCase(Locale.ROOT), kind.javaType);
    }

    private boolean isLong(IntegerType integerType) {
        return kind == Kind.INTEGER && integerType == IntegerType.LONG;
    }

    private static DeclaredType parse(String text) {
        int open = text.indexOf('(');
        int close = text.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            return new DeclaredType(text, kind(text), null, null);
        }
        String[] numbers = text.substring(open + 1, close).split(",", -1);
        return new DeclaredType(
                text,
                kind(text.substring(0, open) + " " + text.substring(close + 1)),
                number(numbers[0]),
                numbers.length == 2 ? number(numbers[1]) : null);
    }

    private static @Nullable Integer number(String digits) {
        try {
            return Integer.valueOf(digits.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Kind kind(String words) {
        String name = words.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        return switch (name) {
            case "BIGINT", "INT8", "UNSIGNED BIG INT" -> Kind.BIGINT;
            case "SMALLINT", "TINYINT", "INT2" -> Kind.SMALLINT;
            case "BOOLEAN", "BOOL" -> Kind.BOOLEAN;
            case "DECIMAL", "NUMERIC" -> Kind.DECIMAL;
            case "DATE" -> Kind.DATE;
            case "TIME" -> Kind.TIME;
            case "DATETIME", "TIMESTAMP" -> Kind.DATETIME;
            case "UUID" -> Kind.UUID;
            default -> affinity(name);
        };
    }

    // The order of the tests is SQLite's own rule for the affinity of a column.
    private static Kind affinity(String name) {
        if (name.contains("INT")) {
            return name.contains("BIGINT") ? Kind.BIGINT : Kind.INTEGER;
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return Kind.TEXT;
        }
        if (name.contains("BLOB")) {
            return Kind.BLOB;
        }
        return name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB") ? Kind.REAL : Kind.ANY;
    }
}
