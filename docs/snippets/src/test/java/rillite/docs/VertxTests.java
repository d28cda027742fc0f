package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import rillite.core.vertx.VertxBridge;
import rillite.r2dbc.SqliteConnectionFactory;

/** getting-started/vertx.md */
final class VertxTests {
    private SqliteConnectionFactory connections;
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.items(folder, 100_000);
        port = wait(serve(vertx, connections)).actualPort();
    }

    @AfterEach
    void close() {
        wait(vertx.close().map(true));
        Awaitility.await().until(() -> connections.statistics().idle());
        Scratch.close(connections);
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    // tag::stream[]
    static void items(ConnectionFactory connections, HttpServerRequest request) {
        Flux<Buffer> lines = Items.lines(connections).map(Buffer::buffer);

        ReadStream<Buffer> rows = VertxBridge.stream(lines);
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "application/x-ndjson")
                .setChunked(true);
        response.closeHandler(closed -> rows.handler(null));
        rows.pipeTo(response);
    }
    // end::stream[]

    // tag::future[]
    static void item(ConnectionFactory connections, HttpServerRequest request) {
        long id = Long.parseLong(request.path().substring("/items/".length()));
        VertxBridge.future(Items.line(connections, id)).onComplete(result -> {
            if (result.failed()) {
                request.response().setStatusCode(500).end();
            } else if (result.result() == null) {
                request.response().setStatusCode(404).end();
            } else {
                request.response().end(result.result());
            }
        });
    }
    // end::future[]

    // tag::serve[]
    static Future<HttpServer> serve(Vertx vertx, ConnectionFactory connections) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/items")) {
                        items(connections, request);
                    } else {
                        item(connections, request);
                    }
                })
                .listen(0, "127.0.0.1");
    }
    // end::serve[]

    private BufferedReader get(String path) throws IOException {
        return new BufferedReader(new InputStreamReader(
                URI.create("http://127.0.0.1:" + port + path).toURL().openStream(), StandardCharsets.UTF_8));
    }

    @Test
    void rows_arriveAsLines() throws IOException {
        try (BufferedReader answer = get("/items")) {
            List<String> lines = answer.lines().toList();
            assertThat(lines).hasSize(100_000).first().isEqualTo("{\"id\":1,\"name\":\"item 1\"}");
        }
    }

    @Test
    void oneRow_isAFuture() throws IOException {
        try (BufferedReader answer = get("/items/7")) {
            assertThat(answer.readLine()).isEqualTo("{\"id\":7,\"name\":\"item 7\"}");
        }
    }

    @Test
    void clientThatLeaves_endsTheStatement() throws IOException {
        try (BufferedReader answer = get("/items")) {
            assertThat(answer.readLine()).contains("item 1");
        }

        Awaitility.await().until(() -> connections.statistics().openCursors() == 0);
        assertThat(connections.statistics().idle()).isTrue();
    }
}
