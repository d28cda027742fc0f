package rillite.querysets;

import java.time.LocalDateTime;

/**
 * A column of dates with times, without a time zone. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class DateTimeCol<R> extends DateTimeExpr<R, LocalDateTime> implements Col<R, LocalDateTime> {

    DateTimeCol(Place<LocalDateTime> place) {
        super(place);
    }
}
