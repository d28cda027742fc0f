package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.session.ReactiveSessionInformation;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import rillite.auth.spring.session.WebServer.Answer;
import rillite.auth.spring.session.WebServer.Browser;
import rillite.r2dbc.testing.LeakFree;

/** Sign-in by Spring Security over HTTP, with sessions in the file. */
@ExtendWith(LeakFree.class)
final class SignInTests {

    @TempDir
    Path directory = Path.of("");

    private SessionStore store;
    private WebServer server;

    @BeforeEach
    void start() {
        store = SessionStore.in(directory, options -> options.clock(Clock.systemUTC()));
        server = new WebServer(store.sessions, SecuredSite.class);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private Browser signedIn(String user) {
        Browser browser = server.browser();
        Answer answer = browser.login(user);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("/");
        assertThat(browser.get("/me").body()).isEqualTo(user);
        return browser;
    }

    private static void assertSignedOut(Browser browser) {
        Answer answer = browser.get("/me");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith("/login");
    }

    @Test
    void page_withoutSignIn_leadsToTheForm() {
        assertSignedOut(server.browser());
    }

    @Test
    void signIn_changesTheId_keepsAttributes_andEndsTheOldId() {
        Browser ada = server.browser();
        ada.get("/open/put/cart");
        String planted = ada.sessionId();
        assertThat(ada.login("ada").status()).isEqualTo(302);

        assertThat(ada.sessionId()).isNotEmpty().isNotEqualTo(planted);
        assertThat(ada.get("/me").body()).isEqualTo("ada");
        assertThat(ada.get("/open/get").body()).isEqualTo("cart");
        assertThat(find(store.sessions.findById(planted))).isNull();
        Browser attacker = server.browser();
        attacker.sessionId(planted);
        assertSignedOut(attacker);
        assertThat(attacker.get("/open/get").body()).isEqualTo("null");
    }

    @Test
    void signIn_withWrongPassword_doesNotSignIn() {
        Browser ada = server.browser();
        Answer answer = ada.post("/login", Map.of("username", "ada", "password", "wrong"));
        assertThat(answer.location()).isEqualTo("/login?error");
        assertSignedOut(ada);
    }

    @Test
    void logout_endsTheSignIn_underOldAndNewId() {
        Browser ada = signedIn("ada");
        String id = ada.sessionId();
        assertThat(ada.post("/logout", Map.of()).location()).isEqualTo("/login?logout");
        assertSignedOut(ada);
        Browser thief = server.browser();
        thief.sessionId(id);
        assertSignedOut(thief);
        assertThat(get(store.sessions.findByPrincipalName("ada"))).isEmpty();
    }

    @Test
    void findByPrincipal_findsWhoSignedIn() {
        Browser laptop = signedIn("ada");
        Browser phone = signedIn("ada");
        signedIn("bob");
        assertThat(get(store.sessions.findByPrincipalName("ada")))
                .containsOnlyKeys(laptop.sessionId(), phone.sessionId());
        assertThat(get(store.sessions.findByPrincipalName("eve"))).isEmpty();
    }

    @Test
    void registry_revokesFromAnotherSession() {
        Browser laptop = signedIn("ada");
        Browser phone = signedIn("ada");
        Browser bob = signedIn("bob");
        assertThat(phone.get("/end-others").body()).isEqualTo("1");
        assertSignedOut(laptop);
        assertThat(phone.get("/me").body()).isEqualTo("ada");
        assertThat(bob.get("/me").body()).isEqualTo("bob");
    }

    @Test
    void registry_listsWhatTheFileHas() {
        Browser ada = signedIn("ada");
        ReactiveSessionRegistry registry = server.bean(ReactiveSessionRegistry.class);
        List<ReactiveSessionInformation> all =
                get(registry.getAllSessions("ada").collectList());
        assertThat(all).extracting(ReactiveSessionInformation::getSessionId).containsExactly(ada.sessionId());
        assertThat(all).extracting(ReactiveSessionInformation::getPrincipal).containsExactly("ada");
        assertThat(get(registry.getSessionInformation(ada.sessionId())).getPrincipal())
                .isEqualTo("ada");
        run(all.get(0).invalidate());
        assertThat(find(registry.getSessionInformation(ada.sessionId()))).isNull();
        assertSignedOut(ada);
    }

    @Test
    void maximumSessions_thirdSignIn_endsTheOneUsedLeast() {
        Browser first = signedIn("ada");
        Browser second = signedIn("ada");
        store.sql(
                "UPDATE SPRING_SESSION SET LAST_ACCESS_TIME = LAST_ACCESS_TIME - ?1 WHERE SESSION_ID = ?2",
                Duration.ofMinutes(10).toMillis(),
                first.sessionId());
        Browser third = signedIn("ada");
        assertSignedOut(first);
        assertThat(second.get("/me").body()).isEqualTo("ada");
        assertThat(third.get("/me").body()).isEqualTo("ada");
        assertThat(get(store.sessions.findByPrincipalName("ada"))).hasSize(2);
    }

    @Test
    void session_deletedByAdministrator_isSignedOutAtOnce() {
        Browser ada = signedIn("ada");
        run(store.sessions.deleteById(ada.sessionId()));
        assertSignedOut(ada);
    }
}
