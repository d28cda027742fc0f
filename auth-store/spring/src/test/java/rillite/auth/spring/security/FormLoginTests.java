package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import rillite.auth.AuthStore;
import rillite.auth.SessionInfo;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;
import rillite.core.testing.MovingClock;

/** Sign-in, sign-out and what ends a session, through a real server. */
final class FormLoginTests extends StoreTests {

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        ReactiveAuthenticationManager authenticationManager(AuthStore store) {
            return new AuthStoreReactiveAuthenticationManager(store);
        }

        @Bean
        ServerSecurityContextRepository contexts(AuthStore store, MovingClock clock) {
            return new AuthStoreServerSecurityContextRepository(store, SessionCookie.withoutTls()).clock(clock);
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, ServerSecurityContextRepository contexts) {
            return http.securityContextRepository(contexts)
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/open")
                            .permitAll()
                            .pathMatchers("/admin")
                            .hasRole("admin")
                            .anyExchange()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    private WebApp app;
    private UserId ada;

    @BeforeEach
    void start() {
        app = WebApp.start(auth, Security.class, context -> context.registerBean(MovingClock.class, () -> clock));
        ada = user("ada@example.org");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private Browser browser() {
        return new Browser(app.address());
    }

    private Browser signedIn() {
        Browser browser = browser();
        assertThat(Browser.target(browser.login("ada@example.org", PASSWORD))).isEqualTo("/");
        return browser;
    }

    @Test
    void page_withoutSession_leadsToTheLogin() {
        assertThat(Browser.target(browser().get("/"))).isEqualTo("/login");
        assertThat(browser().get("/open").body()).isEqualTo("open");
    }

    @Test
    void login_inOtherCase_opensThePages() {
        run(auth.roles().grant(ada, "editor"));
        run(auth.roles().allow("editor", "article:write"));
        run(auth.roles().allow("editor", "ROLE_admin"));
        Browser browser = browser();
        HttpResponse<String> answer = browser.login("ADA@Example.org", PASSWORD);

        assertThat(Browser.target(answer)).isEqualTo("/");
        assertThat(Browser.setCookie(answer, "auth").orElseThrow())
                .contains("HTTPOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Max-Age");
        assertThat(browser.get("/").body()).isEqualTo("Hello " + ada + " [ROLE_editor, article:write]");
        assertThat(browser.get("/admin").statusCode()).isEqualTo(403);
        SessionInfo session = get(auth.sessions().list(ada).single());
        assertThat(session.ip()).isEqualTo("127.0.0.1");
        assertThat(session.userAgent()).startsWith("Java-http-client");
    }

    @Test
    void role_grantedWhileSignedIn_countsAtTheNextRequest() {
        Browser browser = signedIn();
        assertThat(browser.get("/admin").statusCode()).isEqualTo(403);

        run(auth.roles().grant(ada, "admin"));
        assertThat(browser.get("/admin").statusCode()).isEqualTo(200);
    }

    @Test
    void login_withWrongPassword_leadsBack() {
        assertThat(Browser.target(browser().login("ada@example.org", "wrong horse")))
                .isEqualTo("/login?error");
        assertThat(Browser.target(browser().login("nobody@example.org", "wrong horse")))
                .isEqualTo("/login?error");
        assertThat(Browser.target(browser().login("", ""))).isEqualTo("/login?error");
        assertThat(Browser.target(browser().login("a\u0000@x", "x".repeat(2_000))))
                .isEqualTo("/login?error");
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();
    }

    @Test
    void login_withoutTheHiddenToken_isForbidden() {
        assertThat(browser()
                        .post("/login", Map.of("username", "ada@example.org", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void failures_lockTheLogin_forAWhile() {
        for (int i = 0; i < 3; i++) {
            browser().login("ada@example.org", "wrong horse");
        }
        assertThat(Browser.target(browser().login("ada@example.org", PASSWORD))).isEqualTo("/login?error");

        clock.move(Duration.ofMinutes(16));
        assertThat(Browser.target(browser().login("ada@example.org", PASSWORD))).isEqualTo("/");
    }

    @Test
    void logout_endsTheSession_andOnlyThatOne() {
        Browser phone = signedIn();
        Browser laptop = signedIn();
        String token = laptop.cookie("auth").orElseThrow();

        HttpResponse<String> answer = laptop.logout();
        assertThat(Browser.setCookie(answer, "auth").orElseThrow()).contains("Max-Age=0");
        assertThat(Browser.target(laptop.get("/"))).isEqualTo("/login");
        assertThat(phone.get("/").statusCode()).isEqualTo(200);

        Browser thief = browser();
        thief.plant("auth", token);
        assertThat(Browser.target(thief.get("/"))).isEqualTo("/login");
    }

    @Test
    void remember_ifAsked_staysUntilTheAbsoluteEnd() {
        Browser browser = browser();
        HttpResponse<String> answer = browser.login("ada@example.org", PASSWORD, "remember-me", "on");

        assertThat(Browser.setCookie(answer, "auth").orElseThrow())
                .contains("Max-Age=" + Duration.ofDays(30).toSeconds());
        clock.move(Duration.ofDays(6));
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        clock.move(Duration.ofDays(25));
        assertThat(Browser.target(browser.get("/"))).isEqualTo("/login");
    }

    @Test
    void login_withPlantedTokenOfAnotherSession_endsThatOneAndGetsItsOwn() {
        UserId eve = user("eve@example.org");
        String planted =
                get(auth.sessions().create(eve, SessionRequest.none())).token().expose();
        Browser browser = browser();
        browser.plant("auth", planted);
        assertThat(browser.get("/").body()).startsWith("Hello " + eve);
        browser.login("ada@example.org", PASSWORD);

        assertThat(browser.cookie("auth")).isPresent().get().isNotEqualTo(planted);
        assertThat(browser.get("/").body()).startsWith("Hello " + ada);
        assertThat(find(auth.sessions().authenticate(planted))).isNull();
    }

    @Test
    void login_again_endsTheSessionBefore() {
        Browser browser = signedIn();
        String before = browser.cookie("auth").orElseThrow();
        browser.login("ada@example.org", PASSWORD);

        assertThat(browser.cookie("auth")).isPresent().get().isNotEqualTo(before);
        assertThat(find(auth.sessions().authenticate(before))).isNull();
        assertThat(count("SELECT count(*) FROM auth_session")).isOne();
    }

    @Test
    void token_thatIsNone_isNobody() {
        for (String odd : new String[] {"x", "'; DROP TABLE auth_session; --", "a".repeat(5_000), "A".repeat(43)}) {
            Browser browser = browser();
            browser.plant("auth", odd);
            assertThat(Browser.target(browser.get("/"))).isEqualTo("/login");
        }
    }

    @Test
    void session_revokedFromAnotherOne_isDeadAtTheNextRequest() {
        Browser phone = signedIn();
        Browser laptop = signedIn();
        SessionInfo other = get(auth.sessions().list(ada).last());

        run(auth.sessions().revokeOthers(ada, other.id()));
        long alive = Stream.of(phone, laptop)
                .filter(browser -> browser.get("/").statusCode() == 200)
                .count();
        assertThat(alive).isOne();
    }

    @Test
    void user_disabled_isSignedOutAtOnce_andKeptOut() {
        Browser browser = signedIn();
        run(auth.users().disable(ada));

        assertThat(Browser.target(browser.get("/"))).isEqualTo("/login");
        assertThat(Browser.target(browser.login("ada@example.org", PASSWORD))).isEqualTo("/login?error");
    }

    @Test
    void password_changed_signsAllOut() {
        Browser browser = signedIn();
        run(auth.passwords().set(ada, "another horse"));

        assertThat(Browser.target(browser.get("/"))).isEqualTo("/login");
        assertThat(Browser.target(browser.login("ada@example.org", "another horse")))
                .isEqualTo("/");
    }
}
