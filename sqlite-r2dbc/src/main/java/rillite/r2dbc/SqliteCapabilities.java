package rillite.r2dbc;

import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;

/**
 * Finds what this driver offers beyond the SPI, also behind a pool, a proxy or Spring's wrappers:
 * {@code SqliteCapabilities.find(connection, SqliteBulk.class)}. The capabilities are {@link SqliteStatistics}, {@link
 * SqliteBulk}, {@link SqliteBackup}, {@link SqliteChanges}, {@link SqliteRebuild}, {@link SqliteFeatures} and, of connection
 * factories, {@link SqliteReads}.
 */
public final class SqliteCapabilities {
    private static final int DEPTH = 32;

    private SqliteCapabilities() {}

    /**
     * Returns the capability of a connection or connection factory, or null when no layer of it has it.
     *
     * @param wrapped a connection or connection factory, however wrapped
     * @param type the capability
     */
    public static <T> @Nullable T find(Object wrapped, Class<T> type) {
        Object layer = wrapped;
        for (int depth = 0; depth < DEPTH; depth++) {
            if (type.isInstance(layer)) {
                return type.cast(layer);
            }
            if (!(layer instanceof Wrapped<?> outer)) {
                return null;
            }
            Object inner = outer.unwrap();
            if (inner == null || inner == layer) {
                return null;
            }
            layer = inner;
        }
        return null;
    }

    /**
     * Returns the capability, or says where it was looked for.
     *
     * @throws IllegalArgumentException if no layer has it
     */
    public static <T> T require(Object wrapped, Class<T> type) {
        T found = find(wrapped, type);
        if (found == null) {
            throw new IllegalArgumentException(wrapped + " offers no " + type.getSimpleName()
                    + ": it is not a connection or connection factory of this driver, nor wraps one");
        }
        return found;
    }
}
