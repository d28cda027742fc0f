package rillite.querysets;

import java.math.BigDecimal;

/**
 * A column of decimal numbers. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class DecimalCol<R> extends NumberExpr<R, BigDecimal> implements Col<R, BigDecimal> {

    DecimalCol(Place<BigDecimal> place) {
        super(place);
    }

    /** This column set to a whole number. */
    public Assign<R> to(long value) {
        return Assign.of(this, value);
    }
}
