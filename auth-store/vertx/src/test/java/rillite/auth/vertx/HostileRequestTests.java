package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.NewUser;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;
import rillite.core.testing.Await;

/** Requests that no browser sends, and what they leave in the log. */
final class HostileRequestTests extends VertxTests {

    private final Browser browser = new Browser();
    private UserId ada;
    private UserId bob;
    private int port;
    private LogLines log;

    @BeforeEach
    void start() {
        ada = fixture.ada();
        bob = get(fixture.auth.users().create(NewUser.of("bob@example.org"))).id();
        port = fixture.serve(this::routes);
        log = LogLines.listen();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private void routes(Router router) {
        SessionCookieHandler auth = SessionCookieHandler.create(fixture.auth).insecure();
        router.post("/login").handler(BodyHandler.create(false)).handler(auth.formLogin("/me"));
        router.post("/no-body").handler(auth.formLogin("/me"));
        router.post("/late")
                .handler(BodyHandler.create(false))
                .handler(HostileRequestTests::early)
                .handler(auth.formLogin("/me"));
        router.get("/late").handler(HostileRequestTests::early);
        router.get("/late").handler(auth).handler(RoutingContext::end);
        router.get("/late-page").handler(HostileRequestTests::early);
        router.get("/late-page").handler(auth.redirectTo("/login")).handler(RoutingContext::end);
        router.route("/me").handler(auth).handler(context -> context.end("hello"));
        router.get("/socket")
                .handler(auth)
                .handler(context -> context.request()
                        .toWebSocket()
                        .onSuccess(
                                socket -> socket.writeTextMessage(context.user().get("sub"))));
        router.post("/switch")
                .handler(auth)
                .handler(context -> auth.signIn(context, bob, 2)
                        .compose(user -> auth.stepUp(context, 3).map(user))
                        .onSuccess(user -> context.end(user.get("sub") + " " + SessionCookieHandler.sessionOf(context)))
                        .onFailure(context::fail));
        router.route("/web").handler(SessionHandler.create(fixture.sessions()));
        router.route("/web").handler(context -> {
            context.session().put("n", Math.random());
            context.end();
        });
    }

    /** As a handler does that answers when a time is over. */
    private static void early(RoutingContext context) {
        context.response().setStatusCode(503).end("early");
        context.next();
    }

    private String answer(String cookies) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(Math.toIntExact(Await.PATIENCE.toMillis()));
            String request =
                    "GET /me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " + cookies + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] all = socket.getInputStream().readAllBytes();
            return new String(all, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("nothing");
        } catch (IOException e) {
            throw new AssertionError(cookies, e);
        }
    }

    private String token() {
        return get(fixture.auth.sessions().create(ada, SessionRequest.none()))
                .token()
                .expose();
    }

    @Test
    void junkCookies_areNobodys() {
        for (String cookies : new String[] {
            "session",
            "session=",
            "=x",
            ";;;",
            "session=\u0001",
            "session=\u00e9",
            "session=%",
            "session=a b",
            "session=\"unclosed",
            "$Version=1; session=x",
            "session=" + "a".repeat(7_000),
            "a=b;".repeat(1_500)
        }) {
            assertThat(answer(cookies)).as(cookies).isIn("HTTP/1.1 401 Unauthorized", "HTTP/1.1 400 Bad Request");
        }
        assertThat(log.stacks()).isEmpty();
    }

    @Test
    void ofSeveralCookiesOfTheName_theFirstCounts() {
        String token = token();
        assertThat(answer("session=" + token + "; session=x")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer("session=x; session=" + token)).isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(answer("Session=" + token + "; __Host-session=" + token)).isEqualTo("HTTP/1.1 401 Unauthorized");
    }

    @Test
    void bodyOfARefusedRequest_doesNotStopTheConnection() {
        for (int i = 0; i < 3; i++) {
            assertThat(browser.post(port, "/me", "text/plain", "x".repeat(1_000_000))
                            .statusCode())
                    .isEqualTo(401);
        }
        browser.setCookie(port, "session", token());
        assertThat(browser.get(port, "/me").body()).isEqualTo("hello");
    }

    @Test
    void webSocket_opensBehindTheHandler() {
        CompletableFuture<String> message = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                message.complete(text.toString());
                return CompletableFuture.completedStage(null);
            }
        };
        URI uri = URI.create("ws://127.0.0.1:" + port + "/socket");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "session=" + token())
                .buildAsync(uri, listener)
                .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(message.orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join())
                .isEqualTo(ada.value());
        socket.abort();
    }

    @Test
    void refusals_writeNoStack() {
        browser.post(port, "/login", "username=ada");
        browser.loginFromAnotherSite(port, "ada@example.org", PASSWORD);
        for (int i = 0; i < 12; i++) {
            browser.login(port, "ada@example.org", "wrong horse");
        }
        browser.get(port, "/me");

        assertThat(log.texts()).isNotEmpty();
        assertThat(log.stacks()).isEmpty();
    }

    @Test
    void formWithoutBodyHandler_isRefused() {
        assertThat(browser.post(port, "/no-body", "username=ada&password=x").statusCode())
                .isEqualTo(400);
        assertThat(log.stacks()).isEmpty();
    }

    @Test
    void changesOfAWebSessionAtOnce_writeNoStack() throws Exception {
        browser.get(port, "/web");
        String cookie = browser.cookie("vertx-web.session");
        Await.race(16, i -> {
            Browser tab = new Browser();
            tab.setCookie(port, "vertx-web.session", cookie);
            return tab.get(port, "/web").statusCode();
        });
        assertThat(log.stacks()).isEmpty();
    }

    @Test
    void requestThatWasAnsweredMeanwhile_isLeftAlone() {
        browser.post(port, "/late", "username=ada%40example.org&password=correct+horse");
        browser.post(port, "/late", "username=ada%40example.org&password=wrong+horse");
        browser.get(port, "/late");
        browser.get(port, "/late-page");
        browser.login(port, "ada@example.org", PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(browser.get(port, "/me").body()).isEqualTo("hello");
        }
        assertThat(log.texts()).isEmpty();
        assertThat(fixture.count("SELECT count(*) FROM auth_session")).isOne();
    }

    @Test
    void clientThatLeavesDuringItsSignIn_writesNoStack() {
        HeldWriter held = new HeldWriter(fixture.db);
        for (int i = 0; i < 10; i++) {
            leave("username=ada%40example.org&password=correct+horse");
            leave("username=ada%40example.org&password=wrong");
        }
        held.release();
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isIn(302, 429);
        browser.get(port, "/me");

        assertThat(log.stacks()).isEmpty();
    }

    private void leave(String form) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String request = "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + form.length()
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(form, e);
        }
    }

    @Test
    void signInAsAnother_leavesNothingOfTheFirst() {
        browser.setCookie(port, "session", token());
        assertThat(browser.post(port, "/switch", "").body()).isEqualTo(bob + " null");
        assertThat(fixture.count("SELECT aal FROM auth_session")).isEqualTo(3);
    }

    @Test
    void userWhoGoesDuringTheirSignIn_isRefused() {
        run(fixture.db
                .sql("CREATE TRIGGER gone AFTER INSERT ON auth_session BEGIN"
                        + " DELETE FROM auth_user WHERE id = NEW.user_id; END")
                .execute());
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(401);
        assertThat(browser.cookie("session")).isNull();
    }
}
