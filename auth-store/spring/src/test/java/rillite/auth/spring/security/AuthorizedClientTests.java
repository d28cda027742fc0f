package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.R2dbcReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import rillite.auth.Account;
import rillite.auth.AuthStore;
import rillite.auth.EncryptionException;
import rillite.auth.ExternalIdentity;
import rillite.auth.UserId;

/** Tokens of providers, behind the contract of Spring. */
final class AuthorizedClientTests extends StoreTests {

    private static final Instant LATER = Instant.parse("2030-01-01T10:00:00Z");

    private final ClientRegistration calendar = ClientRegistration.withRegistrationId("calendar")
            .clientId("app")
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/authorized")
            .authorizationUri("https://example.org/authorize")
            .tokenUri("https://example.org/token")
            .build();
    private final ReactiveClientRegistrationRepository registrations =
            new InMemoryReactiveClientRegistrationRepository(calendar);

    private ReactiveOAuth2AuthorizedClientService clients;
    private UserId ada;

    @BeforeEach
    void ada() {
        clients = new AuthStoreReactiveOAuth2AuthorizedClientService(auth, registrations);
        ada = user("ada@example.org");
    }

    private Authentication principal(UserId id) {
        AuthStoreUser user =
                (AuthStoreUser) get(new AuthStoreReactiveUserDetailsService(auth).findByUsername(id.value()));
        return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
    }

