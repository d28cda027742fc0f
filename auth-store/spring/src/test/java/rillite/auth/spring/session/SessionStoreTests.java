package rillite.auth.spring.session;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.LeakFree;

/** A repository for each test, which leaves nothing open. */
@ExtendWith(LeakFree.class)
abstract class SessionStoreTests {

    @TempDir
    Path directory = Path.of("");

    SessionStore store;
    SqliteReactiveSessionRepository sessions;

    @BeforeEach
    final void open() {
        store = SessionStore.in(directory, this::options);
        sessions = store.sessions;
    }

    /** What a class changes of the options. */
    SessionOptions options(SessionOptions options) {
        return options;
    }

    @AfterEach
    final void close() {
        store.close();
    }
}
