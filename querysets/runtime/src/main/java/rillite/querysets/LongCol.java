package rillite.querysets;

/**
 * A column of integers. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class LongCol<R> extends NumberExpr<R, Long> implements Col<R, Long> {

    LongCol(Place<Long> place) {
        super(place);
    }

    /** This column set to a value. */
    public Assign<R> to(long value) {
        return Assign.of(this, value);
    }
}
