package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.onEventLoop;
import static rillite.core.testing.Await.run;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.UserId;
import rillite.r2dbc.testing.BlockingCalls;

/** No bean blocks the event loops of a server that signs users in. */
@Tag("blockhound")
final class BlockHoundTests extends StoreTests {

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        ReactiveAuthenticationManager authenticationManager(AuthStore store) {
            return new AuthStoreReactiveAuthenticationManager(store);
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, AuthStore store) {
            return http.securityContextRepository(
                            new AuthStoreServerSecurityContextRepository(store, SessionCookie.withoutTls()))
                    .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .formLogin(Customizer.withDefaults())
                    // Spring itself reads random numbers on the event loop for these tokens.
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }

    private static HttpResponse<String> login(Browser browser, String password) {
        return browser.post("/login", Map.of("username", "ada@example.org", "password", password, "remember-me", "on"));
    }

    @Test
    void server_signsInAndOut_withoutBlocking() {
        UserId ada = user("ada@example.org");
        run(auth.roles().grant(ada, "admin"));
        BlockingCalls.watch();
        try (WebApp app = WebApp.start(auth, Security.class)) {
            Browser browser = new Browser(app.address());
            assertThat(Browser.target(login(browser, "wrong horse"))).isEqualTo("/login?error");
            assertThat(Browser.target(login(browser, PASSWORD))).isEqualTo("/");
            assertThat(browser.get("/").body()).isEqualTo("Hello " + ada + " [ROLE_admin]");
            assertThat(Browser.target(login(browser, PASSWORD))).isEqualTo("/");
            assertThat(Browser.target(browser.post("/logout", Map.of()))).isEqualTo("/login?logout");
        }
        BlockingCalls.assertNone();
    }

    @Test
    void services_neverBlock() {
        UserId ada = user("ada@example.org");
        BlockingCalls.watch();
        AuthStoreReactiveOneTimeTokenService tokens = new AuthStoreReactiveOneTimeTokenService(auth);
        AuthStoreReactiveUserDetailsService users = new AuthStoreReactiveUserDetailsService(auth);
        OneTimeToken token = onEventLoop(() -> tokens.generate(new GenerateOneTimeTokenRequest("ada@example.org")));
        onEventLoop(() -> tokens.generate(new GenerateOneTimeTokenRequest("\u0000")));
        onEventLoop(() -> tokens.consume(new OneTimeTokenAuthenticationToken(token.getTokenValue())));
        onEventLoop(() -> users.findByUsername(ada.value())
                .flatMap(user -> users.updatePassword(user, Objects.requireNonNull(user.getPassword()))));
        onEventLoop(() -> new AuthStoreReactiveAuthenticationManager(auth)
                .authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ada@example.org", PASSWORD)));
        BlockingCalls.assertNone();
    }

    @Test
    void tokensOfClients_neverBlock() {
        UserId ada = user("ada@example.org");
        ClientRegistration calendar = ClientRegistration.withRegistrationId("calendar")
                .clientId("app")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenUri("https://example.org/token")
                .build();
        var clients = new AuthStoreReactiveOAuth2AuthorizedClientService(
                auth, new InMemoryReactiveClientRegistrationRepository(calendar));
        AuthStoreUser user =
                (AuthStoreUser) get(new AuthStoreReactiveUserDetailsService(auth).findByUsername(ada.value()));
        OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(
                calendar,
                ada.value(),
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "a1", null, null),
                new OAuth2RefreshToken("r1", null));
        BlockingCalls.watch();
        OAuth2AuthorizedClient found = onEventLoop(() -> clients.saveAuthorizedClient(
                        client, UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()))
                .then(clients.loadAuthorizedClient("calendar", ada.value())));
        assertThat(found.getAccessToken().getTokenValue()).isEqualTo("a1");
        BlockingCalls.assertNone();
    }

    @Test
    void control_blockingFacade_isRefusedBeforeItBlocks() {
        BlockingCalls.watch();
        BlockingPasskeyRepositories blocking = new BlockingPasskeyRepositories(auth);
        Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
        Mono<Boolean> call = Mono.fromCallable(() -> blocking.userEntities().findByUsername("ada@example.org") == null)
                .onErrorResume(IllegalStateException.class, error -> {
                    refused.add(error);
                    return Mono.just(false);
                });
        assertThat(onEventLoop(() -> call)).isFalse();
        assertThat(refused).hasSize(1);
        BlockingCalls.assertNone();
    }

    @Test
    void control_sleep_isReported() {
        BlockingCalls.watch();
        Mono<Boolean> slept = Mono.fromCallable(() -> {
            Thread.sleep(1);
            return true;
        });
        assertThat(onEventLoop(() -> slept.onErrorReturn(false))).isFalse();
        BlockingCalls.assertSeen("sleep");
    }
}
