package rillite.cli.data;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.cli.Json;
import rillite.cli.Printable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** Values of an input as values to store, by the type of their column. */
final class CellValue {

    /** The only name of an object that stands for bytes. */
    static final String BASE64 = "$base64";

    private static final int SHOWN = 40;
    /** Beyond it, digits would take more memory than any number is worth. */
    private static final int LONGEST_NUMBER = 400;

    private static final Set<String> TRUE = Set.of("1", "true", "yes", "t", "y");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "f", "n");
    private static final Set<String> INFINITE = Set.of("Infinity", "-Infinity");

    private CellValue() {}

    /**
     * What is bound for a value: null, Long, Double, String or byte[].
     *
     * @param value null, String, Boolean, a number, or a Map or List of them
     * @throws BadValueException the column cannot have it
     */
    static @Nullable Object of(Column column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean truth) {
            return column.type() == ColumnType.TEXT ? truth.toString() : (Object) (truth ? 1L : 0L);
        }
        if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of(BASE64))) {
            return base64(column, map.get(BASE64));
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return structure(column, value);
        }
        return value instanceof String text ? text(column, text) : number(column, (Number) value);
    }

    private static byte[] base64(Column column, @Nullable Object text) {
        try {
            return Base64.getDecoder().decode(text instanceof String base64 ? base64 : "?");
        } catch (IllegalArgumentException e) {
            throw wrong(column, String.valueOf(text), "base64");
        }
    }

    private static String structure(Column column, Object value) {
        String json = Json.line(value);
        return switch (column.type()) {
            case TEXT, JSON, ANY -> json;
            default -> throw wrong(column, json, word(column.type()));
        };
    }

    private static Object number(Column column, Number number) {
        return switch (column.type()) {
            case INTEGER, BOOLEAN -> text(column, plain(number));
            default -> number instanceof BigDecimal ? plain(number) : number;
        };
    }

    private static String plain(Number number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    private static Object text(Column column, String text) {
        return switch (column.type()) {
            case INTEGER -> whole(column, text.strip());
            case REAL -> real(column, text.strip());
            case DECIMAL -> decimal(column, text.strip()).toPlainString();
            case BOOLEAN -> truth(column, text.strip());
            case BLOB -> bytes(text);
            case ANY -> any(text);
            default -> text;
        };
    }

    private static Object whole(Column column, String text) {
        try {
            return decimal(column, text).longValueExact();
        } catch (ArithmeticException | BadValueException e) {
            throw wrong(column, text, "a whole number");
        }
    }

    private static Object real(Column column, String text) {
        if (INFINITE.contains(text)) {
            return Double.valueOf(text);
        }
        return decimal(column, text).doubleValue();
    }

    /** SQLite stores it as a number where that loses nothing. */
    private static BigDecimal decimal(Column column, String text) {
        try {
            BigDecimal number = new BigDecimal(text.length() > LONGEST_NUMBER ? "" : text);
            if (Math.abs(number.scale()) <= LONGEST_NUMBER) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(column, text, "a number");
    }

    private static Object truth(Column column, String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return 1L;
        }
        if (FALSE.contains(word)) {
            return 0L;
        }
        throw wrong(column, text, "true or false");
    }

    private static Object bytes(String text) {
        if (text.startsWith("x'") && text.endsWith("'") && text.length() % 2 == 1 && text.length() > 2) {
            try {
                return HexFormat.of().parseHex(text, 2, text.length() - 1);
            } catch (IllegalArgumentException noBytes) {
                return text;
            }
        }
        return text;
    }

    private static Object any(String text) {
        if (text.length() <= SHOWN && Literal.of(text) instanceof Number number) {
            return number;
        }
        return bytes(text);
    }

    private static String word(ColumnType type) {
        return switch (type) {
            case INTEGER -> "a whole number";
            case REAL, DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case BLOB -> "bytes";
            default -> "a text";
        };
    }

    private static BadValueException wrong(Column column, String value, String wanted) {
        return new BadValueException(
                column.qualifiedName() + ": \"" + Printable.cut(value, SHOWN) + "\" is not " + wanted);
    }
}
