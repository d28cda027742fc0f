package rillite.querysets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A column of points in time, stored as text in UTC with milliseconds. Its parts are those in UTC. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class InstantCol<R> extends DateTimeExpr<R, Instant> implements Col<R, Instant> {

    InstantCol(Place<Instant> place) {
        super(place);
    }

    @Override
    @Nullable Object stored(@Nullable Object value) {
        return value instanceof Instant instant ? Stored.of(instant) : value;
    }
}
