package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A column that has a date and a time of the day, and the parts of both. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <V> type in which it is read
 */
public abstract sealed class DateTimeExpr<R, V> extends DateExpr<R, V> permits DateTimeCol, InstantCol {

    DateTimeExpr(Place<V> place) {
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
