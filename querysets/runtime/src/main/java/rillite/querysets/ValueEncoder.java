package rillite.querysets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import rillite.querysets.schema.ColumnType;

/**
 * Turns a Java value into what SQLite stores for a declared type: Long, Double, String or a read-only ByteBuffer.
 *
 * <p>When only compared, an integer outside of 64 bits comes back as the BigInteger itself, because the comparison has an
 * answer without asking SQLite.
 */
final class ValueEncoder {

    private final String label;
    private final String key;
    private final boolean written;

    private ValueEncoder(String label, String key, boolean written) {
        this.label = label;
        this.key = key;
        this.written = written;
    }

    /** Encodes a value that is compared with a column. */
    static Object compared(Object value, ColumnType type, String label) {
        return new ValueEncoder(label, label, false).encode(value, type);
    }

    /** Encodes a value that is compared with the left side of a lookup. */
    static Object compared(Object value, ColumnType type, Operand left) {
        return new ValueEncoder(left.label(), left.key(), false).encode(value, type);
    }

    /** Encodes a value that is stored in a column. */
    static Object written(Object value, ColumnType type, String label) {
        Object encoded = new ValueEncoder(label, label, true).encode(value, type);
        if (encoded instanceof BigInteger) {
            throw Errors.invalidValue(label, value, "an integer of at most 64 bits");
        }
        return encoded;
    }

    private Object encode(Object value, ColumnType type) {
        if (value instanceof Stored stored) {
            return stored.value();
        }
        return switch (type) {
            case INTEGER -> integer(value);
            case REAL -> real(value);
            case TEXT, JSON -> text(value);
            case BLOB -> blob(value);
            case BOOLEAN -> bool(value);
            case DATE -> date(value);
            case TIME -> time(value);
            case DATETIME -> dateTime(value);
            case DECIMAL -> decimal(value);
            case UUID -> uuid(value);
            case ANY -> any(value);
        };
    }

    private InvalidValueException refuse(Object value, String expected) {
        boolean leads = key.contains("__") && !key.equals(label);
        return Errors.invalidValue(leads ? label + " (\"" + key + "\")" : label, value, expected);
    }

