package rillite.auth.spring.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.Chance;
import rillite.auth.Rounds;
import rillite.querysets.Database;

/**
 * Sessions of Spring Session in a SQLite file, in the tables of spring-session-jdbc. Safe to share; it holds nothing that needs
 * closing, closing the database is enough. Call {@link #migrate} when the program starts, and {@link #schedulePurge} once.
 *
 * <p>A session that was deleted, or has ended, is never brought back: a save of it is an {@link IllegalStateException}. A save
 * writes what was changed; if that is nothing but a visit, it is written as {@link SessionOptions#touchEvery} says. Sessions
 * with an attribute that cannot be read are treated as ended, which is logged once for each name.
 */
public final class SqliteReactiveSessionRepository
        implements ReactiveSessionRepository<SqliteSession>, ReactiveFindByIndexNameSessionRepository<SqliteSession> {

    private static final int BATCH = 500;
    private static final int LARGEST_BATCH = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(366);

    private final Database database;
    private final SessionOptions options;
    private final SessionSql sql;
    private final Attributes attributes;
    private final SessionRows rows;
    private final SessionWrites writes;

    /** As {@link #SqliteReactiveSessionRepository(Database, SessionOptions)} with the defaults. */
    public SqliteReactiveSessionRepository(Database database) {
        this(database, SessionOptions.defaults());
    }

    /** As {@link #SqliteReactiveSessionRepository(Database, SessionOptions)} with the defaults but for the form of attributes. */
    public SqliteReactiveSessionRepository(Database database, AttributeSerializer serializer) {
        this(database, SessionOptions.defaults().serializer(serializer));
    }

    /** Sessions in that database, which is neither read nor written. Call this when the program starts, not on an event
     * loop: random numbers are seeded. */
    public SqliteReactiveSessionRepository(Database database, SessionOptions options) {
        Chance.prepare();
        this.database = database;
        this.options = options.complete();
        sql = new SessionSql(options.table());
        attributes = new Attributes(this.options);
        rows = new SessionRows(database, this.options, attributes);
        writes = new SessionWrites(database, this.options, sql, attributes);
    }

    /** A session that is in no table until it is saved. */
    @Override
    public Mono<SqliteSession> createSession() {
        return Mono.fromSupplier(() -> SqliteSession.fresh(options, Chance.id()));
    }

    /**
     * Writes what was changed of a session, all of it or nothing. Two requests that change different attributes, in whatever
     * process, keep both; of one attribute the value that was saved last stays.
     *
     * @return {@link IllegalStateException} when it was deleted or has ended, or when this says whose it is, or gives it another
     *     id, and it has another one by now; {@link IllegalArgumentException} when an attribute is too large or of a type that is
     *     not permitted
     */
    @Override
    public Mono<Void> save(SqliteSession session) {
        return Mono.defer(() -> writes.save(session));
    }

    /** The live session of that id, by one SELECT. Empty when there is none. */
    @Override
    public Mono<SqliteSession> findById(String id) {
        if (!SessionIds.isOne(id)) {
            return Mono.empty();
        }
        String column = options.columns().column(id);
        return Flux.defer(() -> rows.read(sql.findById(column, attributes.largest()), id))
                .collectList()
                .mapNotNull(found -> found.size() == 1 ? found.get(0) : null);
    }

    /** Ends a session. Does nothing where there is none. */
    @Override
    public Mono<Void> deleteById(String id) {
        if (!SessionIds.isOne(id)) {
            return Mono.empty();
        }
        return change(sql.delete(options.columns().columnToEnd(id))).then();
    }

    /**
     * The live sessions of a principal by their ids, also those with attributes that cannot be read, which they then lack: to
     * list and to end them. Indexes of other names have none.
     */
    @Override
    public Mono<Map<String, SqliteSession>> findByIndexNameAndIndexValue(String name, String value) {
        if (!SqliteSession.PRINCIPAL_NAMES.contains(name)) {
            return Mono.just(Map.of());
        }
        return Flux.defer(() -> rows.read(sql.findByPrincipal(value, attributes.largest()), null))
                .collectMap(SqliteSession::getId, session -> session, LinkedHashMap::new);
    }

    /** Creates what is missing of the tables. Several processes may do so at once. */
    public Mono<SessionTables> migrate() {
        return SessionTables.migrate(database, options.table());
    }

    /**
     * Deletes the sessions that have ended, in batches between which others write. A cancel ends it behind the batch that is
     * under way.
     *
     * @param batch 1 to 10,000 sessions in one statement; 500 hold the writer for some milliseconds
     * @return how many were deleted
     * @throws IllegalArgumentException out of bounds
     */
    public Mono<Long> purgeExpired(int batch) {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "The batch is " + batch + " sessions. It must be 1 to " + LARGEST_BATCH + ".");
        }
        return Mono.defer(() -> {
            SessionSql.Bound purge = sql.purge(options.now(), batch);
            return change(purge)
                    .expand(deleted -> deleted < batch ? Mono.empty() : change(purge))
                    .reduce(0L, Long::sum);
        });
    }

    /**
     * Purges again and again, first when that time has passed, until it is disposed of, or the database is closed. A failure is
     * logged and the next round comes all the same; rounds never overlap.
     *
     * @throws IllegalArgumentException less than 1 ms or more than 366 days
     */
    public Disposable schedulePurge(Duration every) {
        if (every.compareTo(Duration.ofMillis(1)) < 0 || every.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException(
                    "The time between two purges is " + every + ". It must be 1 ms to " + LONGEST_PAUSE + ".");
        }
        return Rounds.start(
                every,
                () -> purgeExpired(BATCH),
                error -> Log.warn("Sessions that have ended were not deleted", error));
    }

    private Mono<Long> change(SessionSql.Bound statement) {
        return Mono.defer(
                () -> database.sql(statement.sql(), statement.values()).execute());
    }

    /** Without the options, which may hold secrets of their parts. */
    @Override
    public String toString() {
        return "SqliteReactiveSessionRepository[" + options.table() + "]";
    }
}
