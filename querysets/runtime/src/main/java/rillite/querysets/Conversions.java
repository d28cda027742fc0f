package rillite.querysets;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Converts a value that was read into a type that was asked for, without loss or with an error. */
final class Conversions {

    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class);

    private Conversions() {}

    /** The class of values of a type that may be primitive. */
    static Class<?> boxed(Class<?> type) {
        return WRAPPERS.getOrDefault(type, type);
    }

    static <V> V to(Object value, Class<V> type, String label) {
        return to(value, type, () -> label);
    }

    /** As above, with a label that is made only when it is needed. */
    @SuppressWarnings("unchecked")
    static <V> V to(Object value, Class<V> type, Supplier<String> label) {
        if (type.isInstance(value)) {
            return (V) value;
        }
        Class<?> wanted = boxed(type);
        if (wanted.isInstance(value)) {
            return (V) value;
        }
        Object converted;
        try {
            converted = convert(value, wanted);
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
            throw refuse(value, type, label.get(), e);
        }
        if (converted == null) {
            throw refuse(value, type, label.get(), null);
        }
        return (V) converted;
    }

    private static InvalidValueException refuse(Object value, Class<?> type, String label, @Nullable Exception cause) {
        return new InvalidValueException(
                "The value of " + label + " is a " + value.getClass().getSimpleName() + " that does not convert to "
                        + type.getSimpleName() + " without loss.",
                cause);
    }

    private static @Nullable Object convert(Object value, Class<?> wanted) {
        if (wanted == String.class) {
            return value instanceof ByteBuffer ? null : text(value);
        }
        if (wanted == Boolean.class && value instanceof Long number) {
            return number == 0 ? Boolean.FALSE : number == 1 ? Boolean.TRUE : null;
        }
        if (wanted == byte[].class && value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
        if (Number.class.isAssignableFrom(wanted)) {
            return number(value, wanted);
        }
        if (wanted.isEnum() && value instanceof String name) {
            return constant(wanted, name);
        }
        return temporalOrKey(value, wanted);
    }

    private static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return TemporalText.of(time);
        }
        if (value instanceof LocalTime time) {
            return TemporalText.of(time);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static @Nullable Object number(Object value, Class<?> wanted) {
        if (value instanceof Boolean flag) {
            return number(flag ? 1L : 0L, wanted);
        }
        if (!(value instanceof Number) && !(value instanceof String)) {
            return null;
        }
        if (value instanceof Long plain && wanted == Integer.class) {
            return Math.toIntExact(plain);
        }
        BigDecimal number = new BigDecimal(value.toString());
        if (wanted == Long.class) {
            return number.longValueExact();
        }
        if (wanted == Integer.class) {
            return number.intValueExact();
        }
        if (wanted == Short.class) {
            return number.shortValueExact();
        }
        if (wanted == Byte.class) {
            return number.byteValueExact();
        }
        if (wanted == Double.class) {
            return number.doubleValue();
        }
        if (wanted == Float.class) {
            return number.floatValue();
        }
        if (wanted == BigDecimal.class) {
            return number;
        }
        return wanted == java.math.BigInteger.class ? number.toBigIntegerExact() : null;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant of that name in " + type.getSimpleName());
    }

    private static @Nullable Object temporalOrKey(Object value, Class<?> wanted) {
        if (wanted == LocalDate.class && value instanceof LocalDateTime time) {
            return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? time.toLocalDate() : null;
        }
        if (wanted == LocalDateTime.class && value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (!(value instanceof String text)) {
            return null;
        }
        if (wanted == LocalDate.class) {
            return LocalDate.parse(text);
        }
        if (wanted == LocalTime.class) {
            return LocalTime.parse(text);
        }
        if (wanted == LocalDateTime.class) {
            return TemporalText.parseDateTime(text);
        }
        return wanted == UUID.class ? UUID.fromString(text) : null;
    }
}
