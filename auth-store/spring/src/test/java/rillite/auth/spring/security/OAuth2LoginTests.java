package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RefreshTokenReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.LinkPolicy;
import rillite.auth.NewUser;
import rillite.auth.User;

/** Sign-in through a real provider: user, account, tokens and session. */
final class OAuth2LoginTests extends StoreTests {

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        ReactiveOAuth2AuthorizedClientService clients(AuthStore store, ReactiveClientRegistrationRepository known) {
            return new AuthStoreReactiveOAuth2AuthorizedClientService(store, known);
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, AuthStore store) {
            return http.securityContextRepository(
                            new AuthStoreServerSecurityContextRepository(store, SessionCookie.withoutTls())
                                    .linking(LinkPolicy.LINK_IF_BOTH_VERIFIED))
                    .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .oauth2Login(Customizer.withDefaults())
                    .build();
        }
    }

    @TempDir
    Path tomcat = Path.of("");

    private AuthorizationServer provider;
    private WebApp app;

    @BeforeEach
    void start() {
        provider = new AuthorizationServer(tomcat);
        app = WebApp.start(
                auth,
                Security.class,
                context -> context.registerBean(
                        ReactiveClientRegistrationRepository.class,
                        () -> new InMemoryReactiveClientRegistrationRepository(provider.registration())));
        provider.admit(app.address());
    }

    @AfterEach
    void stop() {
        app.close();
        provider.close();
    }

    /** The answer of the application to who comes back from the provider. */
    private HttpResponse<String> login(Browser browser) {
        String authorize = Browser.address(browser.get("/oauth2/authorization/" + AuthorizationServer.REGISTRATION));
        String next = Browser.address(browser.get(authorize));
        if (next.endsWith("/login")) {
            HttpResponse<String> shown = browser.submit(next, next, "username", "grace", "password", "secret");
            next = Browser.address(browser.get(Browser.address(shown)));
        }
        return browser.get(next);
    }

    private User grace() {
        return get(auth.accounts().findUser(AuthorizationServer.REGISTRATION, "grace"));
    }

    private OAuth2AuthorizedClient client(User user) {
        return get(app.bean(ReactiveOAuth2AuthorizedClientService.class)
                .loadAuthorizedClient(
                        AuthorizationServer.REGISTRATION, user.id().value()));
    }

    @Test
    void login_createsUserAccountTokensAndSession() throws Exception {
        Browser browser = new Browser(app.address());
        assertThat(Browser.target(login(browser))).isEqualTo("/");

        User grace = grace();
        assertThat(grace.email()).isEqualTo("grace@example.org");
        assertThat(grace.emailVerifiedAt()).isNotNull();
        assertThat(grace.name()).isEqualTo("Grace");
        assertThat(browser.get("/").body()).isEqualTo("Hello " + grace.id() + " []");
        OAuth2AuthorizedClient client = client(grace);
        assertThat(client.getPrincipalName()).isEqualTo(grace.id().value());
        assertThat(client.getAccessToken().getExpiresAt()).isNotNull();
        assertThat(client.getAccessToken().getScopes()).containsExactly("openid");
        String access = client.getAccessToken().getTokenValue();
        String refresh = Objects.requireNonNull(client.getRefreshToken()).getTokenValue();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(access)).as("token in %s", file).isFalse();
                assertThat(bytes.contains(refresh)).as("token in %s", file).isFalse();
            }
        }
    }

    @Test
    void login_again_isTheSameUserWithOneSessionAndNewTokens() {
        Browser browser = new Browser(app.address());
        login(browser);
        String before = client(grace()).getAccessToken().getTokenValue();
        assertThat(Browser.target(login(browser))).isEqualTo("/");

        assertThat(count("SELECT count(*) FROM auth_user")).isOne();
        assertThat(count("SELECT count(*) FROM auth_account")).isOne();
        assertThat(count("SELECT count(*) FROM auth_session")).isOne();
        assertThat(client(grace()).getAccessToken().getTokenValue()).isNotEqualTo(before);
    }

    @Test
    void login_withTheAddressOfAnother_linksOnlyWhatBothHaveProven() {
        get(auth.users().create(NewUser.of("grace@example.org")));
        Browser browser = new Browser(app.address());
        assertThat(Browser.target(login(browser))).isEqualTo("/login?error");
        assertThat(count("SELECT count(*) FROM auth_account")).isZero();
        assertThat(count("SELECT count(*) FROM auth_session")).isZero();

        run(db.sql("UPDATE auth_user SET email_verified_at = created_at").execute());
        assertThat(Browser.target(login(new Browser(app.address())))).isEqualTo("/");
        assertThat(count("SELECT count(*) FROM auth_user")).isOne();
    }

    @Test
    void login_ofDisabledUser_isRefused() {
        login(new Browser(app.address()));
        run(auth.users().disable(grace().id()));
        Browser browser = new Browser(app.address());

        assertThat(Browser.target(login(browser))).isEqualTo("/login?error");
        assertThat(browser.cookie("auth")).isEmpty();
    }

    @Test
    void tokens_refreshedWhileSignedIn_replaceThoseBefore() {
        login(new Browser(app.address()));
        User grace = grace();
        OAuth2AuthorizedClient before = client(grace);
        AuthStoreUser user = (AuthStoreUser) get(new AuthStoreReactiveUserDetailsService(auth)
                .findByUsername(grace.id().value()));
        Authentication principal = UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        RefreshTokenReactiveOAuth2AuthorizedClientProvider refresh =
                new RefreshTokenReactiveOAuth2AuthorizedClientProvider();
        refresh.setClock(Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC));
        AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(
                        app.bean(ReactiveClientRegistrationRepository.class),
                        app.bean(ReactiveOAuth2AuthorizedClientService.class));
        manager.setAuthorizedClientProvider(refresh);
        OAuth2AuthorizedClient refreshed =
                get(manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(AuthorizationServer.REGISTRATION)
                        .principal(principal)
                        .build()));

        assertThat(refreshed.getAccessToken().getTokenValue())
                .isNotEqualTo(before.getAccessToken().getTokenValue());
        assertThat(client(grace).getAccessToken().getTokenValue())
                .isEqualTo(refreshed.getAccessToken().getTokenValue());
    }

    @Test
    void tokens_removed_leaveTheAccount() {
        Browser browser = new Browser(app.address());
        login(browser);
        User grace = grace();
        ReactiveOAuth2AuthorizedClientService clients = app.bean(ReactiveOAuth2AuthorizedClientService.class);
        run(clients.removeAuthorizedClient(
                AuthorizationServer.REGISTRATION, grace.id().value()));
        Mono<OAuth2AuthorizedClient> none = clients.loadAuthorizedClient(
                AuthorizationServer.REGISTRATION, grace.id().value());

        assertThat(find(none)).isNull();
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(Browser.target(login(browser))).isEqualTo("/");
    }
}
