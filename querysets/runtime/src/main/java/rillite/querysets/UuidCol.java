package rillite.querysets;

import java.util.UUID;

/**
 * A column of UUIDs, stored as text or as 16 bytes. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class UuidCol<R> extends Expr<R, UUID> implements Col<R, UUID> {

    UuidCol(Place<UUID> place) {
        super(place);
    }
}
