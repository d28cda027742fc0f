package rillite.querysets;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.ColumnType;

/** What Java types mean as types of columns. */
final class Types {

    private Types() {}

    static ColumnType of(Class<?> type) {
        if (type == Long.class || type == Integer.class || type == Short.class || type == Byte.class) {
            return ColumnType.INTEGER;
        }
        if (type == Double.class || type == Float.class) {
            return ColumnType.REAL;
        }
        if (type == BigDecimal.class) {
            return ColumnType.DECIMAL;
        }
        if (type == Boolean.class) {
            return ColumnType.BOOLEAN;
        }
        if (CharSequence.class.isAssignableFrom(type) || Enum.class.isAssignableFrom(type)) {
            return ColumnType.TEXT;
        }
        if (type == LocalDate.class) {
            return ColumnType.DATE;
        }
        if (type == LocalDateTime.class) {
            return ColumnType.DATETIME;
        }
        if (type == LocalTime.class) {
            return ColumnType.TIME;
        }
        if (type == UUID.class) {
            return ColumnType.UUID;
        }
        return type == byte[].class || ByteBuffer.class.isAssignableFrom(type) ? ColumnType.BLOB : ColumnType.ANY;
    }

    /** The class in which other values like a constant are read. */
    static Class<?> classOf(Object constant) {
        if (constant instanceof ByteBuffer) {
            return ByteBuffer.class;
        }
        return constant instanceof Enum<?> name ? name.getDeclaringClass() : constant.getClass();
    }

    static ColumnType ofValue(@Nullable Object value) {
        return value == null ? ColumnType.ANY : of(value.getClass());
    }

    /** The type that all values have which are one of these; ANY when they differ, what has no type put aside. */
    static ColumnType common(List<ColumnType> types) {
        ColumnType common = ColumnType.ANY;
        for (ColumnType type : types) {
            if (common == ColumnType.ANY) {
                common = type;
            } else if (type != ColumnType.ANY && type != common) {
                return ColumnType.ANY;
            }
        }
        return common;
    }

    /** The type of a calculation of two numbers. */
    static ColumnType calculated(ColumnType left, ColumnType right) {
        if (left == ColumnType.REAL || right == ColumnType.REAL) {
            return ColumnType.REAL;
        }
        if (left == ColumnType.INTEGER && right == ColumnType.INTEGER) {
            return ColumnType.INTEGER;
        }
        return ColumnType.ANY;
    }
}
