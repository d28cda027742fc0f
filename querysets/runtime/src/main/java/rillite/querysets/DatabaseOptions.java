package rillite.querysets;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import rillite.querysets.schema.RelationNames;

/**
 * How a file is opened. Immutable.
 *
 * <ul>
 *   <li>mode: read and write; the file is created when it is missing
 *   <li>remembered shapes: 512 SQL texts
 *   <li>names of relations: derived from the names of columns and tables
 *   <li>a changed schema is looked for once per second at the most
 *   <li>driver options: none, so the driver's defaults hold
 * </ul>
 */
public final class DatabaseOptions {

    private static final DatabaseOptions DEFAULTS =
            new DatabaseOptions(Map.of(), 512, RelationNames.none(), Duration.ofSeconds(1));

    private final Map<String, String> driverOptions;
    private final int rememberedShapes;
    private final RelationNames relationNames;
    private final Duration schemaCheck;

    private DatabaseOptions(
            Map<String, String> driverOptions,
            int rememberedShapes,
            RelationNames relationNames,
            Duration schemaCheck) {
        this.driverOptions = driverOptions;
        this.rememberedShapes = rememberedShapes;
        this.relationNames = relationNames;
        this.schemaCheck = schemaCheck;
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
        return new DatabaseOptions(Collections.unmodifiableMap(more), rememberedShapes, relationNames, schemaCheck);
    }

    /** Sets how many SQL texts are remembered by shape, at least 1. */
    public DatabaseOptions rememberedShapes(int shapes) {
        if (shapes < 1) {
            throw new IllegalArgumentException("rememberedShapes must be at least 1, got " + shapes);
        }
        return new DatabaseOptions(driverOptions, shapes, relationNames, schemaCheck);
    }

    /**
     * Names both directions of a foreign key, for example {@code relation("author.mentor_id", "mentor", "mentees")}; a
     * key of several columns is written {@code table.first,second}. A foreign key that the file does not have, or a name
     * that is taken, is an error when the file is opened.
     *
     * @throws IllegalArgumentException a name is blank
     */
    public DatabaseOptions relation(String foreignKey, String toOne, String reverse) {
        return named(relationNames.relation(foreignKey, toOne, reverse));
    }

    /**
     * Names the many-to-many relation that leads to the target of a foreign key of a link table, for example
     * {@code manyToMany("follow.followed_id", "following")}. Errors are those of {@link #relation}.
     *
     * @throws IllegalArgumentException the name is blank
     */
    public DatabaseOptions manyToMany(String foreignKey, String name) {
        return named(relationNames.manyToMany(foreignKey, name));
    }

    private DatabaseOptions named(RelationNames names) {
        return new DatabaseOptions(driverOptions, rememberedShapes, names, schemaCheck);
    }

    /**
     * Sets how often, at the most, the end of a statement is followed by a look at SQLite's {@code schema_version} on
     * another connection; a new version reads the schema again. Zero never looks: then {@link Database#refresh} and
     * statements that miss a name do.
     *
     * @throws IllegalArgumentException the interval is negative
     */
    public DatabaseOptions schemaCheck(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("schemaCheck must not be negative, got " + interval);
        }
        return new DatabaseOptions(driverOptions, rememberedShapes, relationNames, interval);
    }

    Duration schemaCheck() {
        return schemaCheck;
    }

    RelationNames relationNames() {
        return relationNames;
    }

    Map<String, String> driverOptions() {
        return driverOptions;
    }

    int rememberedShapes() {
        return rememberedShapes;
    }
}
