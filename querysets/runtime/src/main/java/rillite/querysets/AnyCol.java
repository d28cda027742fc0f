package rillite.querysets;

/**
 * A column that declares no type: its values are of any. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class AnyCol<R> extends Expr<R, Object> implements Col<R, Object> {

    AnyCol(Place<Object> place) {
        super(place);
    }
}
