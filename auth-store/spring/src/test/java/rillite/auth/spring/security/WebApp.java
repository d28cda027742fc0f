package rillite.auth.spring.security;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.auth.AuthStore;

/** A real server on a port: WebFlux on Netty with the beans of a test. */
final class WebApp implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;
    private final DisposableServer server;

    private WebApp(AnnotationConfigApplicationContext context) {
        this.context = context;
        server = HttpServer.create()
                .host("localhost")
                // One request for each connection: reactor-netty stops reading a kept one now and then behind a form,
                // also without any bean of ours.
                .maxKeepAliveRequests(1)
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow(Duration.ofSeconds(60));
    }

    /** With that configuration, and beans that need no class. */
    static WebApp start(AuthStore store, Class<?> configuration, Consumer<AnnotationConfigApplicationContext> beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(AuthStore.class, () -> store);
        beans.accept(context);
        context.register(Pages.class, configuration);
        context.refresh();
        return new WebApp(context);
    }

    static WebApp start(AuthStore store, Class<?> configuration) {
        return start(store, configuration, context -> {});
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String address() {
        return "http://localhost:" + server.port();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(60));
        context.close();
    }

    /** The pages that all tests have. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableWebFluxSecurity
    static class Pages {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return route().GET("/", this::hello)
                    .GET("/admin", this::hello)
                    .GET("/open", request -> ServerResponse.ok().bodyValue("open"))
                    .build();
        }

        /** Failing tests show what went wrong. */
        @Bean
        @Order(-2)
        WebExceptionHandler errors() {
            return (exchange, error) -> {
                StringWriter text = new StringWriter();
                error.printStackTrace(new PrintWriter(text));
                exchange.getResponse().setStatusCode(HttpStatus.INTERNAL_SERVER_ERROR);
                DataBuffer body = exchange.getResponse()
                        .bufferFactory()
                        .wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                return exchange.getResponse().writeWith(Mono.just(body));
            };
        }

        private Mono<ServerResponse> hello(ServerRequest request) {
            return request.principal()
                    .cast(Authentication.class)
                    .map(who -> "Hello " + who.getName() + " "
                            + who.getAuthorities().stream()
                                    .map(GrantedAuthority::getAuthority)
                                    .sorted()
                                    .toList())
                    .defaultIfEmpty("Hello nobody")
                    .flatMap(text -> ServerResponse.ok().bodyValue(text));
        }
    }
}
