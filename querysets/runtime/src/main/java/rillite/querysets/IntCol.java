package rillite.querysets;

/**
 * A column of integers of at most 32 bits; a larger one in the file is an error where it is read. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class IntCol<R> extends NumberExpr<R, Integer> implements Col<R, Integer> {

    IntCol(Place<Integer> place) {
        super(place);
    }
}
