package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.vertx.Fixture.PASSWORD;

import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthorizationHandler;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FormLoginHandler;
import io.vertx.ext.web.handler.RedirectAuthHandler;
import io.vertx.ext.web.handler.SessionHandler;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.UserId;
import rillite.core.testing.Await;

/** The handlers of Vert.x Web itself, over our provider and session store, by HTTP. */
final class WebSessionTests extends VertxTests {

    private static final String COOKIE = "vertx-web.session";

    private final Browser browser = new Browser();
    private SqliteSessionStore sessions;
    private UserId ada;
    private int port;

    @BeforeEach
    void start() {
        ada = fixture.ada();
        sessions = fixture.sessions();
        port = fixture.serve(this::routes);
    }

    private void routes(Router router) {
        var passwords = AuthStoreVertxAuthenticationProvider.create(fixture.vertx, fixture.auth);
        var roles = AuthStoreVertxAuthorizationProvider.create(fixture.vertx, fixture.auth);
        router.route().handler(SessionHandler.create(sessions));
        router.route().handler(BodyHandler.create(false));
        router.get("/login").handler(context -> context.end("sign in"));
        router.post("/login").handler(FormLoginHandler.create(passwords).setDirectLoggedInOKURL("/me"));
        router.get("/count").handler(WebSessionTests::count);
        router.route("/me").handler(RedirectAuthHandler.create(passwords, "/login"));
        router.get("/me").handler(context -> context.end(context.user().<String>get("sub")));
        router.route("/admin").handler(RedirectAuthHandler.create(passwords, "/login"));
        router.route("/admin")
                .handler(AuthorizationHandler.create(RoleBasedAuthorization.create("admin"))
                        .addAuthorizationProvider(roles));
        router.get("/admin").handler(context -> context.end("secrets"));
        router.post("/logout").handler(context -> context.userContext().logout("/login"));
    }

    private static void count(RoutingContext context) {
        Integer seen = context.session().get("seen");
        int next = seen == null ? 1 : seen + 1;
        context.session().put("seen", next);
        context.end(String.valueOf(next));
    }

    private String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void formLogin_opensTheProtectedRoute_logoutClosesIt() {
        assertThat(location(browser.get(port, "/me"))).isEqualTo("/login");
        assertThat(location(browser.login(port, "Ada@Example.org", PASSWORD))).isEqualTo("/me");
        assertThat(browser.get(port, "/me").body()).isEqualTo(ada.value());
        String cookie = browser.cookie(COOKIE);

        assertThat(location(browser.post(port, "/logout", ""))).isEqualTo("/login");

        browser.setCookie(port, COOKIE, cookie);
        assertThat(location(browser.get(port, "/me"))).isEqualTo("/login");
    }

    @Test
    void wrongPassword_unknownUser_andLockedLogin_areRefusedAlike() {
        for (int i = 0; i < 12; i++) {
            assertThat(browser.login(port, "ada@example.org", "wrong horse").statusCode())
                    .isEqualTo(401);
            assertThat(browser.login(port, "bob@example.org", "wrong horse").statusCode())
                    .isEqualTo(401);
        }
        assertThat(browser.login(port, "ada@example.org", PASSWORD).statusCode())
                .isEqualTo(401);
        assertThat(location(browser.get(port, "/me"))).isEqualTo("/login");
    }

    @Test
    void login_changesTheId_keepsTheData_andKillsTheOldId() {
        assertThat(browser.get(port, "/count").body()).isEqualTo("1");
        String planted = browser.cookie(COOKIE);
        assertThat(planted).hasSize(64);

        browser.login(port, "ada@example.org", PASSWORD);

        assertThat(browser.cookie(COOKIE)).isNotEqualTo(planted).hasSize(64);
        assertThat(browser.get(port, "/count").body()).isEqualTo("2");
        Browser attacker = new Browser();
        attacker.setCookie(port, COOKIE, planted);
        assertThat(location(attacker.get(port, "/me"))).isEqualTo("/login");
        assertThat(attacker.get(port, "/count").body()).isEqualTo("1");
    }

    @Test
    void cookieThatNobodyGave_isNotTakenOver() {
        String invented = "ab".repeat(32);
        browser.setCookie(port, COOKIE, invented);

        browser.login(port, "ada@example.org", PASSWORD);

        assertThat(browser.cookie(COOKIE)).isNotEqualTo(invented);
    }

    @Test
    void roles_openRoutes() {
        browser.login(port, "ada@example.org", PASSWORD);
        assertThat(browser.get(port, "/admin").statusCode()).isEqualTo(403);

        Await.run(fixture.auth.roles().grant(ada, "admin"));

        Browser again = new Browser();
        again.login(port, "ada@example.org", PASSWORD);
        assertThat(again.get(port, "/admin").body()).isEqualTo("secrets");
    }

    @Test
    void sessions_outliveTheServer() {
        browser.login(port, "ada@example.org", PASSWORD);
        assertThat(browser.get(port, "/count").body()).isEqualTo("1");

        String id = browser.cookie(COOKIE);
        fixture.onLoop(() -> sessions.get(id)); // waits for what is written behind the answer
        sessions.close();
        fixture.close();
        open();
        sessions = fixture.sessions();
        int restarted = fixture.serve(this::routes);

        assertThat(browser.get(restarted, "/me").body()).isEqualTo(ada.value());
        assertThat(browser.get(restarted, "/count").body()).isEqualTo("2");
    }
}
