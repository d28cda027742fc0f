package rillite.querysets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a file is opened. Immutable.
 *
 * <ul>
 *   <li>mode: read and write; the file is created when it is missing
 *   <li>remembered shapes: 512 SQL texts
 *   <li>driver options: none, so the driver's defaults hold
 * </ul>
 */
public final class DatabaseOptions {

    private static final DatabaseOptions DEFAULTS = new DatabaseOptions(Map.of(), 512);

    private final Map<String, String> driverOptions;
    private final int rememberedShapes;

    private DatabaseOptions(Map<String, String> driverOptions, int rememberedShapes) {
        this.driverOptions = driverOptions;
        this.rememberedShapes = rememberedShapes;
    }

    /** The defaults listed above. */
    public static DatabaseOptions defaults() {
        return DEFAULTS;
    }

    /** Opens without any write, and fails when the file is missing. */
    public DatabaseOptions readOnly() {
        return driverOption("mode", "ro");
    }

    /** Fails when the file is missing instead of creating it. */
    public DatabaseOptions existing() {
        return driverOption("mode", "rw");
    }

    /** Sets an option of the driver by its name, for example {@code synchronous} to {@code NORMAL}. */
    public DatabaseOptions driverOption(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(driverOptions);
        more.put(name, value);
        return new DatabaseOptions(Collections.unmodifiableMap(more), rememberedShapes);
    }

    /** Sets how many SQL texts are remembered by shape, at least 1. */
    public DatabaseOptions rememberedShapes(int shapes) {
        if (shapes < 1) {
            throw new IllegalArgumentException("rememberedShapes must be at least 1, got " + shapes);
        }
        return new DatabaseOptions(driverOptions, shapes);
    }

    Map<String, String> driverOptions() {
        return driverOptions;
    }

    int rememberedShapes() {
        return rememberedShapes;
    }
}
