package rillite.querysets;

import java.util.List;

/**
 * A column of JSON text. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 */
public final class JsonCol<R> extends Expr<R, String> implements Col<R, String> {

    JsonCol(Place<String> place) {
        super(place);
    }

    /**
     * The value at a path: names of members and positions from 0, for example {@code path("tags", 0)}. NULL where there is
     * none. The path is bound, never part of the SQL text.
     */
    public JsonPath<R> path(Object... elements) {
        return new JsonPath<>(node(), elements);
    }

    /** The top level has a member of this name, JSON null included. */
    public Q<R> hasKey(String name) {
        return keys("has_key", name);
    }

    /** The top level has members of all these names. */
    public Q<R> hasKeys(String... names) {
        return keys("has_keys", List.of(names));
    }

    /** The top level has a member of at least one of these names. */
    public Q<R> hasAnyKeys(String... names) {
        return keys("has_any_keys", List.of(names));
    }

    private Q<R> keys(String lookup, Object value) {
        return Q.leaf(Place.of(this).path().then(List.of(lookup)), value);
    }
}
