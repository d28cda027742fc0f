package rillite.querysets;

/**
 * A column of true and false. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class BoolCol<R> extends Expr<R, Boolean> implements Col<R, Boolean> {

    BoolCol(Place<Boolean> place) {
        super(place);
    }

    /** True; neither false nor NULL. */
    public Q<R> isTrue() {
        return eq(true);
    }

    /** False; neither true nor NULL. */
    public Q<R> isFalse() {
        return eq(false);
    }
}
