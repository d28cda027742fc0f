package rillite.examples.quickstart;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.querysets.Database;
import rillite.querysets.schema.Table;

/** WebFlux over a database: the list of tables, and each table as NDJSON. Listens on this machine only. */
final class Server {

    private final Database database;

    private Server(Database database) {
        this.database = database;
    }

    /** Listens on a free port. */
    static DisposableServer start(Database database) {
        Server server = new Server(database);
        RouterFunction<ServerResponse> routes =
                route().GET("/", server::tables).GET("/{table}", server::rows).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
    }

    static String url(DisposableServer server, String table) {
        return "http://127.0.0.1:" + server.port() + "/"
                + URLEncoder.encode(table, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Mono<ServerResponse> tables(ServerRequest request) {
        Flux<String> lines = Flux.fromIterable(database.schema().tables())
                .filter(Server::isShown)
                .map(table -> table.name() + "\n");
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(lines, String.class);
    }

    private Mono<ServerResponse> rows(ServerRequest request) {
        String name = request.pathVariable("table");
        if (database.schema().find(name).filter(Server::isShown).isEmpty()) {
            return ServerResponse.status(404)
                    .contentType(MediaType.TEXT_PLAIN)
                    .bodyValue("There is no such table; GET / lists them.\n");
        }
        Flux<String> lines = database.objects(name).flux().map(row -> Rows.json(row.asMap()) + "\n");
        return ServerResponse.ok().contentType(MediaType.APPLICATION_NDJSON).body(lines, String.class);
    }

    private static boolean isShown(Table table) {
        return table.problem() == null && table.kind() != Table.Kind.SHADOW;
    }
}
