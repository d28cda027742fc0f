package rillite.querysets;

/**
 * A column whose values are made by a {@link Mapping}. Conditions and order are on what is stored. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <V> type in which it is read
 */
public final class MappedCol<R, V> extends Expr<R, V> implements Col<R, V> {

    MappedCol(Place<V> place) {
        super(place);
    }
}
