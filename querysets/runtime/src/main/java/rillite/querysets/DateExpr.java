package rillite.querysets;

/**
 * A column that has a date, and the parts of it: what dates, dates with times and points in time share. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <V> type in which it is read
 */
public abstract sealed class DateExpr<R, V> extends Expr<R, V> permits DateCol, DateTimeExpr {

    DateExpr(Place<V> place) {
        super(place);
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
}
