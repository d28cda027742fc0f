package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.ActiveSession;
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
        app = Scratch.await(AuthSetup.open(folder.resolve("app.db"), AuthSetup.options(key)));
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
        router.errorHandler(
                401, context -> context.response().setStatusCode(401).end("Sign in at /login."));
        return router;
    }

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
                .onFailure(error -> {
                    if (error instanceof EmailTakenException) {
                        context.fail(409);
                    } else if (error instanceof InvalidAuthValueException) {
                        context.fail(400);
                    } else {
                        context.fail(error);
                    }
                });
    }
    // end::signUp[]

    // tag::me[]
    private static void me(RoutingContext context) {
        ActiveSession session = SessionCookieHandler.sessionOf(context);
        String name = session == null ? "nobody" : session.user().name();
        context.response()
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("Hello " + name);
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