    private Object integer(Object value) {
        if (value instanceof Long) {
            return value;
        }
        String expected = "a whole number";
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof CharSequence text) {
            try {
                return narrowed(new BigInteger(text.toString().trim()));
            } catch (NumberFormatException e) {
                throw refuse(value, expected);
            }
        }
        Object number = number(value, expected);
        if (written && number instanceof Double real) {
            if (real != Math.rint(real) || Math.abs(real) > 0x1p53) {
                throw refuse(value, expected);
            }
            return real.longValue();
        }
        return number;
    }

    private Object real(Object value) {
        String expected = "a number";
        if (value instanceof CharSequence text) {
            return finite(parseDecimal(text, expected).doubleValue(), value, expected);
        }
        Object number = number(value, expected);
        return number instanceof BigInteger big ? (Object) big.doubleValue() : number;
    }

    private Object decimal(Object value) {
        String expected = "a decimal number";
        if (value instanceof CharSequence text) {
            return parseDecimal(text, expected).toPlainString();
        }
        if (value instanceof BigDecimal big) {
            return big.toPlainString();
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big.toString();
        }
        return number(value, expected);
    }

    /** Long, Double, or a BigInteger that is too large for a Long. */
    private Object number(Object value, String expected) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return finite(((Number) value).doubleValue(), value, expected);
        }
        if (value instanceof BigInteger big) {
            return narrowed(big);
        }
        if (value instanceof BigDecimal big) {
            return big.stripTrailingZeros().scale() <= 0 && big.precision() - big.scale() <= 40
                    ? narrowed(big.toBigInteger())
                    : finite(big.doubleValue(), value, expected);
        }
        throw refuse(value, expected);
    }

    private static Object narrowed(BigInteger big) {
        return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
    }

    private Double finite(double number, Object value, String expected) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw refuse(value, expected + " that is finite");
        }
        return number;
    }

    private BigDecimal parseDecimal(CharSequence text, String expected) {
        try {
            BigDecimal number = new BigDecimal(text.toString().trim());
            if (Math.abs((long) number.scale()) > 400) {
                throw refuse(text, expected + " of at most 400 digits");
            }
            return number;
        } catch (NumberFormatException e) {
            throw refuse(text, expected);
        }
    }

    private Object text(Object value) {
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return wellFormed(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger) {
            return value.toString();
        }
        if (value instanceof BigDecimal big) {
            return big.toPlainString();
        }
        if (value instanceof LocalDate || value instanceof LocalTime || value instanceof LocalDateTime) {
            return temporal(value);
        }
        throw refuse(value, "a text");
    }

    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refuse(text, "a text without half surrogate pairs");
                }
                i++;
            }
        }
        return text;
    }

    private Object blob(Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return ByteBuffer.wrap(copy).asReadOnlyBuffer();
        }
        if (value instanceof UUID id) {
            return ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .flip()
                    .asReadOnlyBuffer();
        }
        throw refuse(value, "byte[] or ByteBuffer");
    }

    private Object bool(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Number number && (number.longValue() == 0 || number.longValue() == 1)) {
            return number.longValue();
        }
        throw refuse(value, "true or false");
    }

    private Object date(Object value) {
        String expected = "a LocalDate or its text yyyy-MM-dd";
        if (isEpoch(value)) {
            return ((Number) value).longValue();
        }
        try {
            if (value instanceof LocalDate || value instanceof CharSequence) {
                LocalDate date = value instanceof LocalDate local ? local : LocalDate.parse(value.toString());
                return temporal(date);
            }
        } catch (DateTimeException e) {
            throw refuse(value, expected);
        }
        throw refuse(value, expected);
    }

    private Object time(Object value) {
        String expected = "a LocalTime or its text HH:mm:ss";
        if (isEpoch(value)) {
            return ((Number) value).longValue();
        }
        try {
            if (value instanceof LocalTime || value instanceof CharSequence) {
                return temporal(value instanceof LocalTime local ? local : LocalTime.parse(value.toString()));
            }
        } catch (DateTimeException e) {
            throw refuse(value, expected);
        }
        throw refuse(value, expected);
    }

    private Object dateTime(Object value) {
        String expected =
                "a LocalDateTime or its text yyyy-MM-dd HH:mm:ss (an Instant has to name its time zone first)";
        if (isEpoch(value)) {
            return ((Number) value).longValue();
        }
        try {
            if (value instanceof LocalDate date) {
                return temporal(date.atStartOfDay());
            }
            if (value instanceof LocalDateTime || value instanceof CharSequence) {
                return temporal(
                        value instanceof LocalDateTime local ? local : TemporalText.parseDateTime(value.toString()));
            }
        } catch (DateTimeException e) {
            throw refuse(value, expected);
        }
        throw refuse(value, expected);
    }

    /** Some files keep epoch numbers in date columns: a number may be compared there, but not written. */
    private boolean isEpoch(Object value) {
        return !written && (value instanceof Long || value instanceof Integer);
    }

    private String temporal(Object value) {
        String expected = "a year from 0 to 9999 and no part below a microsecond";
        if (value instanceof LocalDate date) {
            if (TemporalText.fits(date)) {
                return TemporalText.of(date);
            }
        } else if (value instanceof LocalTime time) {
            if (TemporalText.fits(time)) {
                return TemporalText.of(time);
            }
        } else if (value instanceof LocalDateTime time && TemporalText.fits(time)) {
            return TemporalText.of(time);
        }
        throw refuse(value, expected);
    }

    private Object uuid(Object value) {
        if (value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return blob(value);
        }
        if (value instanceof CharSequence text) {
            try {
                return UUID.fromString(text.toString()).toString();
            } catch (IllegalArgumentException e) {
                throw refuse(value, "a UUID");
            }
        }
        throw refuse(value, "a UUID");
    }

    private Object any(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof byte[] || value instanceof ByteBuffer) {
            return blob(value);
        }
        if (value instanceof Number) {
            return number(value, "a number");
        }
        return text(value);
    }
}
