package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import rillite.querysets.Database;
import rillite.querysets.Transaction;
import rillite.querysets.TransactionException;

/**
 * Plain SQL files that bring a database to a schema, and back: {@code 0001_create_users.up.sql} with {@code
 * 0001_create_users.down.sql}, or {@code 0001_create_users.sql} with a line {@code -- down} between the two ways. Immutable;
 * safe to share.
 *
 * <p>Each migration is one transaction, the row of the history {@code rillite_migration} included: a failure, a cancel or a
 * kill leaves it done or not begun. Several processes may migrate one file at the same time: each migration is applied by
 * one of them.
 *
 * <p>Verbs that change something are refused inside of a write transaction on the same file: each migration is one of its own.
 *
 * <p>Files are read when a verb is subscribed to, on a thread of their own; signals arrive on threads of the driver or on
 * that one. Errors are {@link rillite.querysets.MigrationException}s, and those of opening the database as they are. A
 * cancel rolls back the migration that is running; those before it stay.
 */
public final class Migrations {

    /** The set of an application that says nothing else. */
    public static final String DEFAULT_SET = "app";

    private static final Pattern SET = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,14}");

    private final Settings settings;

    private Migrations(Settings settings) {
        this.settings = settings;
    }

    /** The files of a folder. It is not looked at before a verb is subscribed to. */
    public static Migrations of(Path folder) {
        return new Migrations(Settings.of(new FolderSource(folder)));
    }

    /**
     * The files of a folder of the class path, in jars too: {@code ofResources(loader, "db/migrations")}.
     *
     * @param loader finds the folder
     * @param folder with slashes between its parts
     */
    public static Migrations ofResources(ClassLoader loader, String folder) {
        return new Migrations(Settings.of(new ResourceSource(loader, folder.replaceAll("^/+|/+$", ""))));
    }

    /** Files given in memory: their text by their name. Those of an environment are named {@code environment/name}. */
    public static Migrations ofFiles(Map<String, String> files) {
        return new Migrations(Settings.of(new MemorySource(files)));
    }

    /**
     * Names the set, so that several share one database; {@value #DEFAULT_SET} if this is not called. Numbers are those of
     * the set.
     *
     * @throws InvalidMigrationException the name is not of lower case letters, digits, - and _
     */
    public Migrations set(String name) {
        checkName("set", name);
        return new Migrations(settings.withSet(name));
    }

    /**
     * Adds the files of the folder of that name in the migrations folder. Numbers are shared with the files of all
     * environments.
     *
     * @throws InvalidMigrationException the name is not of lower case letters, digits, - and _
     */
    public Migrations environment(String name) {
        checkName("environment", name);
        return new Migrations(settings.withEnvironment(name));
    }

    private static void checkName(String what, String name) {
        if (!SET.matcher(name).matches()) {
            throw MigrationErrors.invalidCall("The " + what + " \"" + MigrationErrors.shown(name)
                    + "\" is none: 1 to 64 lower case letters, digits, - and _.");
        }
    }

    /**
     * Puts a value where files say <code>${name}</code>. It becomes part of the SQL as it is: never take it from a user.
     *
     * @throws InvalidMigrationException the name is none, or the value is more than one line
     */
    public Migrations placeholder(String name, String value) {
        return new Migrations(settings.withPlaceholder(name, value));
    }

    /** Lets {@link #migrate} apply a migration although a later one is applied already, as after merging a branch. */
    public Migrations allowOutOfOrder() {
        return new Migrations(settings.withOutOfOrder());
    }

    /** Makes every verb tell what it would do, with the SQL, and do nothing. */
    public Migrations dryRun() {
        return new Migrations(settings.withDryRun());
    }

    /**
     * Sets how long each migration waits for the write lock of others, among them other processes that migrate; 1 minute if
     * this is not called.
     *
     * @throws InvalidMigrationException the duration is not positive
     */
    public Migrations lockWait(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            throw MigrationErrors.invalidCall("lockWait must be positive, got " + wait + ".");
        }
        return new Migrations(settings.withLockWait(wait));
    }

    /** The files, read and checked; no database is asked. Placeholders are replaced. */
    public Mono<List<Migration>> files() {
        return settings.migrations();
    }

    /** Lays the files and the history of a database side by side. Writes nothing. */
    public Mono<MigrationStatus> status(ConnectionFactory connections) {
        return with(connections, MigrationRun::status);
    }

    /** As {@link #status(ConnectionFactory)}. */
    public Mono<MigrationStatus> status(Database database) {
        return status(database.connectionFactory());
    }

    /**
     * Applies what is not applied yet, in the order of numbers.
     *
     * @return a {@link MigrationConflictException} where files and history do not fit together
     */
    public Mono<MigrationReport> migrate(ConnectionFactory connections) {
        return changing(
                "migrate", connections, run -> run.steps(status -> Plans.up(status, null, settings.outOfOrder())));
    }

    /** As {@link #migrate(ConnectionFactory)}; the database knows the new schema afterwards. */
    public Mono<MigrationReport> migrate(Database database) {
        return refreshed(database, migrate(free(database, "migrate")));
    }

    /**
     * As {@link #migrate(ConnectionFactory)}, up to a migration and not beyond. Rolls nothing back.
     *
     * @param version its number, leading zeros or not; an {@link InvalidMigrationException} if there is none
     */
    public Mono<MigrationReport> migrate(ConnectionFactory connections, String version) {
        Function<MigrationStatus, List<Planned>> plan =
                known(version, (status, to) -> Plans.up(status, to, settings.outOfOrder()));
        return changing("migrate", connections, run -> run.steps(plan));
    }

    /** As {@link #migrate(ConnectionFactory, String)}; the database knows the new schema afterwards. */
    public Mono<MigrationReport> migrate(Database database, String version) {
        return refreshed(database, migrate(free(database, "migrate"), version));
    }

    /**
     * Undoes the last migrations that are applied, the last one first.
     *
     * @param steps how many, at least 1; fewer if fewer are applied
     * @return an {@link InvalidMigrationException} where one of them has no way down: nothing is undone then
     */
    public Mono<MigrationReport> rollback(ConnectionFactory connections, int steps) {
        if (steps < 1) {
            throw MigrationErrors.invalidCall("rollback needs at least 1 step, got " + steps + ".");
        }
        return changing("roll back", connections, run -> run.steps(status -> Plans.back(status, steps)));
    }

    /** As {@link #rollback(ConnectionFactory, int)}; the database knows the new schema afterwards. */
    public Mono<MigrationReport> rollback(Database database, int steps) {
        return refreshed(database, rollback(free(database, "roll back"), steps));
    }

    /**
     * Undoes everything that is applied behind a migration, the last one first; the migration itself stays.
     *
     * @param version its number; 0 undoes everything
     */
    public Mono<MigrationReport> rollbackTo(ConnectionFactory connections, String version) {
        Function<MigrationStatus, List<Planned>> plan =
                number(version) == 0 ? status -> Plans.backTo(status, 0) : known(version, Plans::backTo);
        return changing("roll back", connections, run -> run.steps(plan));
    }

    /** As {@link #rollbackTo(ConnectionFactory, String)}; the database knows the new schema afterwards. */
    public Mono<MigrationReport> rollbackTo(Database database, String version) {
        return refreshed(database, rollbackTo(free(database, "roll back"), version));
    }

    /** Undoes the last migration that is applied and applies it again, in two transactions: for while it is written. */
    public Mono<MigrationReport> redo(ConnectionFactory connections) {
        return changing("redo", connections, run -> run.steps(status -> Plans.again(status, settings.outOfOrder())));
    }

    /** As {@link #redo(ConnectionFactory)}; the database knows the new schema afterwards. */
    public Mono<MigrationReport> redo(Database database) {
        return refreshed(database, redo(free(database, "redo")));
    }

    /**
     * Makes the history fit the files, in one transaction: takes over checksum and name of changed files, and forgets
     * applied migrations whose file is gone. The schema stays as it is.
     *
     * @return a {@link MigrationConflictException} where a number stands for another migration than the one applied
     */
    public Mono<MigrationReport> repair(ConnectionFactory connections) {
        return changing("repair", connections, run -> run.edits(Plans::repair));
    }

    /** As {@link #repair(ConnectionFactory)}. */
    public Mono<MigrationReport> repair(Database database) {
        return repair(free(database, "repair"));
    }

    /**
     * Writes into an empty history that everything up to a migration is applied, and runs nothing: for a database that has
     * these tables already.
     *
     * @param version number of the last migration whose outcome the database has
     */
    public Mono<MigrationReport> baseline(ConnectionFactory connections, String version) {
        Function<MigrationStatus, List<Planned>> plan = known(version, Plans::baseline);
        return changing("baseline", connections, run -> run.edits(plan));
    }

    /** As {@link #baseline(ConnectionFactory, String)}. */
    public Mono<MigrationReport> baseline(Database database, String version) {
        return baseline(free(database, "baseline"), version);
    }

    /**
     * Runs a verb and tells how far it is: {@code migrations.progress(all -> all.migrate(database))}. Where the subscriber
     * is slow, signals within a migration are left out. Cancelling cancels the verb.
     *
     * @param verb a verb of the migrations it is given
     */
    public Flux<MigrationProgress> progress(Function<Migrations, ? extends Mono<?>> verb) {
        return Flux.create(sink -> {
            Migrations telling = new Migrations(settings.withProgress(progress -> {
                if (progress.isMilestone() || sink.requestedFromDownstream() > 0) {
                    sink.next(progress);
                }
            }));
            sink.onDispose(verb.apply(telling)
                    .subscribe(value -> {}, sink::error, sink::complete, Context.of(sink.contextView())));
        });
    }

    /** In a transaction it would wait for the file's one writer, which waits for it. */
    private Mono<MigrationReport> changing(
            String verb, ConnectionFactory connections, Function<MigrationRun, Mono<MigrationReport>> work) {
        Mono<MigrationReport> run = with(connections, work);
        return settings.dryRun()
                ? run
                : Transaction.requireNone(connections)
                        .onErrorMap(
                                TransactionException.class, around -> MigrationErrors.insideTransaction(verb, around))
                        .then(run);
    }

    private ConnectionFactory free(Database database, String verb) {
        if (!settings.dryRun() && database.isInTransaction()) {
            throw MigrationErrors.insideTransaction(verb, null);
        }
        return database.connectionFactory();
    }

    private <T> Mono<T> with(ConnectionFactory connections, Function<MigrationRun, Mono<T>> work) {
        return settings.migrations()
                .flatMap(migrations -> Mono.usingWhen(
                        connections.create(),
                        connection -> work.apply(new MigrationRun(settings, connection, migrations)),
                        Connection::close));
    }

    private static Mono<MigrationReport> refreshed(Database database, Mono<MigrationReport> verb) {
        return verb.onErrorResume(error -> database.refresh().onErrorComplete().then(Mono.error(error)))
                .delayUntil(report -> report.dryRun() || report.steps().isEmpty() ? Mono.empty() : database.refresh());
    }

    static long number(String version) {
        if (!NUMBER.matcher(version).matches()) {
            throw MigrationErrors.invalidCall(
                    "The version \"" + MigrationErrors.shown(version) + "\" is no number of 1 to 14 digits.");
        }
        return Long.parseLong(version);
    }

    /** A plan that leads to a migration, which must exist. */
    private static Function<MigrationStatus, List<Planned>> known(
            String version, BiFunction<MigrationStatus, Long, List<Planned>> plan) {
        long number = number(version);
        return status -> {
            check(status, version, number);
            return plan.apply(status, number);
        };
    }

    private static void check(MigrationStatus status, String version, long number) {
        if (status.entries().stream().noneMatch(entry -> entry.number() == number)) {
            String known = status.entries().isEmpty()
                    ? "There are none."
                    : "They go from " + status.entries().get(0) + " to "
                            + status.entries().get(status.entries().size() - 1) + ".";
            throw MigrationErrors.invalidCall(
                    "No migration of the set \"" + status.set() + "\" has the number " + version + ". " + known);
        }
    }

    /** Where the files come from, and the set. */
    @Override
    public String toString() {
        return "Migrations{" + settings.source() + ", set " + settings.set() + "}";
    }
}
