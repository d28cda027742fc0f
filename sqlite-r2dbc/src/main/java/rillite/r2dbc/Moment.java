package rillite.r2dbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a text says about time: a date, a time of day or both; an offset only with a time. At least one is there. */
record Moment(
        @Nullable LocalDate date,
        @Nullable LocalTime time,
        @Nullable ZoneOffset offset) {
    static final String FORMS = "yyyy-MM-dd, HH:mm[:ss[.fraction]] or both with a T or a space between,"
            + " the time optionally with Z or +HH:mm";

    static Moment of(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return new Moment(utc.toLocalDate(), utc.toLocalTime(), ZoneOffset.UTC);
    }

    /** Reads any of {@link #FORMS}; null if the text is something else. */
    static @Nullable Moment parse(String text) {
        try {
            return new Scan(text).moment();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The date and time in UTC; a text without an offset counts as UTC, a date without a time as midnight. */
    @Nullable LocalDateTime utc() {
        if (date == null) {
            return null;
        }
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        return offset == null ? local : local.minusSeconds(offset.getTotalSeconds());
    }

    /** The time of day in UTC. */
    @Nullable LocalTime utcTime() {
        return time == null || offset == null ? time : time.minusSeconds(offset.getTotalSeconds());
    }

    ZoneOffset offsetOrUtc() {
        return offset == null ? ZoneOffset.UTC : offset;
    }

    /** True if the date says nothing: there is none, or it is the first day of the epoch. */
    boolean isTimeOnly() {
        return time != null && (date == null || date.toEpochDay() == 0);
    }

    /** A cursor over the text; a failing step yields null or throws DateTimeException. */
    private static final class Scan {
        private static final int MAX_FRACTION = 9;

        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        @Nullable Moment moment() {
            LocalDate date = null;
            if (text.length() > 4 && text.charAt(4) == '-') {
                date = date();
                if (date == null || at == text.length()) {
                    return date == null ? null : new Moment(date, null, null);
                }
                if (!skip('T') && !skip(' ') && !skip('t')) {
                    return null;
                }
            }
            LocalTime time = time();
            if (time == null) {
                return null;
            }
            if (at == text.length()) {
                return new Moment(date, time, null);
            }
            ZoneOffset offset = offset();
            return offset == null || at != text.length() ? null : new Moment(date, time, offset);
        }

        private @Nullable LocalDate date() {
            int year = number(4);
            int month = skip('-') ? number(2) : -1;
            int day = skip('-') ? number(2) : -1;
            return year < 0 || month < 0 || day < 0 ? null : LocalDate.of(year, month, day);
        }

        private @Nullable LocalTime time() {
            int hour = number(2);
            int minute = skip(':') ? number(2) : -1;
            if (hour < 0 || minute < 0) {
                return null;
            }
            if (!skip(':')) {
                return LocalTime.of(hour, minute);
            }
            int second = number(2);
            int nano = skip('.') ? fraction() : 0;
            return second < 0 || nano < 0 ? null : LocalTime.of(hour, minute, second, nano);
        }

        private int fraction() {
            int from = at;
            int nano = 0;
            int unit = 100_000_000;
            while (at < text.length() && isDigit(text.charAt(at)) && at - from < MAX_FRACTION) {
                nano += (text.charAt(at++) - '0') * unit;
                unit /= 10;
            }
            return at == from ? -1 : nano;
        }

        private @Nullable ZoneOffset offset() {
            skip(' ');
            if (skip('Z') || skip('z')) {
                return ZoneOffset.UTC;
            }
            boolean negative = skip('-');
            if (!negative && !skip('+')) {
                return null;
            }
            int hours = number(2);
            int minutes = at < text.length() ? minutes() : 0;
            int seconds = at < text.length() ? minutes() : 0;
            if (hours < 0 || minutes < 0 || seconds < 0) {
                return null;
            }
            int sign = negative ? -1 : 1;
            return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
        }

        private int minutes() {
            skip(':');
            return number(2);
        }

        private int number(int digits) {
            if (at + digits > text.length()) {
                return -1;
            }
            int value = 0;
            for (int end = at + digits; at < end; at++) {
                char digit = text.charAt(at);
                if (!isDigit(digit)) {
                    return -1;
                }
                value = value * 10 + digit - '0';
            }
            return value;
        }

        private boolean skip(char wanted) {
            boolean found = at < text.length() && text.charAt(at) == wanted;
            at += found ? 1 : 0;
            return found;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
