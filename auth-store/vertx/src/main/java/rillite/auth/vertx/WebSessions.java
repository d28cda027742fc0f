package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a session store does once it is initialised. */
final class WebSessions {

    private static final System.Logger LOG = System.getLogger(SqliteSessionStore.class.getName());
    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * BYTES + ",1024}");
    private static final long LONGEST = Duration.ofDays(3_660).toMillis();

    private final Vertx vertx;
    private final SessionTable table;
    private final SessionStoreOptions options;
    private final Clock clock;
    private final Mono<Void> release;
    private final SessionRandom random = new SessionRandom();
    private final SessionMoves moves = new SessionMoves();
    private final PendingWrites writes = new PendingWrites();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long timer;

    /** @param release what is done when this is closed */
    WebSessions(Vertx vertx, SessionTable table, SessionStoreOptions options, Clock clock, Mono<Void> release) {
        this.vertx = vertx;
        this.table = table;
        this.options = options;
        this.clock = clock;
        this.release = release;
        timer = vertx.setPeriodic(options.sweepEveryMillis(), round -> sweep());
        table.ready().subscribe(ready -> {}, error -> warn("The session store cannot be used", error));
    }

    SessionStoreOptions options() {
        return options;
    }

    Session begin(long timeout, int bytes) {
        return new SqliteSession(random, Math.min(timeout, LONGEST), Math.max(bytes, BYTES), moves);
    }

    Future<Session> find(@Nullable String id) {
        if (id == null || !ID.matcher(id).matches()) {
            return run(Mono.empty());
        }
        return run(writes.settled(id)
                .then(Mono.defer(() -> table.find(StoredSession.hash(id), clock.millis())))
                .flatMap(row -> Mono.fromCallable(() -> read(id, row))));
    }

    private @Nullable Session read(String id, StoredSession row) {
        try {
            return new SqliteSession(random, moves, id, row);
        } catch (RuntimeException e) {
            // Its text may quote what is in the session.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A row of auth_web_session is not as it was written, and is no session: "
                            + (e instanceof SessionPayloadException
                                    ? e.getMessage()
                                    : e.getClass().getName()));
            return null;
        }
    }

    Future<Void> put(Session session) {
        if (!(session instanceof SqliteSession own)) {
            return run(Mono.error(new IllegalArgumentException(
                    "The session is of another store: a " + session.getClass().getName() + ".")));
        }
        byte[] payload;
        try {
            payload = own.payload(options.maxPayloadBytes());
        } catch (SessionPayloadException e) {
            return run(Mono.error(e));
        }
        String id = own.id();
        String oldId = own.oldId() == null ? id : own.oldId();
        Mono<Void> write = own.inTurn(Mono.defer(() -> write(own, StoredSession.hash(id), payload)));
        return run(writes.noted(write, id, oldId)).onComplete(end -> moves.end(own));
    }

    private Mono<Void> write(SqliteSession session, byte[] hash, byte[] payload) {
        long now = clock.millis();
        StoredSession read = session.stored();
        if (read != null && SqliteSession.isSame(read, hash, payload)) {
            return touch(session, read, now);
        }
        int version = read == null ? 0 : read.version() + 1;
        StoredSession row = new StoredSession(hash, payload, session.timeout(), now, version);
        return (read == null ? table.insert(row) : table.update(read, row))
                .flatMap(rows -> rows == 0 ? Mono.error(new SessionVersionException()) : Mono.empty())
                .then(Mono.fromRunnable(() -> session.written(row)));
    }

    /** Beside the request: what comes of it makes no difference to the request. */
    private Mono<Void> touch(SqliteSession session, StoredSession read, long now) {
        long seen = now - options.touchAge(read.timeout());
        if (read.lastAccessed() > seen) {
            return Mono.empty();
        }
        return table.touch(read.hash(), seen, now)
                .doOnNext(rows -> session.written(
                        new StoredSession(read.hash(), read.payload(), read.timeout(), now, read.version())))
                .onErrorResume(error -> {
                    warn("A visit of a session was not noted", error);
                    return Mono.empty();
                })
                .then();
    }

    Future<Void> delete(String id) {
        if (moves.isOldId(id)) {
            return Future.succeededFuture();
        }
        StoredSession old = moves.rowOf(id);
        Mono<Void> delete = writes.settled(id)
                .then(Mono.defer(() -> table.delete(StoredSession.hash(id))))
                .then(old == null ? Mono.empty() : table.delete(old.hash()).then());
        return run(writes.noted(delete, id, id));
    }

    Future<Void> clear() {
        return run(table.clear().then());
    }

    Future<Integer> size() {
        return run(Mono.defer(() -> table.size(clock.millis())));
    }

    private void sweep() {
        if (sweeping.compareAndSet(false, true)) {
            table.sweep(clock.millis())
                    .doFinally(end -> sweeping.set(false))
                    .subscribe(rows -> {}, error -> warn("Expired sessions were not swept out", error));
        }
    }

    private <T> Future<T> run(Mono<T> work) {
        return Futures.of(
                vertx, closed.get() ? Mono.error(new IllegalStateException("The session store is closed.")) : work);
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            vertx.cancelTimer(timer);
            release.subscribe(done -> {}, error -> warn("The session store was not closed in order", error));
        }
    }

    private static void warn(String text, Throwable error) {
        LOG.log(System.Logger.Level.WARNING, text, error);
    }
}
