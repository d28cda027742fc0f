package rillite.querysets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a file is opened. Immutable.
 *
 * <ul>
 *   <li>mode: read and write; the file is created when it is missing
 *   <li>remembered shapes: 512 SQL texts
 *   <li>write transactions that stay open are logged after 1 second
 *   <li>development: off
 *   <li>statement listeners: none
 *   <li>driver options: none, so the driver's defaults hold
 * </ul>
 */
public final class DatabaseOptions {

    private static final DatabaseOptions DEFAULTS =
            new DatabaseOptions(Map.of(), 512, Duration.ofSeconds(1), false, List.of());

    private final Map<String, String> driverOptions;
    private final int rememberedShapes;
    private final Duration transactionWarnAfter;
    private final boolean development;
    private final List<StatementListener> statementListeners;

    private DatabaseOptions(
            Map<String, String> driverOptions,
            int rememberedShapes,
            Duration transactionWarnAfter,
            boolean development,
            List<StatementListener> statementListeners) {
        this.driverOptions = driverOptions;
        this.rememberedShapes = rememberedShapes;
        this.transactionWarnAfter = transactionWarnAfter;
        this.development = development;
        this.statementListeners = statementListeners;
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
        return new DatabaseOptions(
                Collections.unmodifiableMap(more),
                rememberedShapes,
                transactionWarnAfter,
                development,
                statementListeners);
    }

    /** Sets how many SQL texts are remembered by shape, at least 1. */
    public DatabaseOptions rememberedShapes(int shapes) {
        if (shapes < 1) {
            throw new IllegalArgumentException("rememberedShapes must be at least 1, got " + shapes);
        }
        return new DatabaseOptions(driverOptions, shapes, transactionWarnAfter, development, statementListeners);
    }

    /** Sets after how long an open write transaction is logged as a warning, once; zero never does. */
    public DatabaseOptions transactionWarnAfter(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("transactionWarnAfter must not be negative, got " + age);
        }
        return new DatabaseOptions(driverOptions, rememberedShapes, age, development, statementListeners);
    }

    /**
     * Logs a hint with the call site when a write that is subscribed in the code of a transaction runs outside of it, because
     * the Context was lost. It costs some time per signal of a transaction.
     */
    public DatabaseOptions development() {
        return new DatabaseOptions(driverOptions, rememberedShapes, transactionWarnAfter, true, statementListeners);
    }

    /** Adds a listener that is told of every statement. */
    public DatabaseOptions statementListener(StatementListener listener) {
        List<StatementListener> more = new ArrayList<>(statementListeners);
        more.add(listener);
        return new DatabaseOptions(
                driverOptions, rememberedShapes, transactionWarnAfter, development, List.copyOf(more));
    }

    Map<String, String> driverOptions() {
        return driverOptions;
    }

    int rememberedShapes() {
        return rememberedShapes;
    }

    Duration transactionWarnAfter() {
        return transactionWarnAfter;
    }

    boolean isDevelopment() {
        return development;
    }

    List<StatementListener> statementListeners() {
        return statementListeners;
    }
}
