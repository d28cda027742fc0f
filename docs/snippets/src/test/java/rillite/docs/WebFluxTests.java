package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.r2dbc.SqliteConnectionFactory;

/** getting-started/webflux.md */
final class WebFluxTests {
    private SqliteConnectionFactory connections;
    private DisposableServer server;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.items(folder, 100_000);
        server = serve(connections);
    }

    @AfterEach
    void close() {
        server.disposeNow();
        Awaitility.await().until(() -> connections.statistics().idle());
        Scratch.close(connections);
    }

    // tag::routes[]
    static RouterFunction<ServerResponse> routes(ConnectionFactory connections) {
        return RouterFunctions.route()
                .GET(
                        "/items",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_NDJSON)
                                .body(Items.lines(connections), String.class))
                .GET(
                        "/items/{id}",
                        request -> Items.line(connections, Long.parseLong(request.pathVariable("id")))
                                .flatMap(json -> ServerResponse.ok()
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .bodyValue(json))
                                .switchIfEmpty(ServerResponse.notFound().build()))
                .build();
    }
    // end::routes[]

    // tag::serve[]
    static DisposableServer serve(ConnectionFactory connections) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes(connections))))
                .bindNow();
    }
    // end::serve[]

    private BufferedReader get(String path) throws IOException {
        return new BufferedReader(new InputStreamReader(
                URI.create("http://127.0.0.1:" + server.port() + path).toURL().openStream(), StandardCharsets.UTF_8));
    }

    @Test
    void rows_arriveAsLines() throws IOException {
        try (BufferedReader answer = get("/items")) {
            List<String> lines = answer.lines().toList();
            assertThat(lines).hasSize(100_000).first().isEqualTo("{\"id\":1,\"name\":\"item 1\"}");
        }
    }

    @Test
    void oneRow_isJson() throws IOException {
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
