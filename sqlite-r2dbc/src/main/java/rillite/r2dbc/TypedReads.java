package rillite.r2dbc;

import static java.util.Map.entry;

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
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conversion of a cell that is not NULL to each class a user may ask for. */
final class TypedReads {
    @FunctionalInterface
    interface Read {
        Object read(Cell cell);
    }

    private static final int CONSTANTS_SHOWN = 10;
    private static final int UUID_TEXT = 36;
    private static final int UUID_HEX = 32;
    private static final int[] UUID_DASHES = {8, 13, 18, 23};
    private static final int HEX = 16;

    private static final Read BYTE = cell -> (byte) NumberReads.whole(cell, Byte.MIN_VALUE, Byte.MAX_VALUE);
    private static final Read SHORT = cell -> (short) NumberReads.whole(cell, Short.MIN_VALUE, Short.MAX_VALUE);
    private static final Read INTEGER = cell -> (int) NumberReads.whole(cell, Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Read LONG = cell -> NumberReads.whole(cell, Long.MIN_VALUE, Long.MAX_VALUE);

    private static final Map<Class<?>, Read> READS = Map.ofEntries(
            entry(String.class, TypedReads::string),
            entry(CharSequence.class, TypedReads::string),
            entry(Character.class, TypedReads::character),
            entry(char.class, TypedReads::character),
            entry(Boolean.class, TypedReads::truth),
            entry(boolean.class, TypedReads::truth),
            entry(Byte.class, BYTE),
            entry(byte.class, BYTE),
            entry(Short.class, SHORT),
            entry(short.class, SHORT),
            entry(Integer.class, INTEGER),
            entry(int.class, INTEGER),
            entry(Long.class, LONG),
            entry(long.class, LONG),
            entry(Float.class, NumberReads::single),
            entry(float.class, NumberReads::single),
            entry(Double.class, NumberReads::real),
            entry(double.class, NumberReads::real),
            entry(BigInteger.class, NumberReads::bigInteger),
            entry(BigDecimal.class, NumberReads::bigDecimal),
            entry(LocalDate.class, TemporalReads::date),
            entry(LocalTime.class, TemporalReads::time),
            entry(LocalDateTime.class, TemporalReads::dateTime),
            entry(OffsetTime.class, TemporalReads::offsetTime),
            entry(OffsetDateTime.class, TemporalReads::offsetDateTime),
            entry(ZonedDateTime.class, TemporalReads::zonedDateTime),
            entry(Instant.class, TemporalReads::instant),
            entry(UUID.class, TypedReads::uuid),
            entry(byte[].class, TypedReads::bytes),
            entry(ByteBuffer.class, cell -> ByteBuffer.wrap(bytes(cell))),
            entry(Blob.class, cell -> Lobs.blob(bytes(cell))),
            entry(Clob.class, cell -> Lobs.clob(text(cell))));

    private TypedReads() {}

    /** The conversion to that class, or null if there is none. */
    static @Nullable Read of(Class<?> type) {
        Read read = READS.get(type);
        return read == null && type.isEnum() ? TypedReads::constant : read;
    }

    static Boolean truth(Cell cell) {
        return switch (cell.storage()) {
            case INTEGER -> cell.integer() != 0;
            case TEXT ->
                switch (cell.text().toLowerCase(Locale.ROOT)) {
                    case "true", "t", "yes", "y", "on", "1" -> true;
                    case "false", "f", "no", "n", "off", "0" -> false;
                    default ->
                        throw CodecErrors.unreadable(
                                cell,
                                CodecErrors.CAST,
                                "the text is none of true, false, t, f, yes, no, y, n, on,"
                                        + " off, 1, 0; ask for String");
                };
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    static UUID uuid(Cell cell) {
        return switch (cell.storage()) {
            case TEXT -> uuid(cell, cell.text());
            case BLOB -> uuid(cell, cell.bytes());
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    private static String text(Cell cell) {
        if (cell.storage() != StorageClass.TEXT) {
            throw CodecErrors.mismatch(cell);
        }
        return cell.text();
    }

    private static String string(Cell cell) {
        return switch (cell.storage()) {
            case TEXT -> cell.text();
            case INTEGER -> Long.toString(cell.integer());
            case REAL -> Double.toString(cell.real());
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    private static Character character(Cell cell) {
        String text = text(cell);
        if (text.length() != 1) {
            throw CodecErrors.unreadable(cell, CodecErrors.CAST, "the text is not one character long; ask for String");
        }
        return text.charAt(0);
    }

    private static byte[] bytes(Cell cell) {
        return switch (cell.storage()) {
            case BLOB, TEXT -> cell.bytes();
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    private static UUID uuid(Cell cell, byte[] bytes) {
        if (bytes.length != 2 * Long.BYTES) {
            throw CodecErrors.unreadable(
                    cell, CodecErrors.CAST, bytes.length + " bytes long where a UUID has 16; ask for byte[]");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static UUID uuid(Cell cell, String text) {
        boolean dashed = text.length() == UUID_TEXT;
        for (int dash = 0; dash < UUID_DASHES.length && dashed; dash++) {
            dashed = text.charAt(UUID_DASHES[dash]) == '-';
        }
        String digits = dashed ? text.replace("-", "") : text;
        if (digits.length() != UUID_HEX || !digits.chars().allMatch(c -> Character.digit(c, HEX) >= 0)) {
            throw CodecErrors.unreadable(
                    cell, CodecErrors.CAST, "the text is no UUID of 32 hexadecimal digits; ask for String");
        }
        return new UUID(
                Long.parseUnsignedLong(digits, 0, HEX, HEX), Long.parseUnsignedLong(digits, HEX, UUID_HEX, HEX));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object constant(Cell cell) {
        String name = text(cell);
        try {
            return Enum.valueOf((Class) cell.target(), name);
        } catch (IllegalArgumentException e) {
            // Its message quotes the value, so it is no cause to keep.
            throw CodecErrors.unreadable(
                    cell, CodecErrors.CAST, "the text is no constant of it: " + constants(cell.target()));
        }
    }

    private static String constants(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String known = Arrays.stream(constants)
                .limit(CONSTANTS_SHOWN)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
        return constants.length > CONSTANTS_SHOWN
                ? known + " and " + (constants.length - CONSTANTS_SHOWN) + " more"
                : known;
    }
}
