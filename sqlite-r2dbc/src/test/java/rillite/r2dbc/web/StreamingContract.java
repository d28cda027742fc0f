package rillite.r2dbc.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.EngineProbe;
import rillite.r2dbc.testing.LeakFree;

/**
 * A server streams a table as lines of JSON to a client that reads slowly. Whatever the server: the rows read from SQLite
 * run ahead of the client by no more than the engine's prefetch and what the sockets hold.
 */
@ExtendWith(LeakFree.class)
abstract class StreamingContract {
    static final int SEND_BUFFER = 16 * 1024;

    private static final int ENGINE_PREFETCH = 2 * 1024;
    private static final int SERVER_PREFETCH = 512;
    private static final int SOCKET_BYTES = 512 * 1024;
    private static final int BOUND = ENGINE_PREFETCH + SERVER_PREFETCH + SOCKET_BYTES / WideRows.LINE_BYTES;

    private WideRows rows;
    private int port;
    private long readBefore;

    /** Starts a server on a free port: {@code /rows} streams every line, {@code /row/7} one. */
    abstract int start(WideRows rows);

    abstract void stop();

    @BeforeEach
    void startServer(@TempDir Path directory) {
        rows = WideRows.in(directory);
        port = start(rows);
        readBefore = EngineProbe.rowsRead();
    }

    @AfterEach
    void stopServer() {
        stop();
        rows.close();
    }

    @Test
    void slowClient_getsEveryRow_whileReadsStayBounded() throws Exception {
        try (SlowClient client = SlowClient.get(port, "/rows")) {
            for (int id = 1; id <= WideRows.COUNT; id++) {
                assertThat(client.line()).startsWith("{\"id\":" + id + ",");
                if (id % 2_000 == 0) {
                    assertBounded(id);
                }
                if (id == 4_000) {
                    awaitStandstill(id);
                }
            }
            assertThat(client.line()).isNull();
        }
        rows.awaitNoneOpen();
        assertThat(rows.mapped()).isEqualTo(WideRows.COUNT);
    }

    @Test
    void secondRequest_whileFirstStandsStill_isAnsweredAtOnce() throws Exception {
        try (SlowClient first = SlowClient.get(port, "/rows")) {
            assertThat(first.line()).startsWith("{\"id\":1,");
            awaitStandstill(1);
            long start = System.nanoTime();
            try (SlowClient second = SlowClient.get(port, "/row/77777")) {
                assertThat(second.line()).startsWith("{\"id\":77777,");
                assertThat(second.line()).isNull();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
        rows.awaitNoneOpen();
    }

    @Test
    void clientHangsUpInTheMiddle_streamIsCancelled() throws Exception {
        try (SlowClient client = SlowClient.get(port, "/rows")) {
            for (int id = 1; id <= 1_000; id++) {
                assertThat(client.line()).startsWith("{\"id\":" + id + ",");
            }
        }
        rows.awaitNoneOpen();
        assertThat(rows.mapped()).isLessThan(1_000 + BOUND);
    }

    @Test
    void clientHangsUpAtStandstill_streamIsCancelled() throws Exception {
        try (SlowClient client = SlowClient.get(port, "/rows")) {
            assertThat(client.line()).startsWith("{\"id\":1,");
            awaitStandstill(1);
        }
        rows.awaitNoneOpen();
    }

    private void awaitStandstill(int received) {
        long[] last = {-1};
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(10)).until(() -> {
            long now = rows.mapped();
            boolean still = now == last[0];
            last[0] = now;
            return still;
        });
        assertBounded(received);
        assertThat(rows.mapped()).isLessThan(WideRows.COUNT);
    }

    private void assertBounded(int received) {
        assertThat(rows.mapped() - received)
                .as("rows mapped ahead of the client")
                .isLessThanOrEqualTo(BOUND);
        assertThat(EngineProbe.rowsRead() - readBefore - received)
                .as("rows read from SQLite ahead of the client")
                .isLessThanOrEqualTo(BOUND);
    }
}
