package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/**
 * Keeps the sessions of Vert.x Web in a SQLite file, so that they outlive the program and several servers may share them. Ids
 * have 256 random bits, of which only the SHA-256 is stored. Anonymous sessions are kept too: {@code setLazySession(true)} of {@code
 * SessionHandler} leaves out visitors for whom nothing is kept. Who is signed in is better kept by {@link SessionCookieHandler},
 * where sessions can be listed and revoked.
 *
 * <p>{@code SessionStore.create(vertx, new JsonObject().put("file", "app.db"))} finds this store and opens the file; without a
 * {@code file} Vert.x takes its own store. {@link #create(Vertx, Database, JsonObject)} takes a database that is open. Options, all
 * with defaults:
 *
 * <ul>
 *   <li>{@code maxPayloadBytes}: 65,536. A larger session is refused by {@link SessionPayloadException}
 *   <li>{@code touchEveryMillis}: 60,000. A request that changes nothing is only noted when the last note is older, or older
 *       than half of the life of the session
 *   <li>{@code sweepEveryMillis}: 300,000. How often expired rows are deleted; they are gone for everybody before
 *   <li>{@code retryTimeout}: 0. How long {@code SessionHandler} looks again for an unknown session. Vert.x answers before the
 *       session is stored. A store waits for what it is writing itself, so let all verticles of a program share one. Where
 *       requests of one browser go to several programs give some hundred milliseconds
 * </ul>
 *
 * <p>Texts, numbers, bytes, {@code JsonObject}, {@code JsonArray} and the user can be stored. What is stored is checked before it
 * is read: a session that is broken or names other classes is no session, and a warning is logged.
 *
 * <p>A change is one UPDATE of the version that was read: if somebody else has changed or ended the session it fails with {@link
 * SessionVersionException}, and what was ended stays ended. A new id replaces the old one in that same statement. Futures complete
 * on the context of the caller. Create the store when the program starts, not on an event loop: files are read.
 */
public final class SqliteSessionStore implements SessionStore {

    private @Nullable WebSessions sessions;

    /** For the service loader: {@link #init} follows. */
    public SqliteSessionStore() {}

    private SqliteSessionStore(WebSessions sessions) {
        this.sessions = sessions;
    }

    /** As {@link #create(Vertx, Database, JsonObject)} with the defaults. */
    public static SqliteSessionStore create(Vertx vertx, Database database) {
        return create(vertx, database, new JsonObject());
    }

    /**
     * In a database that is open, and stays so when the store is closed. Its table is made at once.
     *
     * @throws IllegalArgumentException an option is out of bounds
     */
    public static SqliteSessionStore create(Vertx vertx, Database database, JsonObject options) {
        return create(vertx, database, options, Clock.systemUTC());
    }

    static SqliteSessionStore create(Vertx vertx, Database database, JsonObject options, Clock clock) {
        SessionTable table = new SessionTable(Mono.just(database));
        return new SqliteSessionStore(
                new WebSessions(vertx, table, SessionStoreOptions.of(options), clock, Mono.empty()));
    }

    /**
     * Opens the file that the options name.
     *
     * @throws IllegalArgumentException there is no {@code file} among them, or an option is out of bounds
     */
    @Override
    public SessionStore init(Vertx vertx, JsonObject options) {
        if (!(options.getValue("file") instanceof String file)) {
            throw new IllegalArgumentException(
                    "The session store needs a file: new JsonObject().put(\"file\", \"app.db\").");
        }
        if (sessions != null) {
            throw new IllegalStateException("The session store has been initialised already.");
        }
        try {
            SessionStoreOptions checked = SessionStoreOptions.of(options);
            SessionTable table = new SessionTable(Database.open(Path.of(file)));
            Mono<Void> close = table.ready().flatMap(Database::close);
            sessions = new WebSessions(vertx, table, checked, Clock.systemUTC(), close);
        } catch (IllegalArgumentException e) {
            // SessionStore.create(..) takes another store then, and says nothing.
            System.getLogger(SqliteSessionStore.class.getName())
                    .log(System.Logger.Level.WARNING, "The options of the session store are wrong", e);
            throw e;
        }
        return this;
    }

    private WebSessions sessions() {
        if (sessions == null) {
            throw new IllegalStateException("Call init(vertx, options) of the session store first, or create(..).");
        }
        return sessions;
    }

    @Override
    public long retryTimeout() {
        return sessions().options().retryTimeout();
    }

    @Override
    public Session createSession(long timeout) {
        return createSession(timeout, DEFAULT_SESSIONID_LENGTH);
    }

    /** A new session, not stored yet. Its id has 32 bytes, also when fewer are asked for. */
    @Override
    public Session createSession(long timeout, int length) {
        return sessions().begin(timeout, length);
    }

    @Override
    public Future<Session> get(String cookieValue) {
        return sessions().find(cookieValue);
    }

    @Override
    public Future<Void> delete(String id) {
        return sessions().delete(id);
    }

    @Override
    public Future<Void> put(Session session) {
        return sessions().put(session);
    }

    @Override
    public Future<Void> clear() {
        return sessions().clear();
    }

    /** How many sessions live. */
    @Override
    public Future<Integer> size() {
        return sessions().size();
    }

    /** Ends the sweeping, and closes the file if it was opened here. Again is nothing. */
    @Override
    public void close() {
        if (sessions != null) {
            sessions.close();
        }
    }
}
