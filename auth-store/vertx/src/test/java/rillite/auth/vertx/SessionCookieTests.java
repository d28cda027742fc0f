package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;
import static rillite.core.testing.Await.run;

import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthorizationHandler;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.ActiveSession;
import rillite.auth.UserId;

/** Sign-in by our own cookie, by HTTP. A web session is there too, and must not matter. */
final class SessionCookieTests extends VertxTests {

    private final Browser browser = new Browser();
    private UserId ada;
    private int port;

    @BeforeEach
    void start() {
        ada = fixture.ada();
        port = fixture.serve(this::routes);
    }

    private void routes(Router router) {
        SessionCookieHandler auth = SessionCookieHandler.create(fixture.auth).insecure();
        router.route("/shop/*").handler(SessionHandler.create(fixture.sessions()));
        router.get("/shop/open").handler(context -> {
            context.session().put("cart", "book");
            context.end(context.user() == null ? "nobody" : "somebody");
        });
        router.get("/shop/me").handler(auth).handler(SessionCookieTests::me);
        router.post("/shop/login").handler(BodyHandler.create(false)).handler(auth.formLogin("/shop/me"));
        router.post("/login").handler(BodyHandler.create(false)).handler(auth.formLogin("/me"));
        router.get("/me").handler(auth).handler(SessionCookieTests::me);
        router.get("/page").handler(auth.redirectTo("/login")).handler(SessionCookieTests::me);
        router.post("/page").handler(auth.redirectTo("/login")).handler(SessionCookieTests::me);
        router.route("/echo").handler(auth);
        router.post("/echo")
                .handler(BodyHandler.create(false))
                .handler(context -> context.end(context.body().asString()));
        router.get("/reports")
                .handler(auth)
                .handler(AuthorizationHandler.create(PermissionBasedAuthorization.create("reports:read"))
                        .addAuthorizationProvider(
                                AuthStoreVertxAuthorizationProvider.create(fixture.vertx, fixture.auth)))
                .handler(context -> context.end("numbers"));
        router.post("/logout").handler(context -> auth.signOut(context).onSuccess(done -> context.end("bye")));
        router.post("/magic")
                .handler(context -> auth.signIn(context, ada, 2)
                        .onSuccess(user -> context.end("hello"))
                        .onFailure(context::fail));
        router.post("/step-up")
                .handler(context -> auth.stepUp(context, 2)
                        .onSuccess(done -> context.end("up"))
                        .onFailure(error -> context.fail(401, error)));
        router.post("/elsewhere").handler(auth).handler(context -> {
            ActiveSession session = SessionCookieHandler.sessionOf(context);
            Futures.of(context.vertx(), fixture.auth.sessions().revokeOthers(ada, session.id()))
                    .onSuccess(ended -> context.end(ended.toString()));
        });
    }

    private static void me(RoutingContext context) {
        ActiveSession session = SessionCookieHandler.sessionOf(context);
        context.end(session == null ? "nobody" : session.user().id().value() + " " + session.level());
    }

    private int status(Browser who, String path) {
        return who.get(port, path).statusCode();
    }

    private Browser signedIn() {
        Browser other = new Browser();
        assertThat(other.login(port, "ada@example.org", PASSWORD).statusCode()).isEqualTo(302);
        return other;
    }

