package rillite.r2dbc;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encodes one Java value to Long, Double, String or byte[]; everything lossy is refused. */
final class ValueEncoder {
    /** Bound of the plain text of a number: longer ones cost quadratic time to print and to parse. */
    static final int MAX_DIGITS = 10_000;

    private static final int LONG_BITS = 63;
    private static final double BITS_PER_DIGIT = 3.3;

    private final CodecOptions options;

    ValueEncoder(CodecOptions options) {
        this.options = options;
    }

    Object encode(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof byte[]) {
            return value;
        }
        if (value instanceof Boolean truth) {
            return truth(truth);
        }
        if (value instanceof Temporal temporal) {
            return temporal(temporal);
        }
        if (value instanceof UUID uuid) {
            return uuid(uuid);
        }
        return other(value);
    }

    /** Returns the text unchanged if every surrogate in it has its partner. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                i = pair(text, i);
            }
        }
        return text;
    }

    private static int pair(String text, int index) {
        if (index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1))) {
            return index + 1;
        }
        throw CodecErrors.loneSurrogate(index);
    }

    private static Object number(Number number) {
        if (number instanceof Long) {
            return number;
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Double || number instanceof Float) {
            double real = number.doubleValue();
            if (Double.isNaN(real)) {
                throw CodecErrors.notANumber(number.getClass());
            }
            return number instanceof Double ? number : (Object) real;
        }
        if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (number instanceof BigInteger integer) {
            return integer(integer);
        }
        throw CodecErrors.unsupportedBind(number.getClass());
    }

    private static Object integer(BigInteger integer) {
        if (integer.bitLength() <= LONG_BITS) {
            return integer.longValue();
        }
        if (integer.bitLength() > MAX_DIGITS * BITS_PER_DIGIT) {
            throw CodecErrors.tooManyDigits(BigInteger.class, MAX_DIGITS);
        }
        return integer.toString();
    }

    private static String decimal(BigDecimal decimal) {
        long digits = Math.max(decimal.precision(), decimal.precision() - (long) decimal.scale());
        if (Math.max(digits, decimal.scale()) + "-0.".length() > MAX_DIGITS) {
            throw CodecErrors.tooManyDigits(BigDecimal.class, MAX_DIGITS);
        }
        return decimal.toPlainString();
    }

    private Object truth(boolean truth) {
        if (options.booleanStorage() == BooleanStorage.TEXT) {
            return String.valueOf(truth);
        }
        return truth ? 1L : 0L;
    }

    private Object uuid(UUID uuid) {
        if (options.uuidStorage() == UuidStorage.TEXT) {
            return uuid.toString();
        }
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private Object temporal(Temporal temporal) {
        if (temporal instanceof LocalDateTime dateTime) {
            return TemporalText.dateTime(dateTime);
        }
        if (temporal instanceof LocalDate date) {
            return TemporalText.date(date);
        }
        if (temporal instanceof LocalTime time) {
            return TemporalText.time(time);
        }
        if (temporal instanceof OffsetTime time) {
            return TemporalText.offsetTime(time);
        }
        Instant instant = instant(temporal);
        if (instant == null) {
            throw CodecErrors.unsupportedBind(temporal.getClass());
        }
        return switch (options.temporalStorage()) {
            case TEXT -> TemporalText.instant(instant, temporal.getClass());
            case EPOCH_MILLIS -> TemporalText.epochMillis(instant, temporal.getClass());
            case EPOCH_SECONDS -> TemporalText.epochSeconds(instant, temporal.getClass());
        };
    }

    private static @Nullable Instant instant(Temporal temporal) {
        if (temporal instanceof Instant instant) {
            return instant;
        }
        if (temporal instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        return temporal instanceof ZonedDateTime dateTime ? dateTime.toInstant() : null;
    }

    private static Object other(Object value) {
        if (value instanceof Enum<?> constant) {
            return text(constant.name());
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return text(value.toString());
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(buffer.position(), bytes);
            return bytes;
        }
        if (value instanceof Blob || value instanceof Clob) {
            throw CodecErrors.notAggregated(value.getClass());
        }
        throw CodecErrors.unsupportedBind(value.getClass());
    }
}
