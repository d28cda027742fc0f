package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.run;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FormLoginHandler;
import io.vertx.ext.web.handler.RedirectAuthHandler;
import io.vertx.ext.web.handler.SessionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers, each with its own Vert.x and database, on one file: what clustered stores do. */
final class TwoServersTests extends VertxTests {

    private static final String COOKIE = "vertx-web.session";
    private static final JsonObject OPTIONS = new JsonObject().put("retryTimeout", 30_000);

    private final Browser browser = new Browser();
    private Fixture second;
    private SqliteSessionStore here;
    private SqliteSessionStore there;

    @BeforeEach
    void start() {
        second = Fixture.in(directory);
        here = fixture.sessions(OPTIONS);
        there = second.sessions(OPTIONS);
    }

    @AfterEach
    void stop() {
        second.close();
    }

    private static void routes(Router router, Fixture server, SqliteSessionStore store) {
        var passwords = AuthStoreVertxAuthenticationProvider.create(server.vertx, server.auth);
        router.route().handler(SessionHandler.create(store));
        router.route().handler(BodyHandler.create(false));
        router.get("/login").handler(context -> context.end("sign in"));
        router.post("/login").handler(FormLoginHandler.create(passwords).setDirectLoggedInOKURL("/me"));
        router.route("/me").handler(RedirectAuthHandler.create(passwords, "/login"));
        router.get("/me").handler(context -> {
            Integer seen = context.session().get("seen");
            context.session().put("seen", seen == null ? 1 : seen + 1);
            context.end(context.user().principal().getString("username") + " " + seen);
        });
        router.post("/logout").handler(context -> context.userContext().logout("/login"));
    }

    /** Waits for what a server writes behind its answer. */
    private void settle(Fixture server, SqliteSessionStore store) {
        String id = browser.cookie(COOKIE);
        server.onLoop(() -> store.get(id == null ? "" : id));
    }

    @Test
    void whatOneWrites_theOtherReads() {
        fixture.ada();
        int first = fixture.serve(router -> routes(router, fixture, here));
        int other = second.serve(router -> routes(router, second, there));
        assertThat(browser.login(first, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(302);

        assertThat(browser.get(other, "/me").body()).isEqualTo("ada@example.org null");
        settle(second, there);
        assertThat(browser.get(first, "/me").body()).isEqualTo("ada@example.org 1");
        settle(fixture, here);
        String cookie = browser.cookie(COOKIE);
        assertThat(browser.post(other, "/logout", "").statusCode()).isEqualTo(302);
        second.onLoop(() -> there.get(cookie));

        browser.setCookie(first, COOKIE, cookie);
        assertThat(fixture.onLoop(() -> here.get(cookie))).isNull();
    }

    @Test
    void changesAtOnce_haveOneWinner_andEndedSessionsStayEnded() {
        Session session = here.createSession(60_000).put("a", 1);
        fixture.onLoop(() -> here.put(session));
        Session one = fixture.onLoop(() -> here.get(session.id())).put("a", 2);
        Session two = second.onLoop(() -> there.get(session.id())).put("a", 3);
        second.onLoop(() -> there.put(two));

        assertThat(failure(here.put(one))).isInstanceOf(SessionVersionException.class);
        assertThat((Integer) fixture.onLoop(() -> here.get(session.id())).get("a"))
                .isEqualTo(3);

        second.onLoop(() -> there.delete(session.id()));
        assertThat(failure(here.put(one))).isInstanceOf(SessionVersionException.class);
        assertThat(fixture.onLoop(here::size)).isZero();
        assertThat(second.onLoop(there::size)).isZero();
    }

    @Test
    void signOutEverywhere_isSeenByBoth() {
        var ada = fixture.ada();
        int first = fixture.serve(router -> cookies(router, fixture));
        int other = second.serve(router -> cookies(router, second));
        browser.login(first, "ada@example.org", PASSWORD);
        assertThat(browser.get(other, "/me").statusCode()).isEqualTo(200);

        run(second.auth.sessions().revokeAll(ada));

        assertThat(browser.get(first, "/me").statusCode()).isEqualTo(401);
        assertThat(browser.get(other, "/me").statusCode()).isEqualTo(401);
    }

    private static void cookies(Router router, Fixture server) {
        SessionCookieHandler auth = SessionCookieHandler.create(server.auth).insecure();
        router.post("/login").handler(BodyHandler.create(false)).handler(auth.formLogin("/me"));
        router.get("/me").handler(auth).handler(context -> context.end("hello"));
    }
}
