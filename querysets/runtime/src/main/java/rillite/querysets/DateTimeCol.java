package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * A column of dates with times, without a time zone. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class DateTimeCol<R> extends Expr<R, LocalDateTime> implements Col<R, LocalDateTime> {

    DateTimeCol(Place<LocalDateTime> place) {
        super(place);
    }

    /** The day; compared, it becomes a range that an index can serve. */
    public Expr<R, LocalDate> date() {
        return new Expr<>(transformed(Transform.DATE), LocalDate.class);
    }

    /** The time of the day. */
    public Expr<R, LocalTime> time() {
        return new Expr<>(transformed(Transform.TIME), LocalTime.class);
    }

    /** The year; compared, it becomes a range that an index can serve. */
    public NumberExpr<R, Long> year() {
        return number(Transform.YEAR);
    }

    /** The month, from 1. */
    public NumberExpr<R, Long> month() {
        return number(Transform.MONTH);
    }

    /** The day of the month, from 1. */
    public NumberExpr<R, Long> day() {
        return number(Transform.DAY);
    }

    /** The quarter, from 1. */
    public NumberExpr<R, Long> quarter() {
        return number(Transform.QUARTER);
    }

    /** The week of the ISO year, from 1. */
    public NumberExpr<R, Long> week() {
        return number(Transform.WEEK);
    }

    /** The year to which the ISO week belongs. */
    public NumberExpr<R, Long> isoYear() {
        return number(Transform.ISO_YEAR);
    }

    /** The day of the week, as {@code java.time.DayOfWeek}: Monday is 1. */
    public NumberExpr<R, Long> dayOfWeek() {
        return number(Transform.ISO_WEEK_DAY);
    }

    /** The hour, from 0. */
    public NumberExpr<R, Long> hour() {
        return number(Transform.HOUR);
    }

    /** The minute, from 0. */
    public NumberExpr<R, Long> minute() {
        return number(Transform.MINUTE);
    }

    /** The second, from 0, without its fraction. */
    public NumberExpr<R, Long> second() {
        return number(Transform.SECOND);
    }
}
