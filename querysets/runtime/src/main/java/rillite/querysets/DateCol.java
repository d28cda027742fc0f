package rillite.querysets;

import java.time.LocalDate;

/**
 * A column of dates. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class DateCol<R> extends DateExpr<R, LocalDate> implements Col<R, LocalDate> {

    DateCol(Place<LocalDate> place) {
        super(place);
    }
}
