package rillite.auth;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store for each test. */
abstract class StoreTests {

    @TempDir
    Path directory = Path.of("");

    Fixture store;
    AuthStore auth;

    @BeforeEach
    final void open() {
        store = Fixture.in(directory, this::options);
        auth = store.auth;
    }

    /** What a class changes of the options. */
    AuthOptions options(AuthOptions options) {
        return options;
    }

    @AfterEach
    final void close() {
        store.close();
    }
}
