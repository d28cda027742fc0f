package rillite.auth.spring.session;

import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;

/** A repository with its tables in a file, and a clock that stands still. */
final class SessionStore implements AutoCloseable {

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

    @Override
    public void close() {
        run(db.close());
    }
}
