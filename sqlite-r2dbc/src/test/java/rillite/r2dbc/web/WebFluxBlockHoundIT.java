package rillite.r2dbc.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import rillite.r2dbc.testing.BlockingCalls;

/** The same streams with BlockHound watching the event loops. */
@Tag("blockhound")
final class WebFluxBlockHoundIT extends StreamingContract {
    private final WebFluxServer server = new WebFluxServer();

    @BeforeAll
    static void watch() {
        BlockingCalls.watch();
    }

    @AfterEach
    void nothingBlocked() {
        BlockingCalls.assertNone();
    }

    @Override
    int start(WideRows rows) {
        return server.start(rows);
    }

    @Override
    void stop() {
        server.stop();
    }
}
