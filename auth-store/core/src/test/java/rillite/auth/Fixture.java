package rillite.auth;

import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;

/** A migrated store in a file, with a clock that stands still and passwords that cost little. */
final class Fixture implements AutoCloseable {

    final MovingClock clock = new MovingClock();
    final Path file;
    final Database db;
    final AuthStore auth;

    private Fixture(Path directory, UnaryOperator<AuthOptions> options) {
        file = directory.resolve("auth.db");
        db = get(Database.open(file));
        auth = AuthStore.on(db, options.apply(options(clock)));
    }

    static AuthOptions options(MovingClock clock) {
        return AuthOptions.defaults()
                .clock(clock)
                .hashing(16, 1, 1)
                .encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes());
    }

    static Fixture in(Path directory) {
        return in(directory, options -> options);
    }

    static Fixture in(Path directory, UnaryOperator<AuthOptions> options) {
        Fixture fixture = new Fixture(directory, options);
        run(fixture.auth.migrate());
        return fixture;
    }

    UserId user(String email) {
        return get(auth.users().create(NewUser.of(email))).id();
    }

    IssuedSession session(UserId user) {
        return get(auth.sessions().create(user, SessionRequest.none()));
    }

    long count(String sql, Object... values) {
        return get(db.sql(sql, values).values().flat(Long.class).get());
    }

    @Override
    public void close() {
        run(db.close());
    }
}
