package rillite.querysets;

import java.util.function.Function;

/**
 * A query that reads something else than whole rows. Immutable.
 *
 * @param <R> root of the query: the type of whole rows of its table
 * @param <T> what a row is read as
 */
public final class Projection<R, T> extends Query<R, T, Projection<R, T>> {

    Projection(QueryState state, Function<Row, T> mapper) {
        super(state, mapper);
    }

    @Override
    Projection<R, T> with(QueryState newState) {
        return new Projection<>(newState, mapper);
    }
}