    @Test
    void login_setsAStrictCookie_thatOpensTheRoute() {
        assertThat(status(browser, "/me")).isEqualTo(401);

        HttpResponse<String> answer = browser.login(port, "ADA@example.org", PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/me");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("session=")
                .contains("HTTPOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000")
                .doesNotContain("Secure");
        assertThat(browser.get(port, "/me").body()).isEqualTo(ada + " 1");
    }

    @Test
    void cookie_isSecureAndOfTheHost_unlessToldOtherwise() {
        int other = fixture.serve(router -> {
            SessionCookieHandler auth =
                    SessionCookieHandler.create(fixture.auth).maxAge(Duration.ofHours(1));
            router.post("/login").handler(BodyHandler.create(false)).handler(auth.formLogin("/"));
        });

        assertThat(browser.login(other, "ada@example.org", PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .startsWith("__Host-session=")
                .contains("Secure", "HTTPOnly", "SameSite=Lax", "Path=/", "Max-Age=3600");
    }

    @Test
    void login_fromAnotherSite_isRefused() {
        assertThat(browser.loginFromAnotherSite(port, "ada@example.org", PASSWORD)
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.cookie("session")).isNull();
    }

    @Test
    void login_refusesWhatIsMissingWrongOrLocked() {
        assertThat(browser.post(port, "/login", "username=ada").statusCode()).isEqualTo(400);
        assertThat(browser.login(port, "ada@example.org", "wrong horse").statusCode())
                .isEqualTo(401);
        assertThat(browser.login(port, "nobody@example.org", PASSWORD).statusCode())
                .isEqualTo(401);
        for (int i = 0; i < 9; i++) {
            browser.login(port, "ada@example.org", "wrong horse");
        }
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(429);
        fixture.clock.move(Duration.ofMinutes(16));
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(302);
    }

    @Test
    void logout_revokesTheToken() {
        browser.login(port, "ada@example.org", PASSWORD);
        String token = browser.cookie("session");

        assertThat(browser.post(port, "/logout", "").body()).isEqualTo("bye");

        assertThat(browser.cookie("session")).isNull();
        browser.setCookie(port, "session", token);
        assertThat(status(browser, "/me")).isEqualTo(401);
    }

    @Test
    void login_revokesWhatTheCookieHeldBefore() {
        browser.login(port, "ada@example.org", PASSWORD);
        String before = browser.cookie("session");

        browser.login(port, "ada@example.org", PASSWORD);

        Browser attacker = new Browser();
        attacker.setCookie(port, "session", before);
        assertThat(status(attacker, "/me")).isEqualTo(401);
        assertThat(status(browser, "/me")).isEqualTo(200);
    }

    @Test
    void revokedFromAnotherSession_isRefusedAtOnce() {
        browser.login(port, "ada@example.org", PASSWORD);
        Browser phone = signedIn();
        assertThat(status(phone, "/me")).isEqualTo(200);

        assertThat(browser.post(port, "/elsewhere", "").body()).isEqualTo("1");

        assertThat(status(phone, "/me")).isEqualTo(401);
        assertThat(status(browser, "/me")).isEqualTo(200);
        run(fixture.auth.sessions().revokeAll(ada));
        assertThat(status(browser, "/me")).isEqualTo(401);
    }

    @Test
    void disabledUserAndOldSession_areRefused() {
        browser.login(port, "ada@example.org", PASSWORD);
        Browser phone = signedIn();
        run(fixture.auth.users().disable(ada));
        assertThat(status(phone, "/me")).isEqualTo(401);
        fixture.clock.move(Duration.ofDays(31));
        assertThat(status(browser, "/me")).isEqualTo(401);
    }

    @Test
    void pageToSignIn_isForPagesOnly() {
        assertThat(browser.get(port, "/page").headers().firstValue("Location")).hasValue("/login");
        assertThat(browser.post(port, "/page", "").statusCode()).isEqualTo(401);
    }

    @Test
    void signInByOtherMeans_hasItsLevel() {
        assertThat(browser.post(port, "/magic", "").body()).isEqualTo("hello");
        assertThat(browser.get(port, "/me").body()).isEqualTo(ada + " 2");
    }

    @Test
    void anotherFactor_raisesTheLevel_underAnotherToken() {
        assertThat(browser.post(port, "/step-up", "").statusCode()).isEqualTo(401);
        browser.login(port, "ada@example.org", PASSWORD);
        String before = browser.cookie("session");

        assertThat(browser.post(port, "/step-up", "").body()).isEqualTo("up");

        assertThat(browser.get(port, "/me").body()).isEqualTo(ada + " 2");
        browser.setCookie(port, "session", before);
        assertThat(status(browser, "/me")).isEqualTo(401);
    }

    @Test
    void body_isThereBehindTheHandler() {
        browser.login(port, "ada@example.org", PASSWORD);
        String text = "x".repeat(100_000);
        assertThat(browser.post(port, "/echo", "text/plain", text).body().equals(text))
                .isTrue();
    }

    @Test
    void permissions_areLookedUpForEachRequest() {
        browser.login(port, "ada@example.org", PASSWORD);
        assertThat(status(browser, "/reports")).isEqualTo(403);
        run(fixture.auth.roles().allow("analyst", "reports:read"));
        run(fixture.auth.roles().grant(ada, "analyst"));
        assertThat(browser.get(port, "/reports").body()).isEqualTo("numbers");
        run(fixture.auth.roles().revoke(ada, "analyst"));
        assertThat(status(browser, "/reports")).isEqualTo(403);
    }

    @Test
    void webSession_neverSaysWhoIsSignedIn() {
        assertThat(browser.get(port, "/shop/open").body()).isEqualTo("nobody");
        String before = browser.cookie("vertx-web.session");

        browser.post(port, "/shop/login", "username=ada%40example.org&password=correct+horse");

        assertThat(browser.cookie("vertx-web.session")).isNotEqualTo(before);
        assertThat(status(browser, "/shop/me")).isEqualTo(200);
        assertThat(browser.get(port, "/shop/open").body()).isEqualTo("nobody");
        run(fixture.auth.sessions().revokeAll(ada));
        assertThat(status(browser, "/shop/me")).isEqualTo(401);
        assertThat(browser.get(port, "/shop/open").body()).isEqualTo("nobody");
    }

    @Test
    void databaseThatIsGone_letsNobodyIn() {
        browser.login(port, "ada@example.org", PASSWORD);
        run(fixture.db.close());

        assertThat(status(browser, "/me")).isEqualTo(500);
        assertThat(status(browser, "/shop/me")).isEqualTo(500);
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(500);
    }

    @Test
    void hostileCookies_areRefused() {
        for (String cookie : new String[] {"x", "\"", "' OR 1=1 --", "a".repeat(4_000), "%00", "null"}) {
            browser.setCookie(port, "session", cookie);
            assertThat(status(browser, "/me")).as(cookie).isEqualTo(401);
        }
    }
}
