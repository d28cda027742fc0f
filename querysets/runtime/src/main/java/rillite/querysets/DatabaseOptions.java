package rillite.querysets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 *   <li>write transactions that stay open are logged after 1 second
 *   <li>development: off
 *   <li>statement listeners: none
 *   <li>driver options: none, so the driver's defaults hold
 * </ul>
 */
public final class DatabaseOptions {

    private static final DatabaseOptions DEFAULTS = new DatabaseOptions(new Settings(
            Map.of(), 512, RelationNames.none(), Duration.ofSeconds(1), Duration.ofSeconds(1), false, List.of()));

    private final Settings settings;

    private record Settings(
            Map<String, String> driverOptions,
            int rememberedShapes,
            RelationNames relationNames,
            Duration schemaCheck,
            Duration transactionWarnAfter,
            boolean development,
            List<StatementListener> statementListeners) {}

    private DatabaseOptions(Settings settings) {
        this.settings = settings;
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
        Map<String, String> more = new LinkedHashMap<>(driverOptions());
        more.put(name, value);
        return with(Collections.unmodifiableMap(more), rememberedShapes(), relationNames());
    }

    /** Sets how many SQL texts are remembered by shape, at least 1. */
    public DatabaseOptions rememberedShapes(int shapes) {
        if (shapes < 1) {
            throw new IllegalArgumentException("rememberedShapes must be at least 1, got " + shapes);
        }
        return with(driverOptions(), shapes, relationNames());
    }

    /**
     * Names both directions of a foreign key, for example {@code relation("author.mentor_id", "mentor", "mentees")}; a
     * key of several columns is written {@code table.first,second}. A foreign key that the file does not have, or a name
     * that is taken, is an error when the file is opened.
     *
     * @throws IllegalArgumentException a name is blank
     */
    public DatabaseOptions relation(String foreignKey, String toOne, String reverse) {
        return named(relationNames().relation(foreignKey, toOne, reverse));
    }

    /**
     * Names the many-to-many relation that leads to the target of a foreign key of a link table, for example
     * {@code manyToMany("follow.followed_id", "following")}. Errors are those of {@link #relation}.
     *
     * @throws IllegalArgumentException the name is blank
     */
    public DatabaseOptions manyToMany(String foreignKey, String name) {
        return named(relationNames().manyToMany(foreignKey, name));
    }

    private DatabaseOptions named(RelationNames names) {
        return with(driverOptions(), rememberedShapes(), names);
    }

    RelationNames relationNames() {
        return settings.relationNames;
    }

    /**
     * Sets how often, at the most, the end of a statement is followed by a look at SQLite's {@code schema_version} on
     * another connection; a new version reads the schema again. Zero never looks like that. Statements of the database
     * that change the schema, statements that miss a name, and {@link Database#refresh} look at once in any case.
     *
     * @throws IllegalArgumentException the interval is negative
     */
    public DatabaseOptions schemaCheck(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("schemaCheck must not be negative, got " + interval);
        }
        return new DatabaseOptions(new Settings(
                driverOptions(),
                rememberedShapes(),
                relationNames(),
                interval,
                transactionWarnAfter(),
                isDevelopment(),
                statementListeners()));
    }

    Duration schemaCheck() {
        return settings.schemaCheck;
    }

    private DatabaseOptions with(Map<String, String> driverOptions, int shapes, RelationNames names) {
        return new DatabaseOptions(new Settings(
                driverOptions,
                shapes,
                names,
                schemaCheck(),
                transactionWarnAfter(),
                isDevelopment(),
                statementListeners()));
    }

    private DatabaseOptions with(Duration warnAfter, boolean development, List<StatementListener> listeners) {
        return new DatabaseOptions(new Settings(
                driverOptions(),
                rememberedShapes(),
                relationNames(),
                schemaCheck(),
                warnAfter,
                development,
                listeners));
    }

    /** Sets after how long an open write transaction is logged as a warning, once; zero never does. */
    public DatabaseOptions transactionWarnAfter(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("transactionWarnAfter must not be negative, got " + age);
        }
        return with(age, isDevelopment(), statementListeners());
    }

    /**
     * Logs a hint with the call site when a write that is subscribed in the code of a transaction runs outside of it, because
     * the Context was lost. It costs some time per signal of a transaction.
     */
    public DatabaseOptions development() {
        return with(transactionWarnAfter(), true, statementListeners());
    }

    /** Adds a listener that is told of every statement. */
    public DatabaseOptions statementListener(StatementListener listener) {
        List<StatementListener> more = new ArrayList<>(statementListeners());
        more.add(listener);
        return with(transactionWarnAfter(), isDevelopment(), List.copyOf(more));
    }

    Map<String, String> driverOptions() {
        return settings.driverOptions;
    }

    int rememberedShapes() {
        return settings.rememberedShapes;
    }

    Duration transactionWarnAfter() {
        return settings.transactionWarnAfter;
    }

    boolean isDevelopment() {
        return settings.development;
    }

    List<StatementListener> statementListeners() {
        return settings.statementListeners;
    }
}
