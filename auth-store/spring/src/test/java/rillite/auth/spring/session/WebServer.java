package rillite.auth.spring.session;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.core.testing.Await;

/** A WebFlux application on a port, of a configuration and a repository. */
final class WebServer implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final DisposableServer server;

    WebServer(SqliteReactiveSessionRepository sessions, Class<?>... configuration) {
        this("sessions", SqliteReactiveSessionRepository.class, sessions, configuration);
    }

    WebServer(Path file, Class<?>... configuration) {
        this("file", Path.class, file, configuration);
    }

    private <T> WebServer(String name, Class<T> type, T bean, Class<?>... configuration) {
        context.registerBean(name, type, () -> bean);
        context.register(configuration);
        context.refresh();
        server = HttpServer.create()
                .host("127.0.0.1")
                // A kept connection stops reading now and then behind a form: reactor-netty#4347.
                .maxKeepAliveRequests(1)
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow(Await.PATIENCE);
    }

    Browser browser() {
        return new Browser("http://127.0.0.1:" + server.port());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        server.disposeNow(Await.PATIENCE);
        context.close();
    }

    record Answer(int status, String body, String location) {}

    /** Keeps cookies and follows no redirects. */
    static final class Browser {

        private final String base;
        private final CookieManager cookies = new CookieManager();
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        Browser(String base) {
            this.base = base;
        }

        Answer get(String path) {
            return send(HttpRequest.newBuilder(URI.create(base + path)));
        }

        Answer post(String path, Map<String, String> form) {
            String body = form.entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining("&"));
            return send(HttpRequest.newBuilder(URI.create(base + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        Answer login(String user) {
            return post("/login", Map.of("username", user, "password", "password"));
        }

        private Answer send(HttpRequest.Builder request) {
            try {
                HttpResponse<String> response = client.send(
                        request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
                return new Answer(
                        response.statusCode(),
                        response.body(),
                        response.headers().firstValue("Location").orElse(""));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The id in the cookie, empty when there is none. */
        String sessionId() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("SESSION"))
                    .map(HttpCookie::getValue)
                    .findAny()
                    .orElse("");
        }

        void sessionId(String id) {
            HttpCookie cookie = new HttpCookie("SESSION", id);
            cookie.setPath("/");
            cookie.setVersion(0);
            cookies.getCookieStore().removeAll();
            cookies.getCookieStore().add(URI.create(base), cookie);
        }
    }
}
