package rillite.querysets;

/**
 * A column of floating point numbers. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class RealCol<R> extends NumberExpr<R, Double> implements Col<R, Double> {

    RealCol(Place<Double> place) {
        super(place);
    }

    /** This column set to a value. */
    public Assign<R> to(double value) {
        return Assign.of(this, value);
    }
}
