package rillite.cli.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The type of a column that fits all of its values: each value leaves fewer. */
final class TypeGuess {

    /** Types to declare, the narrowest first. */
    enum Type {
        INTEGER,
        REAL,
        BOOLEAN,
        DATE,
        DATETIME,
        BLOB,
        JSON,
        TEXT
    }

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile("[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?Z?");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern REAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern BYTES = Pattern.compile("x'([0-9a-fA-F]{2})*'");
    private static final int DATE_LENGTH = 10;
    private static final int LONGEST_NUMBER = 40;

    private final Set<Type> possible = EnumSet.allOf(Type.class);
    private boolean seen;

    /** Looks at a text, which may stand for a number. */
    void text(@Nullable String text) {
        if (text != null) {
            leave(isNumber(text) ? numbers(text) : texts(text));
        }
    }

    /** Looks at a value of JSON, where texts are no numbers. */
    void json(@Nullable Object value) {
        if (value instanceof Long whole) {
            leave(whole(BigDecimal.valueOf(whole)));
        } else if (value instanceof BigDecimal decimal) {
            leave(real(decimal));
        } else if (value instanceof Number) {
            leave(EnumSet.of(Type.REAL));
        } else if (value instanceof Boolean) {
            leave(EnumSet.of(Type.BOOLEAN));
        } else if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of(CellValue.BASE64))) {
            leave(EnumSet.of(Type.BLOB));
        } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
            leave(EnumSet.of(Type.JSON));
        } else if (value instanceof String text) {
            leave(isDate(text) ? dates(text) : EnumSet.of(Type.TEXT));
        }
    }

    private void leave(Set<Type> fitting) {
        seen = true;
        possible.retainAll(fitting);
        possible.add(Type.TEXT);
    }

    /** The narrowest type that fits; TEXT where nothing was seen. */
    Type type() {
        return seen ? possible.iterator().next() : Type.TEXT;
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST_NUMBER && REAL.matcher(text).matches();
    }

    private static Set<Type> numbers(String text) {
        BigDecimal exact = new BigDecimal(text);
        return WHOLE.matcher(text).matches() ? whole(exact) : real(exact);
    }

    private static Set<Type> whole(BigDecimal exact) {
        Set<Type> types = real(exact);
        types.add(Type.INTEGER);
        return types;
    }

    /** What a double does not hold digit by digit is kept as a text. */
    private static Set<Type> real(BigDecimal exact) {
        double near = exact.doubleValue();
        boolean held = Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(exact) == 0;
        return held ? EnumSet.of(Type.REAL) : EnumSet.noneOf(Type.class);
    }

    private static Set<Type> texts(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return EnumSet.of(Type.BOOLEAN);
        }
        if (isDate(text)) {
            return dates(text);
        }
        return text.startsWith("x'") && BYTES.matcher(text).matches()
                ? EnumSet.of(Type.BLOB)
                : EnumSet.noneOf(Type.class);
    }

    private static Set<Type> dates(String text) {
        return text.length() == DATE_LENGTH ? EnumSet.of(Type.DATE, Type.DATETIME) : EnumSet.of(Type.DATETIME);
    }

    private static boolean isDate(String text) {
        if (text.length() < DATE_LENGTH
                || text.length() > LONGEST_NUMBER + DATE_LENGTH
                || !DATE.matcher(text.substring(0, DATE_LENGTH)).matches()) {
            return false;
        }
        try {
            LocalDate.parse(text.substring(0, DATE_LENGTH));
        } catch (DateTimeParseException e) {
            return false;
        }
        return text.length() == DATE_LENGTH
                || TIME.matcher(text.substring(DATE_LENGTH)).matches();
    }
}
