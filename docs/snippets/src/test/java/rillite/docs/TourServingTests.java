package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.core.vertx.VertxBridge;
import rillite.querysets.CompiledSql;
import rillite.querysets.Database;
import rillite.querysets.Plan;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

/** guides/querysets.md: what is sent, handlers, errors. */
final class TourServingTests {
    private static final String PAGE = "docs/guides/querysets.md";

    private Database db;
    private QuerySet<Row> books;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        Path file = Shop.in(folder);
        // tag::open[]
        Database db = Database.open(file).block();
        // end::open[]
        this.db = db;
        books = db.objects("book");
        shown = Shown.on(PAGE, this, db);
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    @Test
    void running() {
        QuerySet<Row> silent = books.filter("title__startswith", "The Silent").limit(3);
        // tag::run[]
        silent.flux().doOnNext(System.out::println).blockLast(); // in a main method or a test, never in a handler
        // end::run[]
    }

    @Test
    void explain_tellsThePlan() {
        // tag::explain[]
        CompiledSql statement = books.filter("published__year", 2024).toSql(); // text and binds, nothing is sent
        Mono<Plan> plan = books.filter("published__year", 2024).explain();
        Mono<Plan> scan = books.filter("pages__gt", 900).explain();
        // end::explain[]
        shown.output("explain", statement.binds(), Scratch.await(plan), Scratch.await(scan));
    }

    // tag::dto[]
    record BookLine(long id, String title, String publisherName) {}
    // end::dto[]

    // tag::webflux[]
    Mono<ServerResponse> titles(ServerRequest request) {
        QuerySet<Row> found =
                books.filterPresent("title__icontains", request.queryParam("q").orElse(null));
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(found.orderBy("id").into(BookLine.class), BookLine.class);
    }
    // end::webflux[]

    @Test
    void webFlux_streamsAQuerySet() throws IOException {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        RouterFunctions.route().GET("/books", this::titles).build())))
                .bindNow();
        try {
            shown.output(
                    "webflux",
                    get(server.port(), "/books?q=silent+bridge").stream()
                            .limit(2)
                            .toList());
            assertThat(get(server.port(), "/books")).hasSize(2000);
        } finally {
            server.disposeNow();
        }
    }

    // tag::vertx[]
    void titles(HttpServerRequest request) {
        Flux<Buffer> lines =
                books.orderBy("id").values("title").flat(String.class).flux().map(title -> Buffer.buffer(title + "\n"));
        ReadStream<Buffer> rows = VertxBridge.stream(lines);
        HttpServerResponse response = request.response().setChunked(true);
        response.closeHandler(closed -> rows.handler(null));
        rows.pipeTo(response);
    }
    // end::vertx[]

    @Test
    void vertx_streamsAQuerySet() throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            int port = wait(vertx.createHttpServer()
                            .requestHandler(this::titles)
                            .listen(0, "127.0.0.1"))
                    .actualPort();
            assertThat(get(port, "/")).hasSize(2000).first().isEqualTo("The Last Mountain 1");
        } finally {
            wait(vertx.close().map(true));
        }
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static List<String> get(int port, String path) throws IOException {
        URLConnection connection =
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setReadTimeout(20_000);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String message(ThrowingCallable code) {
        Throwable error = catchThrowable(code);
        return error.getClass().getSimpleName() + ": " + error.getMessage();
    }

    @Test
    void errors_sayWhatToDo() {
        shown.output("column", message(() -> books.filter("titel", "x")));
        shown.output("path", message(() -> books.filter("publisher__ctiy", "x")));
        shown.output("value", message(() -> books.filter("pages__gt", "many")));
        shown.output("table", message(() -> db.objects("books")));
        shown.output("toMany", message(() -> books.selectRelated("reviews")));
        shown.output("repeat", message(() -> books.orderBy("reviews__stars")));
        shown.output("slice", message(() -> books.limit(3).filter("pages", 1)));
        shown.output("none", message(() -> books.get("id", 99_999).block()));
    }
}
