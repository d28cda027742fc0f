package rillite.querysets;

/**
 * A column of names of constants. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <E> the constants
 */
public final class EnumCol<R, E extends Enum<E>> extends Expr<R, E> implements Col<R, E> {

    EnumCol(Place<E> place) {
        super(place);
    }
}
