package rillite.auth.spring.security;

import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.Throttle;
import rillite.auth.UserId;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;
import rillite.r2dbc.testing.LeakFree;

/** A store in a file for each test, with a clock that stands still and passwords that cost little. */
@ExtendWith(LeakFree.class)
abstract class StoreTests {
    static final String PASSWORD = "correct horse";

    @TempDir
    Path directory = Path.of("");

    final MovingClock clock = new MovingClock();
    Database db;
    AuthStore auth;

    @BeforeEach
    final void open() {
        db = get(Database.open(directory.resolve("auth.db")));
        AuthOptions options = AuthOptions.defaults()
                .clock(clock)
                .hashing(16, 1, 1)
                .failures(new Throttle.Limit(3, Duration.ofMinutes(15), Duration.ofMinutes(15)))
                .encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes());
        auth = AuthStore.on(db, options);
        run(auth.migrate());
    }

    @AfterEach
    final void close() {
        run(db.close());
    }

    /** A user with a password. */
    UserId user(String email) {
        UserId id = get(auth.users().create(NewUser.of(email))).id();
        run(auth.passwords().set(id, PASSWORD));
        return id;
    }

    long count(String sql, Object... values) {
        return get(db.sql(sql, values).values().flat(Long.class).get());
    }
}
