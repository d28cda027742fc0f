package rillite.querysets.migrate.make;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.migrate.Migrations;
import rillite.querysets.migrate.internal.FileThread;

/**
 * Compares a database with the schema it should have, and drafts the migration that leads there and back:
 *
 * <pre>{@code
 * Make.of(db).desired(Path.of("schema.sql")).draft().flatMap(draft -> draft.writeTo(folder, "add_isbn"))
 * }</pre>
 *
 * <p>Immutable; every verb gives a new one, and nothing happens before {@link #draft} is subscribed. The database is read,
 * never written. The desired schema is built by SQLite in memory, and so is the present one, on which the draft is tried out
 * in both directions before anybody sees it.
 *
 * <p>Only what has been decided is decided: what looks renamed becomes a {@link RenameUndecidedException}, what loses data a
 * {@link DataLossException}, a column that must not be NULL and has no default a {@link ValueNeededException}. SQLite's own
 * tables, {@code rillite_migration} and {@code rillite_import} are left alone.
 */
public final class Make {

    private static final String COUNT = "SELECT count(*) FROM (SELECT 1 FROM (%s) LIMIT 1000001)";

    private final Present present;
    private final Mono<SchemaScript> desired;
    private final Decisions decisions;

    private Make(Present present, Mono<SchemaScript> desired, Decisions decisions) {
        this.present = present;
        this.desired = desired;
        this.decisions = decisions;
    }

    /** A draft for this database; what it should be is still to be said. */
    public static Make of(Database database) {
        return of(database.connectionFactory());
    }

    /** As {@link #of(Database)}, for the connections of a SQLite driver. */
    public static Make of(ConnectionFactory connections) {
        return of(new Present.Live(connections));
    }

    /**
     * A draft of the migration that comes after these: they are applied to an empty database in memory, and no other is asked.
     */
    public static Make of(Migrations migrations) {
        return of(new Present.Migrated(migrations));
    }

    private static Make of(Present present) {
        return new Make(
                present,
                Mono.error(() -> new IllegalStateException("call desired(..) first: what should the schema be?")),
                Decisions.NONE);
    }

    private Make with(Decisions decided) {
        return new Make(present, desired, decided);
    }

    /**
     * The schema that the database should have: a file of SQL statements in UTF-8, read for each draft. What a dump of SQLite's
     * command line holds besides CREATE statements is passed over. A file without any CREATE statement is refused.
     */
    public Make desired(Path schemaSql) {
        String name = String.valueOf(schemaSql.getFileName());
        return new Make(
                present,
                FileThread.call(
                        () -> SchemaScript.of(name, SchemaFile.text(schemaSql)).withSchema()),
                decisions);
    }

    /** As {@link #desired(Path)}, with the text itself. */
    public Make desired(String schemaSql) {
        return new Make(present, Mono.fromSupplier(() -> SchemaScript.of("the desired schema", schemaSql)), decisions);
    }

    /**
     * A table or column has another name now, and keeps its data: {@code rename("book", "volume")}, {@code
     * rename("book.name", "title")}. A name that changes in upper and lower case only need not be told.
     */
    public Make rename(String from, String to) {
        return with(decisions.rename(from, to));
    }

    /** The answer no to a {@link RenameQuestion}: it is gone, and what came in its place is new. */
    public Make notRenamed(String from) {
        return with(decisions.notRenamed(from));
    }

    /**
     * What a column is filled with in rows that exist already: an SQL expression over the columns of the old row, such as
     * {@code backfill("book.slug", "lower(title)")}. It becomes part of the migration as it is written. For a column that goes
     * it is what the way down fills it with, over the columns of the new row.
     */
    public Make backfill(String column, String expression) {
        return with(decisions.backfill(column, expression));
    }

    /** Tables that are not compared, with all that belongs to them: names, or beginnings of names such as {@code auth_*}. */
    public Make ignoring(String... tables) {
        return with(decisions.ignoring(List.of(tables)));
    }

    /** Permits that tables and columns go with their data. The draft warns of each. */
    public Make allowDataLoss() {
        return with(decisions.allowingDataLoss());
    }

    /**
     * Columns may stand in another order in the database than in the desired schema, which saves rebuilds. Statements that
     * name no columns, such as {@code INSERT INTO book VALUES (..)}, depend on the order.
     */
    public Make anyColumnOrder() {
        return with(decisions.inAnyOrder());
    }

    /**
     * The draft; one without changes where the schemas are the same. Errors are kinds of {@link
     * rillite.querysets.MigrationException}. Signals arrive on a thread of the driver; cancel stops the work.
     */
    public Mono<MigrationDraft> draft() {
        return desired.flatMap(script -> present.with(connection -> drafted(connection, script)));
    }

    private Mono<MigrationDraft> drafted(Connection connection, SchemaScript script) {
        Texts texts = new Texts();
        return SchemaDump.objects(connection, texts)
                .flatMap(objects -> Drafting.of(texts, objects, script, decisions))
                .flatMap(draft -> present.hasRows() ? counted(connection, draft) : Mono.just(draft));
    }

    /** Looks into the database for the rows that warnings are about; a query that it refuses is left alone. */
    private static Mono<MigrationDraft> counted(Connection connection, MigrationDraft draft) {
        return Flux.fromIterable(draft.warnings())
                .concatMap(warning -> warning.findSql() == null
                        ? Mono.just(warning)
                        : count(connection, warning.findSql())
                                .map(warning::counted)
                                .onErrorReturn(R2dbcException.class, warning))
                .collectList()
                .map(draft::with);
    }

    private static Mono<Long> count(Connection connection, String find) {
        return Flux.from(connection.createStatement(String.format(COUNT, find)).execute())
                .concatMap(result -> result.map((row, metadata) -> (Number) Objects.requireNonNull(row.get(0))))
                .single()
                .map(Number::longValue);
    }
}
