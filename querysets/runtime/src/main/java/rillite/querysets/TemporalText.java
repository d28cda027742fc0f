package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * Dates and times as text, in the form that SQLite's own functions write: {@code yyyy-MM-dd HH:mm:ss}, with six digits
 * of a second only when they are not all 0. The order of such texts is the order of time.
 */
final class TemporalText {

    private static final int NANOS_PER_MICRO = 1_000;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final DateTimeFormatter MICROS = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .toFormatter();

    private TemporalText() {}

    /** Whether the form can hold it: the years 0 to 9999. */
    static boolean fits(LocalDate date) {
        return date.getYear() >= 0 && date.getYear() <= 9999;
    }

    /** Whether the form can hold it: nothing below a microsecond. */
    static boolean fits(LocalTime time) {
        return time.getNano() % NANOS_PER_MICRO == 0;
    }

    static boolean fits(LocalDateTime time) {
        return fits(time.toLocalDate()) && fits(time.toLocalTime());
    }

    static String of(LocalDate date) {
        return date.toString();
    }

    static String of(LocalTime time) {
        return (time.getNano() == 0 ? SECONDS : MICROS).format(time);
    }

    static String of(LocalDateTime time) {
        return of(time.toLocalDate()) + ' ' + of(time.toLocalTime());
    }

    /** Reads both separators; a date alone is its first moment. */
    static LocalDateTime parseDateTime(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay();
        }
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }
}
