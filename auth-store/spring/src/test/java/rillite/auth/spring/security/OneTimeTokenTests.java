package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.reactive.ReactiveOneTimeTokenService;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ott.ServerRedirectOneTimeTokenGenerationSuccessHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.Purpose;
import rillite.auth.Secret;
import rillite.auth.UserId;
import rillite.auth.UserPatch;
import rillite.querysets.StatementCounter;

/** Links that sign in once, through a real server. */
final class OneTimeTokenTests extends StoreTests {

    /** What was mailed. */
    private static final Queue<OneTimeToken> MAILS = new ConcurrentLinkedQueue<>();

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        ReactiveOneTimeTokenService tokens(AuthStore store) {
            return new AuthStoreReactiveOneTimeTokenService(store);
        }

        @Bean
        ReactiveUserDetailsService users(AuthStore store) {
            return new AuthStoreReactiveUserDetailsService(store);
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, AuthStore store) {
            var sent = new ServerRedirectOneTimeTokenGenerationSuccessHandler("/open");
            return http.securityContextRepository(
                            new AuthStoreServerSecurityContextRepository(store, SessionCookie.withoutTls()))
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/open")
                            .permitAll()
                            .anyExchange()
                            .authenticated())
                    .oneTimeTokenLogin(login -> login.tokenGenerationSuccessHandler((exchange, token) ->
                            Mono.fromRunnable(() -> MAILS.add(token)).then(sent.handle(exchange, token))))
                    .build();
        }
    }

    private WebApp app;
    private UserId ada;

    @BeforeEach
    void start() {
        MAILS.clear();
        app = WebApp.start(auth, Security.class);
        ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private OneTimeToken mailed(Browser browser, String name) {
        assertThat(Browser.target(browser.submit("/login", "/ott/generate", "username", name)))
                .isEqualTo("/open");
        return Objects.requireNonNull(MAILS.poll());
    }

    private static HttpResponse<String> use(Browser browser, String token) {
        return browser.submit("/login/ott?token=" + token, "/login/ott", "token", token);
    }

    @Test
    void token_signsInOnce() {
        Browser browser = new Browser(app.address());
        OneTimeToken token = mailed(browser, "Ada@Example.org");
        assertThat(count("SELECT count(*) FROM auth_token WHERE CAST(token_hash AS TEXT) = ?1", token.getTokenValue()))
                .isZero();

        assertThat(Browser.target(use(browser, token.getTokenValue()))).isEqualTo("/");
        assertThat(browser.get("/").body()).startsWith("Hello " + ada);
        Browser thief = new Browser(app.address());
        assertThat(Browser.target(use(thief, token.getTokenValue()))).isEqualTo("/login?error");
    }

    @Test
    void token_expiredOrReplacedOrOfNobody_leadsBack() {
        Browser browser = new Browser(app.address());
        OneTimeToken expired = mailed(browser, "ada@example.org");
        clock.move(Duration.ofMinutes(6));
        assertThat(Browser.target(use(browser, expired.getTokenValue()))).isEqualTo("/login?error");

        OneTimeToken first = mailed(browser, "ada@example.org");
        OneTimeToken second = mailed(browser, "ada@example.org");
        assertThat(Browser.target(use(browser, first.getTokenValue()))).isEqualTo("/login?error");
        assertThat(Browser.target(use(browser, second.getTokenValue()))).isEqualTo("/");

        for (String nobody : List.of("nobody@example.org", "x".repeat(2_000), "a\u0007b", "\ud800")) {
            Browser other = new Browser(app.address());
            OneTimeToken none = mailed(other, nobody);
            assertThat(Browser.target(use(other, none.getTokenValue()))).isEqualTo("/login?error");
        }
    }

    @Test
    void token_ofDisabledUser_isNone() {
        Browser browser = new Browser(app.address());
        OneTimeToken token = mailed(browser, "ada@example.org");
        run(auth.users().disable(ada));

        assertThat(Browser.target(use(browser, token.getTokenValue()))).isEqualTo("/login?error");
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();
    }

    @Test
    void token_usedByManyAtOnce_isOneOfThem() {
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        OneTimeToken token = get(tokens.generate(new GenerateOneTimeTokenRequest("ada@example.org")));
        OneTimeTokenAuthenticationToken shown = new OneTimeTokenAuthenticationToken(token.getTokenValue());

        List<OneTimeToken> won = get(Flux.range(0, 100)
                .flatMap(i -> tokens.consume(shown).subscribeOn(Schedulers.parallel()), 100)
                .collectList());
        assertThat(won).hasSize(1);
        assertThat(won.get(0).getUsername()).isEqualTo("ada@example.org");
    }

    /** So that what then looks the user up, and says that the address is proven, means the one that the link was sent to. */
    @Test
    void token_forAnId_namesTheAddressThatItWasSentTo() {
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        OneTimeToken token = get(tokens.generate(new GenerateOneTimeTokenRequest(ada.value())));
        assertThat(get(tokens.consume(new OneTimeTokenAuthenticationToken(token.getTokenValue())))
                        .getUsername())
                .isEqualTo("ada@example.org");

        UserId nameless = get(auth.users().create(NewUser.anonymous())).id();
        OneTimeToken other = get(tokens.generate(new GenerateOneTimeTokenRequest(nameless.value())));
        assertThat(get(tokens.consume(new OneTimeTokenAuthenticationToken(other.getTokenValue())))
                        .getUsername())
                .isEqualTo(nameless.value());
    }

    @Test
    void token_sentBeforeTheAddressMoved_isNoneForWhoHasItNow() {
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        for (String name : List.of("ada@example.org", ada.value())) {
            OneTimeToken token = get(tokens.generate(new GenerateOneTimeTokenRequest(name)));
            run(auth.users().update(ada, UserPatch.none().email("ada@example.com")));
            assertThat(find(tokens.consume(new OneTimeTokenAuthenticationToken(token.getTokenValue()))))
                    .isNull();
            run(auth.users().update(ada, UserPatch.none().email("ada@example.org")));
        }
    }

    @Test
    void token_used_provesNothingOfTheAddress() {
        Browser browser = new Browser(app.address());
        use(browser, mailed(browser, "ada@example.org").getTokenValue());
        assertThat(get(auth.users().findById(ada)).emailVerifiedAt()).isNull();
    }

    @Test
    void token_ofNobody_isNone() {
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        for (String nobody : List.of("nobody@example.org", "x".repeat(2_000), "a\u0007b", "\ud800")) {
            OneTimeToken token = get(tokens.generate(new GenerateOneTimeTokenRequest(nobody)));
            assertThat(token.getUsername()).isEqualTo(nobody);
            assertThat(find(tokens.consume(new OneTimeTokenAuthenticationToken(token.getTokenValue()))))
                    .as(nobody)
                    .isNull();
        }
    }

    /** Whoever sends tokens at random keeps no writer waiting. */
    @Test
    void token_thatIsNone_isNotWritten() {
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        String unknown = Secret.mint().expose();
        try (StatementCounter counter = StatementCounter.on(db)) {
            assertThat(find(tokens.consume(new OneTimeTokenAuthenticationToken("none"))))
                    .isNull();
            counter.assertStatements(0);
            assertThat(find(tokens.consume(new OneTimeTokenAuthenticationToken(unknown))))
                    .isNull();
            counter.assertStatements(1);
        }
    }

    @Test
    void token_ofAnotherPurpose_isNone() {
        String reset = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()))
                .token()
                .expose();
        assertThat(find(new AuthStoreReactiveOneTimeTokenService(auth)
                        .consume(new OneTimeTokenAuthenticationToken(reset))))
                .isNull();
    }
}
