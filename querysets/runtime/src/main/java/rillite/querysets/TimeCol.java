package rillite.querysets;

import java.time.LocalTime;

/**
 * A column of times of a day. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class TimeCol<R> extends Expr<R, LocalTime> implements Col<R, LocalTime> {

    TimeCol(Place<LocalTime> place) {
        super(place);
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
