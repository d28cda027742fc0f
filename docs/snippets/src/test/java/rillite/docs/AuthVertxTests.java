package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.ActiveSession;
import rillite.auth.AuthOverloadedException;
import rillite.auth.AuthStore;
import rillite.auth.EmailTakenException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.vertx.SessionCookieHandler;
import rillite.core.vertx.VertxBridge;

/** guides/auth.md, Vert.x */
final class AuthVertxTests {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private AuthSetup.App app;
    private int port;

    @BeforeEach
    void open() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        app = Scratch.await(
                AuthSetup.open(folder.resolve("app.db"), AuthSetup.options(key).hashingThreads(1, 1)));
        AuthSetup.maintain(app.auth());
        port = wait(serve(vertx, app.auth())).actualPort();
    }

    @AfterEach
    void close() {
        wait(vertx.close().map(true));
        Scratch.await(app.database().close().thenReturn(true));
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    // tag::routes[]
    static Router routes(Vertx vertx, AuthStore auth) {
        // Without TLS, on your own machine only. In production leave insecure() out.
        SessionCookieHandler sessions = SessionCookieHandler.create(auth).insecure();
        Router router = Router.router(vertx);
        router.post().handler(BodyHandler.create(false));

        router.get("/sign-up").handler(context -> form(context, "email", "name", "password"));
        router.post("/sign-up").handler(context -> signUp(auth, context));
        router.get("/login").handler(context -> form(context, "username", "password"));
        router.post("/login").handler(sessions.formLogin("/me"));
        router.post("/logout")
                .handler(context -> sessions.signOut(context)
                        .onSuccess(done -> context.redirect("/login"))
                        .onFailure(context::fail));

        router.get("/me").handler(sessions.redirectTo("/login")).handler(AuthVertxTests::me);
        router.post("/sign-out-everywhere").handler(sessions).handler(context -> signOutEverywhere(auth, context));
        REFUSALS.forEach((status, text) -> router.errorHandler(
                status, context -> context.response().setStatusCode(status).end(text)));
        return router;
    }

    /** What is no error of the program. Without a handler Vert.x Web logs it as one. */
    private static final Map<Integer, String> REFUSALS = Map.of(
            400, "Something is missing, is no address, or is too short a password.",
            401, "Sign in at /login.",
            403, "Not from here.",
            409, "There is an account of this address.",
            413, "Too much.",
            429, "Too many tries. Come back in a while.",
            503, "Busy. Try again.");

    private static void form(RoutingContext context, String... fields) {
        StringBuilder form = new StringBuilder("<form method=\"post\">");
        for (String field : fields) {
            String type = field.equals("password") ? "password" : "text";
            form.append("<input name=\"" + field + "\" type=\"" + type + "\" placeholder=\"" + field + "\">");
        }
        context.response().putHeader("Content-Type", "text/html").end(form + "<button>Go</button></form>");
    }
    // end::routes[]

    // tag::signUp[]
    private static void signUp(AuthStore auth, RoutingContext context) {
        String email = context.request().getFormAttribute("email");
        String name = context.request().getFormAttribute("name");
        String password = context.request().getFormAttribute("password");
        if (email == null || name == null || password == null) {
            context.fail(400);
            return;
        }
        VertxBridge.future(AuthSetup.signUp(auth, email, name, password))
                .onSuccess(user -> context.redirect("/login"))
                .onFailure(error -> context.fail(status(error), error));
    }

    private static int status(Throwable error) {
        if (error instanceof EmailTakenException) {
            return 409;
        }
        if (error instanceof InvalidAuthValueException) {
            return 400;
        }
        return error instanceof AuthOverloadedException ? 503 : 500;
    }
    // end::signUp[]

    // tag::me[]
    private static void me(RoutingContext context) {
        ActiveSession session = SessionCookieHandler.sessionOf(context);
        String name = session == null ? null : session.user().name();
        context.response()
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("Hello " + (name == null ? "nobody" : name));
    }

    private static void signOutEverywhere(AuthStore auth, RoutingContext context) {
        ActiveSession session = SessionCookieHandler.sessionOf(context);
        if (session == null) {
            context.fail(401);
            return;
        }
        VertxBridge.future(auth.sessions().revokeAll(session.user().id()))
                .onSuccess(ended -> context.redirect("/login"))
                .onFailure(context::fail);
    }
    // end::me[]

    // tag::serve[]
    static Future<HttpServer> serve(Vertx vertx, AuthStore auth) {
        return vertx.createHttpServer().requestHandler(routes(vertx, auth)).listen(0, "127.0.0.1");
    }
    // end::serve[]

    private Visitor visitor() {
        return new Visitor(port);
    }

    private Visitor ada() {
        Visitor ada = visitor();
        Visitor.leadsTo("/me", ada.submit("/login", "/login", "username", "Ada@Example.org", "password", PASSWORD));
        return ada;
    }

    private HttpResponse<String> signUp(Visitor who, String name, String email, String password) {
        return who.submit("/sign-up", "/sign-up", "email", email, "name", name, "password", password);
    }

    @Test
    void signUpSignInProfileSignOut_work() {
        Visitor ada = visitor();
        Visitor.leadsTo("/login", ada.get("/me"));

        Visitor.leadsTo("/login", signUp(ada, "Ada", "ada@example.org", PASSWORD));
        assertThat(ada.submit("/login", "/login", "username", "ada@example.org", "password", "wrong horse")
                        .statusCode())
                .isEqualTo(401);
        Visitor.leadsTo("/me", ada.submit("/login", "/login", "username", "Ada@Example.org", "password", PASSWORD));

        assertThat(ada.get("/me").body()).isEqualTo("Hello Ada");
        String token = ada.cookie("session");
        assertThat(token).hasSize(43);
        AuthSetup.assertStoredAsHashes(app, token, PASSWORD);

        Visitor.leadsTo("/login", ada.submit("/me", "/logout"));
        Visitor.leadsTo("/login", ada.get("/me"));
    }

    @Test
    void signUp_takenAddressOrShortPassword_isRefused() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);

        assertThat(signUp(visitor(), "Eve", "ADA@example.org", PASSWORD).statusCode())
                .isEqualTo(409);
        assertThat(signUp(visitor(), "Eve", "eve@example.org", "short").statusCode())
                .isEqualTo(400);
        assertThat(visitor()
                        .submit("/sign-up", "/sign-up", "email", "eve@example.org")
                        .statusCode())
                .isEqualTo(400);
        assertThat(app.auth().users().findByEmail("eve@example.org").blockOptional())
                .isEmpty();
    }

    @Test
    void refusals_haveTheirTexts_andAreNoErrorsInTheLog() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger web = Logger.getLogger("io.vertx.ext.web");
        Handler log = listening(logged);
        web.addHandler(log);
        try {
            assertThat(visitor().submit("/login", "/login").statusCode()).isEqualTo(400);
            assertThat(signUp(visitor(), "Eve", "ada@example.org", PASSWORD).body())
                    .isEqualTo("There is an account of this address.");
            assertThat(visitor().submit("/login", "/me").statusCode()).isEqualTo(405);
            await().atMost(Duration.ofSeconds(60)).until(() -> manyAtOnce().contains("Busy. Try again."));
            Stream.generate(() -> visitor()
                            .submit("/login", "/login", "username", "ada@example.org", "password", "wrong horse")
                            .body())
                    .limit(11)
                    .forEach(text ->
                            assertThat(text).isIn("Sign in at /login.", "Too many tries. Come back in a while."));
            HttpResponse<String> locked =
                    visitor().submit("/login", "/login", "username", "ada@example.org", "password", PASSWORD);
            assertThat(locked.statusCode()).isEqualTo(429);
            assertThat(locked.body()).isEqualTo("Too many tries. Come back in a while.");
        } finally {
            web.removeHandler(log);
        }
        assertThat(logged).isEmpty();
    }

    private List<String> manyAtOnce() {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            return Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> visitor()
                                    .submit("/login", "/login", "username", "ada@example.org", "password", PASSWORD)
                                    .body(),
                            threads))
                    .limit(12)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    private static Handler listening(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                    logged.add(line.getMessage() + " " + line.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void signOutEverywhere_endsAllSessions() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);
        Visitor laptop = ada();
        Visitor phone = ada();
        assertThat(phone.get("/me").statusCode()).isEqualTo(200);

        Visitor.leadsTo("/login", laptop.submit("/me", "/sign-out-everywhere"));

        Visitor.leadsTo("/login", phone.get("/me"));
        HttpResponse<String> nobody = visitor().submit("/login", "/sign-out-everywhere");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo("Sign in at /login.");
    }
}
