package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;

/** A repository with its tables in a file, and a clock that stands still. */
final class SessionStore implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final MovingClock clock = new MovingClock();
    final Path file;
    final Database db;
    final SqliteReactiveSessionRepository sessions;

    private SessionStore(Path directory, UnaryOperator<SessionOptions> options) {
        file = directory.resolve("sessions.db");
        db = get(Database.open(file));
        sessions = with(options);
    }

    static SessionStore in(Path directory, UnaryOperator<SessionOptions> options) {
        SessionStore store = new SessionStore(directory, options);
        run(store.sessions.migrate());
        return store;
    }

    /** Another repository on the same file. */
    SqliteReactiveSessionRepository with(UnaryOperator<SessionOptions> options) {
        return new SqliteReactiveSessionRepository(
                db, options.apply(SessionOptions.defaults().clock(clock)));
    }

    /** A saved session with attributes, given as name and value in turn. */
    SqliteSession saved(Object... attributes) {
        SqliteSession session = get(sessions.createSession());
        for (int i = 0; i < attributes.length; i += 2) {
            session.setAttribute(attributes[i].toString(), attributes[i + 1]);
        }
        run(sessions.save(session));
        return session;
    }

    /** The session as another request reads it. */
    SqliteSession read(SqliteSession session) {
        return get(sessions.findById(session.getId()));
    }

    boolean isThere(SqliteSession session) {
        return find(sessions.findById(session.getId())) != null;
    }

    long count(String sql, Object... values) {
        return get(db.sql(sql, values).values().flat(Long.class).get());
    }

    void sql(String sql, Object... values) {
        run(db.sql(sql, values).execute());
    }

    static <T> T get(Mono<T> work) {
        T value = work.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    static <T> @Nullable T find(Mono<T> work) {
        return work.block(PATIENCE);
    }

    static void run(Mono<?> work) {
        work.block(PATIENCE);
    }

    static void fails(Publisher<?> work, Class<? extends Throwable> type, String... parts) {
        StepVerifier.create(work)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(type);
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                })
                .verify(PATIENCE);
    }

    @Override
    public void close() {
        run(db.close());
    }
}
