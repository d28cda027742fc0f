package rillite.querysets;

/**
 * Two bounds of the lookup {@code range}, both included.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Range(Object low, Object high) {

    /** Both bounds are included. */
    public static Range of(Object low, Object high) {
        return new Range(low, high);
    }
}
