package rillite.auth.vertx;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.LeakFree;

/** A store and a Vert.x for each test. */
@ExtendWith(LeakFree.class)
abstract class VertxTests {

    @TempDir
    Path directory = Path.of("");

    Fixture fixture;

    @BeforeEach
    final void open() {
        fixture = Fixture.in(directory);
    }

    @AfterEach
    final void close() {
        fixture.close();
    }
}
