package rillite.r2dbc;

import io.r2dbc.spi.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One option: its name, default, permitted values, and how a value is read from whatever a caller hands in. */
final class Setting<T> {
    /** Longest duration an option takes; far inside what nanoseconds in a long can hold. */
    static final Duration LONGEST = Duration.ofDays(3650);

    private final String name;
    private final Class<T> type;
    private final T fallback;
    private final boolean engineLevel;
    private final String permitted;
    private final Function<Object, @Nullable T> reader;
    private final Predicate<T> range;

    private Setting(
            Option<T> option,
            Class<T> type,
            T fallback,
            boolean engineLevel,
            String permitted,
            Function<Object, @Nullable T> reader,
            Predicate<T> range) {
        this.name = option.name();
        this.type = type;
        this.fallback = fallback;
        this.engineLevel = engineLevel;
        this.permitted = permitted;
        this.reader = reader;
        this.range = range;
    }

    static Setting<Duration> duration(Option<Duration> option, String fallback, boolean engineLevel) {
        return new Setting<>(
                option,
                Duration.class,
                Duration.parse(fallback),
                engineLevel,
                "a Duration or ISO-8601 text such as PT5S, from PT0S to " + LONGEST,
                Setting::readDuration,
                value -> !value.isNegative() && value.compareTo(LONGEST) <= 0);
    }

    static Setting<Integer> integer(Option<Integer> option, int fallback, int least, int most, boolean engineLevel) {
        return new Setting<>(
                option,
                Integer.class,
                fallback,
                engineLevel,
                "an integer from " + least + " to " + most,
                value -> number(value, BigDecimal::intValueExact),
                value -> value >= least && value <= most);
    }

    static Setting<Long> bytes(Option<Long> option, long fallback, long least, boolean engineLevel) {
        return new Setting<>(
                option,
                Long.class,
                fallback,
                engineLevel,
                "a number of bytes from " + least,
                value -> number(value, BigDecimal::longValueExact),
                value -> value >= least);
    }

    static Setting<Boolean> flag(Option<Boolean> option, boolean fallback, boolean engineLevel) {
        return new Setting<>(
                option, Boolean.class, fallback, engineLevel, "true, false", Setting::readFlag, value -> true);
    }

    static <E extends Enum<E>> Setting<E> choice(Option<E> option, E fallback, boolean engineLevel) {
        Class<E> type = fallback.getDeclaringClass();
        return new Setting<>(
                option,
                type,
                fallback,
                engineLevel,
                Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")),
                value -> readChoice(value, type),
                value -> true);
    }

    String name() {
        return name;
    }

    /** The value without a say of the user. */
    T fallback() {
        return fallback;
    }

    /** True if all factories on one database have to agree on it. */
    boolean engineLevel() {
        return engineLevel;
    }

    /** The value as this setting's type, or an IllegalArgumentException that quotes value, option and permitted values. */
    T read(Object value) {
        T read = type.isInstance(value) ? type.cast(value) : reader.apply(value);
        if (read == null || !range.test(read)) {
            throw new IllegalArgumentException("Option " + name + ": \"" + Quote.of(value.toString())
                    + "\" is not permitted; permitted: " + permitted);
        }
        return read;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    private static @Nullable Duration readDuration(Object value) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        try {
            return Duration.parse(text.toString().trim());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static <N extends Number> @Nullable N number(Object value, Function<BigDecimal, N> exact) {
        String text = value.toString().trim();
        if (!(value instanceof CharSequence || value instanceof Number) || text.length() > 40) {
            return null;
        }
        try {
            return exact.apply(new BigDecimal(text));
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean readFlag(Object value) {
        String text = value instanceof CharSequence ? value.toString().trim().toLowerCase(Locale.ROOT) : "";
        if (text.equals("true")) {
            return Boolean.TRUE;
        }
        return text.equals("false") ? Boolean.FALSE : null;
    }

    private static <E extends Enum<E>> @Nullable E readChoice(Object value, Class<E> type) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        String wanted = Nearest.fold(text.toString().trim());
        for (E constant : type.getEnumConstants()) {
            if (Nearest.fold(constant.name()).equals(wanted)) {
                return constant;
            }
        }
        return null;
    }
}
