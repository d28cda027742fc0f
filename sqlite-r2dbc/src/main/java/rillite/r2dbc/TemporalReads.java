package rillite.r2dbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Reads dates and times from text, or from integers as temporalStorage says. Nothing is cut off silently. */
final class TemporalReads {
    private TemporalReads() {}

    static LocalDate date(Cell cell) {
        LocalDateTime utc = dateTime(cell);
        if (!utc.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            throw CodecErrors.unreadable(
                    cell, CodecErrors.DATETIME, "its time of day would be lost; ask for LocalDateTime");
        }
        return utc.toLocalDate();
    }

    static LocalTime time(Cell cell) {
        return required(cell, timeOnly(cell).utcTime());
    }

    static OffsetTime offsetTime(Cell cell) {
        Moment moment = timeOnly(cell);
        return OffsetTime.of(required(cell, moment.time()), moment.offsetOrUtc());
    }

    static LocalDateTime dateTime(Cell cell) {
        return withDate(cell, moment(cell));
    }

    static Instant instant(Cell cell) {
        return cell.storage() == StorageClass.INTEGER
                ? epoch(cell)
                : withDate(cell, moment(cell)).toInstant(ZoneOffset.UTC);
    }

    static OffsetDateTime offsetDateTime(Cell cell) {
        Moment moment = moment(cell);
        return withDate(cell, moment).atOffset(ZoneOffset.UTC).withOffsetSameInstant(moment.offsetOrUtc());
    }

    static ZonedDateTime zonedDateTime(Cell cell) {
        Moment moment = moment(cell);
        return withDate(cell, moment).atZone(ZoneOffset.UTC).withZoneSameInstant(moment.offsetOrUtc());
    }

    /** Untyped read of a column declared DATE: a date and time where the time of day is not midnight. */
    static Object anyDate(Cell cell) {
        LocalDateTime utc = dateTime(cell);
        return utc.toLocalTime().equals(LocalTime.MIDNIGHT) ? utc.toLocalDate() : utc;
    }

    /** Untyped read of a column declared TIME: a date and time where there is a date. */
    static Object anyTime(Cell cell) {
        Moment moment = moment(cell);
        LocalTime time = moment.isTimeOnly() ? moment.utcTime() : null;
        return time == null ? withDate(cell, moment) : time;
    }

    private static Moment timeOnly(Cell cell) {
        Moment moment = moment(cell);
        if (!moment.isTimeOnly()) {
            String reason = moment.time() == null ? "there is no time of day" : "its date would be lost";
            throw CodecErrors.unreadable(cell, CodecErrors.DATETIME, reason + "; ask for LocalDate or LocalDateTime");
        }
        return moment;
    }

    private static LocalDateTime withDate(Cell cell, Moment moment) {
        LocalDateTime utc = moment.utc();
        if (utc == null) {
            throw CodecErrors.unreadable(cell, CodecErrors.DATETIME, "there is no date; ask for LocalTime");
        }
        return utc;
    }

    private static LocalTime required(Cell cell, @Nullable LocalTime time) {
        if (time == null) {
            throw CodecErrors.unreadable(cell, CodecErrors.DATETIME, "there is no time of day");
        }
        return time;
    }

    private static Moment moment(Cell cell) {
        return switch (cell.storage()) {
            case TEXT -> parsed(cell);
            case INTEGER -> outOfEpoch(cell);
            default -> throw CodecErrors.mismatch(cell);
        };
    }

    private static Moment parsed(Cell cell) {
        Moment moment = Moment.parse(cell.text());
        if (moment == null) {
            throw CodecErrors.unreadable(
                    cell, CodecErrors.DATETIME, "the text is no date or time; the forms are " + Moment.FORMS);
        }
        return moment;
    }

    private static Moment outOfEpoch(Cell cell) {
        try {
            return Moment.of(epoch(cell));
        } catch (DateTimeException e) {
            throw outOfRange(cell);
        }
    }

    private static Instant epoch(Cell cell) {
        try {
            return switch (cell.options().temporalStorage()) {
                case EPOCH_MILLIS -> Instant.ofEpochMilli(cell.integer());
                case EPOCH_SECONDS -> Instant.ofEpochSecond(cell.integer());
                case TEXT ->
                    throw CodecErrors.unreadable(
                            cell,
                            CodecErrors.DATETIME,
                            "and temporalStorage is TEXT; set it to EPOCH_MILLIS or EPOCH_SECONDS"
                                    + " if such numbers are times");
            };
        } catch (DateTimeException e) {
            throw outOfRange(cell);
        }
    }

    private static SqliteNonTransientException outOfRange(Cell cell) {
        return CodecErrors.unreadable(
                cell, CodecErrors.RANGE, "the epoch value is outside the range of that class; ask for Long");
    }
}
