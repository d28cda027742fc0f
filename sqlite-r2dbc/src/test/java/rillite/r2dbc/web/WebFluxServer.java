package rillite.r2dbc.web;

import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
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

/** Two WebFlux routes on Reactor Netty. */
final class WebFluxServer {
    private @Nullable DisposableServer server;

    int start(WideRows rows) {
        RouterFunction<ServerResponse> routes = RouterFunctions.route()
                .GET("/rows", request -> ndjson(rows.lines()))
                .GET("/row/{id}", request -> ndjson(Flux.from(rows.line(id(request)))))
                .build();
        DisposableServer bound = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childOption(ChannelOption.SO_SNDBUF, StreamingContract.SEND_BUFFER)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow(Duration.ofSeconds(10));
        server = bound;
        return bound.port();
    }

    void stop() {
        if (server != null) {
            server.disposeNow(Duration.ofSeconds(10));
        }
    }

    private static int id(ServerRequest request) {
        return Integer.parseInt(request.pathVariable("id"));
    }

    private static Mono<ServerResponse> ndjson(Flux<String> lines) {
        Flux<DataBuffer> body =
                lines.map(line -> DefaultDataBufferFactory.sharedInstance.wrap(line.getBytes(StandardCharsets.UTF_8)));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_NDJSON).body(body, DataBuffer.class);
    }
}