    private OAuth2AuthorizedClient client(String name, String access, @Nullable String refresh, Instant end) {
        return new OAuth2AuthorizedClient(
                calendar,
                name,
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        access,
                        end.minusSeconds(3_600),
                        end,
                        Set.of("read", "write")),
                refresh == null ? null : new OAuth2RefreshToken(refresh, end.minusSeconds(3_600)));
    }

    private @Nullable OAuth2AuthorizedClient load(ReactiveOAuth2AuthorizedClientService service, String name) {
        Mono<OAuth2AuthorizedClient> found = service.loadAuthorizedClient("calendar", name);
        return find(found);
    }

    private String access() {
        OAuth2AuthorizedClient found = Objects.requireNonNull(load(clients, ada.value()));
        return found.getAccessToken().getTokenValue();
    }

    @Test
    void tokens_ofProviderWithoutLogin_areKeptForTheUser_andAreNoWayIn() {
        run(clients.saveAuthorizedClient(client(ada.value(), "a1", "r1", LATER), principal(ada)));
        OAuth2AuthorizedClient found = Objects.requireNonNull(load(clients, ada.value()));

        assertThat(found.getAccessToken().getTokenValue()).isEqualTo("a1");
        assertThat(found.getAccessToken().getScopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(found.getAccessToken().getExpiresAt()).isEqualTo(LATER);
        assertThat(Objects.requireNonNull(found.getRefreshToken()).getTokenValue())
                .isEqualTo("r1");
        assertThat(load(clients, user("bob@example.org").value())).isNull();
        assertThat(find(auth.accounts().findUser("calendar", ada.value()))).isNull();
        Account account = get(auth.accounts().of(ada).single());
        assertThat(account.type()).isEqualTo("client");
    }

    @Test
    void tokens_ofLinkedAccount_areThoseOfTheAccount() {
        run(auth.accounts().link(ada, ExternalIdentity.of("calendar", "42")));
        run(clients.saveAuthorizedClient(client(ada.value(), "a1", "r1", LATER), principal(ada)));

        assertThat(access()).isEqualTo("a1");
        assertThat(count("SELECT count(*) FROM auth_account")).isOne();
    }

    @Test
    void refresh_thatEndsSooner_doesNotReplace_andOneWithoutRefreshTokenKeepsIt() {
        Authentication principal = principal(ada);
        run(clients.saveAuthorizedClient(client(ada.value(), "a1", "r1", LATER), principal));
        run(clients.saveAuthorizedClient(client(ada.value(), "a0", "r0", LATER.minusSeconds(60)), principal));
        assertThat(access()).isEqualTo("a1");

        run(clients.saveAuthorizedClient(client(ada.value(), "a2", null, LATER.plusSeconds(60)), principal));
        assertThat(access()).isEqualTo("a2");
        OAuth2AuthorizedClient found = Objects.requireNonNull(load(clients, ada.value()));
        assertThat(Objects.requireNonNull(found.getRefreshToken()).getTokenValue())
                .isEqualTo("r1");
    }

    @Test
    void refreshes_atOnce_leaveTheTokensOfOneTogether() {
        Authentication principal = principal(ada);
        run(clients.saveAuthorizedClient(client(ada.value(), "a", "r", LATER), principal));
        run(Flux.range(1, 50)
                .flatMap(
                        i -> clients.saveAuthorizedClient(
                                        client(ada.value(), "a" + i, "r" + i, LATER.plusSeconds(i)), principal)
                                .subscribeOn(Schedulers.parallel()),
                        50)
                .then());
        OAuth2AuthorizedClient found = Objects.requireNonNull(load(clients, ada.value()));

        String number = found.getAccessToken().getTokenValue().substring(1);
        assertThat(Objects.requireNonNull(found.getRefreshToken()).getTokenValue())
                .isEqualTo("r" + number);
        assertThat(found.getAccessToken().getExpiresAt()).isEqualTo(LATER.plusSeconds(Long.parseLong(number)));
    }

    @Test
    void refreshes_atOnce_leaveTheOnesThatEndLast() {
        Authentication principal = principal(ada);
        for (int round = 0; round < 5; round++) {
            Instant end = LATER.plusSeconds(1_000L * round);
            run(Flux.range(1, 50)
                    .flatMap(
                            i -> clients.saveAuthorizedClient(
                                            client(ada.value(), "a" + i, "r" + i, end.plusSeconds(i)), principal)
                                    .subscribeOn(Schedulers.parallel()),
                            50)
                    .then());
            assertThat(access()).isEqualTo("a50");
        }
    }

    @Test
    void refreshes_thatDoNotEnd_allComplete_andOneIsStored() {
        Authentication principal = principal(ada);
        run(Flux.range(1, 50)
                .flatMap(
                        i -> clients.saveAuthorizedClient(
                                        new OAuth2AuthorizedClient(
                                                calendar,
                                                ada.value(),
                                                new OAuth2AccessToken(
                                                        OAuth2AccessToken.TokenType.BEARER, "a" + i, null, null)),
                                        principal)
                                .subscribeOn(Schedulers.parallel()),
                        50)
                .then());
        assertThat(access()).startsWith("a");
    }

    @Test
    void storeWithoutKey_isRefusedBeforeAnybodySignsIn() {
        AuthStore keyless = AuthStore.on(db);
        assertThatThrownBy(() -> new AuthStoreReactiveOAuth2AuthorizedClientService(keyless, registrations))
                .isInstanceOf(EncryptionException.class)
                .hasMessageContaining("AuthOptions.encryptionKey(");
    }

    @Test
    void tokens_ofStrangers_areRefused_andNamesThatAreNoIdsHaveNone() {
        StepVerifier.create(clients.saveAuthorizedClient(
                        client("42", "a1", null, LATER), new TestingAuthenticationToken("42", "x")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("no user of the store")
                        .hasMessageNotContaining("a1"))
                .verify(PATIENCE);
        assertThat(load(clients, "42")).isNull();
        assertThat(load(clients, "ada@example.org")).isNull();
        run(clients.removeAuthorizedClient("calendar", "42"));
    }

    @Test
    void springsOwnService_runsOnTheDriver() throws Exception {
        DatabaseClient driver = DatabaseClient.create(db.connectionFactory());
        String schema = new String(
                Objects.requireNonNull(OAuth2AuthorizedClient.class.getResourceAsStream("oauth2-client-schema.sql"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        run(driver.sql(schema).then());
        ReactiveOAuth2AuthorizedClientService springs =
                new R2dbcReactiveOAuth2AuthorizedClientService(driver, registrations);
        Authentication principal = new TestingAuthenticationToken("somebody", "x");
        run(springs.saveAuthorizedClient(client("somebody", "a1", "r1", LATER), principal));
        run(springs.saveAuthorizedClient(client("somebody", "a2", "r2", LATER), principal));
        OAuth2AuthorizedClient found = Objects.requireNonNull(load(springs, "somebody"));

        assertThat(found.getAccessToken().getTokenValue()).isEqualTo("a2");
        assertThat(found.getAccessToken().getExpiresAt()).isEqualTo(LATER);
        assertThat(Objects.requireNonNull(found.getRefreshToken()).getTokenValue())
                .isEqualTo("r2");
        run(springs.removeAuthorizedClient("calendar", "somebody"));
        assertThat(load(springs, "somebody")).isNull();
    }
}
