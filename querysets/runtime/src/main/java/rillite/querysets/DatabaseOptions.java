package rillite.querysets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rillite.querysets.insights.InsightOptions;
import rillite.querysets.schema.ForeignKey;
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
 *   <li>rows that a write gives back: at most 100,000
 *   <li>rules for deletes: those of the foreign keys in the file
 *   <li>statement listeners: none
 *   <li>insights: off
 *   <li>related rows at a time: 100,000; rows read before them over a connection without concurrent statements: 100,000
 *   <li>driver options: none, so the driver's defaults hold
 * </ul>
 */
public final class DatabaseOptions {

    private static final DatabaseOptions DEFAULTS = new DatabaseOptions(new Draft());

    private final Draft settings;

    /** The settings while options are being made; not changed afterwards. */
    private static final class Draft {
        Map<String, String> driverOptions = Map.of();
        int rememberedShapes = 512;
        RelationNames relationNames = RelationNames.none();
        Duration schemaCheck = Duration.ofSeconds(1);
        Duration transactionWarnAfter = Duration.ofSeconds(1);
        boolean development;
        List<StatementListener> statementListeners = List.of();

        @Nullable InsightOptions insights;

        Map<String, ForeignKey.Action> onDelete = Map.of();
        RowLimits rowLimits = RowLimits.DEFAULTS;

        Draft() {}

        Draft(Draft other) {
            driverOptions = other.driverOptions;
            rememberedShapes = other.rememberedShapes;
            relationNames = other.relationNames;
            schemaCheck = other.schemaCheck;
            transactionWarnAfter = other.transactionWarnAfter;
            development = other.development;
            statementListeners = other.statementListeners;
            insights = other.insights;
            onDelete = other.onDelete;
            rowLimits = other.rowLimits;
        }
    }

    private DatabaseOptions(Draft settings) {
        this.settings = settings;
    }

    private DatabaseOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(settings);
        change.accept(draft);
        return new DatabaseOptions(draft);
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
        return with(draft -> draft.driverOptions = Collections.unmodifiableMap(more));
    }

    /** Sets how many SQL texts are remembered by shape, at least 1. */
    public DatabaseOptions rememberedShapes(int shapes) {
        if (shapes < 1) {
            throw new IllegalArgumentException("rememberedShapes must be at least 1, got " + shapes);
        }
        return with(draft -> draft.rememberedShapes = shapes);
    }

    /**
     * Names both directions of a foreign key, for example {@code relation("author.mentor_id", "mentor", "mentees")}; a
     * key of several columns is written {@code table.first,second}. A foreign key that the file does not have, or a name
     * that is taken, is an error when the file is opened.
     *
     * @throws IllegalArgumentException a name is blank
     */
    public DatabaseOptions relation(String foreignKey, String toOne, String reverse) {
        RelationNames names = relationNames().relation(foreignKey, toOne, reverse);
        return with(draft -> draft.relationNames = names);
    }

    /**
     * Names the many-to-many relation that leads to the target of a foreign key of a link table, for example
     * {@code manyToMany("follow.followed_id", "following")}. Errors are those of {@link #relation}.
     *
     * @throws IllegalArgumentException the name is blank
     */
    public DatabaseOptions manyToMany(String foreignKey, String name) {
        RelationNames names = relationNames().manyToMany(foreignKey, name);
        return with(draft -> draft.relationNames = names);
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
        return with(draft -> draft.schemaCheck = interval);
    }

    /** Sets after how long an open write transaction is logged as a warning, once; zero never does. */
    public DatabaseOptions transactionWarnAfter(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("transactionWarnAfter must not be negative, got " + age);
        }
        return with(draft -> draft.transactionWarnAfter = age);
    }

    /**
     * Logs a hint with the call site when a write that is subscribed in the code of a transaction runs outside of it, because
     * the Context was lost. It costs some time per signal of a transaction.
     */
    public DatabaseOptions development() {
        return with(draft -> draft.development = true);
    }

    /** Adds a listener that is told of every statement. */
    public DatabaseOptions statementListener(StatementListener listener) {
        List<StatementListener> more = new ArrayList<>(statementListeners());
        more.add(listener);
        return with(draft -> draft.statementListeners = List.copyOf(more));
    }

    /** Switches {@link Database#insights} on, with the defaults. */
    public DatabaseOptions insights() {
        return insights(InsightOptions.defaults());
    }

    /** Switches {@link Database#insights} on: every statement is measured, which costs less than 3 of 100 of its time. */
    public DatabaseOptions insights(InsightOptions options) {
        return with(draft -> draft.insights = options);
    }

    /**
     * Sets how many rows {@code updateReturning}, {@code deleteReturning} and an atomic bulk may hold in memory, at least 1;
     * a write that gives back more is taken back. The same bound holds for rows that are read before their related rows
     * where a connection cannot run a statement beside an open result, which this driver can.
     */
    public DatabaseOptions maxMaterializeRows(int rows) {
        RowLimits changed = new RowLimits(rowLimits().prefetched(), rows);
        return with(draft -> draft.rowLimits = changed);
    }

    /**
     * Sets what {@code delete()} does with the rows that reference a deleted one by this foreign key, whatever the file
     * says, for example {@code onDelete("award.author_id", Action.CASCADE)}; a key of several columns is written
     * {@code table.first,second}. SQLite goes on to enforce what the file says. A foreign key that the file does not have
     * is an error when the file is opened. One that goes away later while its table stays makes {@code delete()} of the rows
     * it led to an {@link InvalidQueryException} until it is back.
     */
    public DatabaseOptions onDelete(String foreignKey, ForeignKey.Action action) {
        Map<String, ForeignKey.Action> more = new LinkedHashMap<>(onDelete());
        more.put(ForeignKey.key(foreignKey), action);
        return with(draft -> draft.onDelete = Map.copyOf(more));
    }

    /**
     * Sets how many rows one statement of {@code prefetchRelated} may give for one chunk of owners, at least 1; more are an
     * error instead of a full memory.
     */
    public DatabaseOptions maxPrefetchRows(int rows) {
        RowLimits changed = new RowLimits(rows, rowLimits().materialized());
        return with(draft -> draft.rowLimits = changed);
    }

    RowLimits rowLimits() {
        return settings.rowLimits;
    }

    Map<String, String> driverOptions() {
        return settings.driverOptions;
    }

    int rememberedShapes() {
        return settings.rememberedShapes;
    }

    RelationNames relationNames() {
        return settings.relationNames;
    }

    Duration schemaCheck() {
        return settings.schemaCheck;
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

    /** Null when they are off. */
    @Nullable InsightOptions insightOptions() {
        return settings.insights;
    }

    /** By {@link ForeignKey#key()}. */
    Map<String, ForeignKey.Action> onDelete() {
        return settings.onDelete;
    }
}
