package rillite.r2dbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/** Writes dates and times in the one form per class that SQLite's own functions read and that sorts by time. */
final class TemporalText {
    private static final int MICRO = 1_000;
    private static final int MILLI = 1_000_000;
    private static final int MAX_YEAR = 9999;

    private TemporalText() {}

    /** {@code yyyy-MM-dd}. */
    static String date(LocalDate date) {
        return date(new StringBuilder(10), date, LocalDate.class).toString();
    }

    /** {@code HH:mm:ss}, with six more digits when the microseconds are not 0. */
    static String time(LocalTime time) {
        return micros(new StringBuilder(15), time, LocalTime.class).toString();
    }

    /** A time and {@code Z} or {@code +HH:mm}. */
    static String offsetTime(OffsetTime time) {
        return micros(new StringBuilder(21), time.toLocalTime(), OffsetTime.class)
                .append(time.getOffset().getId())
                .toString();
    }

    /** {@code yyyy-MM-dd HH:mm:ss}, with six more digits when the microseconds are not 0. */
    static String dateTime(LocalDateTime dateTime) {
        StringBuilder out = date(new StringBuilder(26), dateTime.toLocalDate(), LocalDateTime.class);
        return micros(out.append(' '), dateTime.toLocalTime(), LocalDateTime.class)
                .toString();
    }

    /** {@code yyyy-MM-ddTHH:mm:ss.SSSZ} in UTC. */
    static String instant(Instant instant, Class<?> type) {
        if (instant.getNano() % MILLI != 0) {
            throw CodecErrors.tooFine(type, "millisecond", "MILLIS");
        }
        if (instant.getEpochSecond() < Bounds.FIRST || instant.getEpochSecond() > Bounds.LAST) {
            throw CodecErrors.yearOutOfRange(type);
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        StringBuilder out = date(new StringBuilder(24), utc.toLocalDate(), type).append('T');
        seconds(out, utc.toLocalTime());
        return digits(out.append('.'), instant.getNano() / MILLI, 100)
                .append('Z')
                .toString();
    }

    static Long epochMillis(Instant instant, Class<?> type) {
        if (instant.getNano() % MILLI != 0) {
            throw CodecErrors.tooFine(type, "millisecond", "MILLIS");
        }
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            throw CodecErrors.epochOutOfRange(type);
        }
    }

    static Long epochSeconds(Instant instant, Class<?> type) {
        if (instant.getNano() != 0) {
            throw CodecErrors.tooFine(type, "second", "SECONDS");
        }
        return instant.getEpochSecond();
    }

    private static StringBuilder date(StringBuilder out, LocalDate date, Class<?> type) {
        if (date.getYear() < 0 || date.getYear() > MAX_YEAR) {
            throw CodecErrors.yearOutOfRange(type);
        }
        digits(out, date.getYear(), 1000).append('-');
        digits(out, date.getMonthValue(), 10).append('-');
        return digits(out, date.getDayOfMonth(), 10);
    }

    private static StringBuilder micros(StringBuilder out, LocalTime time, Class<?> type) {
        if (time.getNano() % MICRO != 0) {
            throw CodecErrors.tooFine(type, "microsecond", "MICROS");
        }
        seconds(out, time);
        return time.getNano() == 0 ? out : digits(out.append('.'), time.getNano() / MICRO, 100_000);
    }

    private static void seconds(StringBuilder out, LocalTime time) {
        digits(out, time.getHour(), 10).append(':');
        digits(out, time.getMinute(), 10).append(':');
        digits(out, time.getSecond(), 10);
    }

    private static StringBuilder digits(StringBuilder out, int value, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) {
            out.append((char) ('0' + value / unit % 10));
        }
        return out;
    }

    private static final class Bounds {
        static final long FIRST = LocalDate.of(0, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        static final long LAST =
                LocalDate.of(MAX_YEAR, 12, 31).atTime(LocalTime.MAX).toEpochSecond(ZoneOffset.UTC);
    }
}
