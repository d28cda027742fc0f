package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.UserId;
import rillite.auth.spring.security.AuthStoreReactiveUserDetailsService;

/** The forms of attributes: what comes back as it was, and what is refused. */
final class AttributeTests extends SessionStoreTests {

    record Item(String name, long cents) implements Serializable {}

    /** A bean as applications have them. */
    public static class Cart implements Serializable {
        private static final long serialVersionUID = 1L;
        public List<Item> items = new ArrayList<>();
        public @org.jspecify.annotations.Nullable Object note;
    }

    enum Colour {
        RED
    }

    static SecurityContext signedIn(Object principal) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                principal, null, AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN")));
    }

    static SecurityContext signedIn() {
        return signedIn(User.withUsername("ada")
                .password("hash")
                .roles("USER")
                .accountLocked(true)
                .build());
    }

    static Stream<AttributeSerializer> serializers() {
        return Stream.of(
                AttributeSerializer.json(Item.class, Cart.class, Colour.class),
                AttributeSerializer.jdk(Item.class, Cart.class, Colour.class));
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void values_comeBackAsTheyWere(AttributeSerializer serializer) {
        List<Object> values = List.of(
                "text é \0 \ud83d\ude00",
                true,
                42,
                42L,
                Long.MAX_VALUE,
                1.5,
                1.5f,
                (short) 7,
                (byte) 7,
                'x',
                new BigDecimal("12.340"),
                UUID.fromString("00000000-0000-4000-8000-000000000001"),
                Locale.GERMANY,
                Instant.parse("2030-01-01T00:00:00.123456789Z"),
                LocalDate.parse("2030-02-28"),
                Duration.ofMillis(1),
                Colour.RED,
                new Item("tea", 199),
                List.of("a", 1, 2L),
                List.of(),
                Set.of("a"),
                Map.of("k", List.of(1L)),
                new ArrayList<>(Arrays.asList("a", null)),
                new HashMap<>(Map.of("k", new Item("milk", 99))),
                Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
                Collections.emptyMap(),
                Arrays.asList("a", "b"),
                signedIn());
        for (Object value : values) {
            Object back = serializer.deserialize(serializer.serialize(value));
            assertThat(back).as(value.getClass().getName()).isEqualTo(value);
        }
        assertThat((byte[]) serializer.deserialize(serializer.serialize(new byte[] {1, 2})))
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void securityContext_keepsPrincipalAndAuthorities(AttributeSerializer serializer) {
        SecurityContext back = (SecurityContext) serializer.deserialize(serializer.serialize(signedIn()));
        assertThat(back.getAuthentication()).isNotNull();
        assertThat(back.getAuthentication().getName()).isEqualTo("ada");
        assertThat(back.getAuthentication().isAuthenticated()).isTrue();
        assertThat(back.getAuthentication().getAuthorities()).hasSize(2);
        assertThat(((User) back.getAuthentication().getPrincipal()).isAccountNonLocked())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void whatSpringSecurityKeepsInSessions_comesBack(AttributeSerializer serializer) {
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("https://provider.example/authorize")
                .clientId("client")
                .redirectUri("https://app.example/back")
                .scopes(Set.of("openid"))
                .state("state")
                .attributes(Map.of("registration_id", "provider"))
                .build();
        OAuth2AuthorizationRequest back =
                (OAuth2AuthorizationRequest) serializer.deserialize(serializer.serialize(request));
        assertThat(back.getState()).isEqualTo("state");
        assertThat(back.<String>getAttribute("registration_id")).isEqualTo("provider");
        assertThat(back.getGrantType()).isEqualTo(AuthorizationGrantType.AUTHORIZATION_CODE);

        DefaultCsrfToken token = new DefaultCsrfToken("X-CSRF", "_csrf", "secret");
        assertThat(((DefaultCsrfToken) serializer.deserialize(serializer.serialize(token))).getToken())
                .isEqualTo("secret");
        ClientRegistration registration = ClientRegistration.withRegistrationId("provider")
                .clientId("client")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenUri("https://provider.example/token")
                .build();
        assertThat(((ClientRegistration) serializer.deserialize(serializer.serialize(registration))).getClientId())
                .isEqualTo("client");
    }

    @Test
    @SuppressWarnings("NullAway")
    void attributeWithoutAName_isRefusedAtOnce() {
        SqliteSession session = get(sessions.createSession());
        assertThatThrownBy(() -> session.setAttribute(null, "x")).hasMessageContaining("name");
        session.setAttribute("a", "x");
        run(sessions.save(session));
    }

    @Test
    void jdk_principalOfTheStore_comesBack() {
        AuthStore auth = AuthStore.on(store.db);
        run(auth.migrate());
        UserId ada = get(auth.users().create(NewUser.of("ada@example.org"))).id();
        run(auth.passwords().set(ada, "correct horse battery staple"));
        UserDetails user = get(new AuthStoreReactiveUserDetailsService(auth).findByUsername("ada@example.org"));
        AttributeSerializer serializer = AttributeSerializer.jdk();
        SecurityContext back = (SecurityContext) serializer.deserialize(serializer.serialize(signedIn(user)));
        assertThat(back.getAuthentication()).isNotNull();
        assertThat(back.getAuthentication().getPrincipal()).isEqualTo(user);
        assertThat(back.getAuthentication().getName()).isEqualTo(ada.value());
    }

    @Test
    void principal_givenByName_goesBeforeTheContext_byEitherName() {
        SqliteSession servlet = store.saved(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                "bob",
                "SPRING_SECURITY_CONTEXT",
                signedIn());
        SqliteSession reactive = store.saved(
                ReactiveFindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                "bob",
                "SPRING_SECURITY_CONTEXT",
                signedIn());
        for (String index : SqliteSession.PRINCIPAL_NAMES) {
            assertThat(get(sessions.findByIndexNameAndIndexValue(index, "bob")))
                    .containsOnlyKeys(servlet.getId(), reactive.getId());
        }
        assertThat(get(sessions.findByPrincipalName("ada"))).isEmpty();
    }

    @Test
    void principal_isIndexed_byContextOrName_andFollowsChanges() {
        SqliteSession session = store.saved("SPRING_SECURITY_CONTEXT", signedIn());
        SqliteSession named = store.saved(
                "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME", "bob");
        assertThat(get(sessions.findByPrincipalName("ada"))).containsOnlyKeys(session.getId());
        assertThat(get(sessions.findByPrincipalName("bob"))).containsOnlyKeys(named.getId());
        assertThat(get(sessions.findByIndexNameAndIndexValue("other", "ada"))).isEmpty();

        SqliteSession read = store.read(session);
        read.setAttribute("other", "1");
        run(sessions.save(read));
        assertThat(get(sessions.findByPrincipalName("ada"))).containsOnlyKeys(session.getId());
        read.setAttribute("SPRING_SECURITY_CONTEXT", signedIn("eve"));
        run(sessions.save(read));
        assertThat(get(sessions.findByPrincipalName("ada"))).isEmpty();
        assertThat(get(sessions.findByPrincipalName("eve"))).containsOnlyKeys(session.getId());
        read.removeAttribute("SPRING_SECURITY_CONTEXT");
        run(sessions.save(read));
        assertThat(get(sessions.findByPrincipalName("eve"))).isEmpty();

        store.clock.move(Duration.ofMinutes(30));
        assertThat(get(sessions.findByPrincipalName("bob"))).isEmpty();
    }

    @Test
    void save_typeThatIsNotPermitted_fails_namingIt() {
        SqliteSession session = get(sessions.createSession());
        session.setAttribute("item", new Item("canary-7f3a", 1));
        fails(sessions.save(session), IllegalArgumentException.class, "\"item\"", Item.class.getName(), "permitted");
        SqliteReactiveSessionRepository jdk = store.with(options -> options.serializer(AttributeSerializer.jdk()));
        SqliteSession other = get(jdk.createSession());
        other.setAttribute("items", new ArrayList<>(List.of(new Item("canary-7f3a", 1))));
        fails(jdk.save(other), IllegalArgumentException.class, "\"items\"", Item.class.getName(), "permitted");
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
    }

    @Test
    void save_tooLarge_fails_sayingHowLarge() {
        SqliteReactiveSessionRepository small = store.with(options -> options.maxAttributeBytes(100));
        SqliteSession session = get(small.createSession());
        session.setAttribute("big", "x".repeat(99));
        fails(small.save(session), IllegalArgumentException.class, "\"big\"", "101", "100", "maxAttributeBytes");
        session.setAttribute("big", "x".repeat(98));
        run(small.save(session));
        assertThat(store.read(session).<String>getAttribute("big")).hasSize(98);
        assertThatThrownBy(() -> SessionOptions.defaults().maxAttributeBytes(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SessionOptions.defaults().table("a; DROP"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serializer_ofYourOwn_isUsed() {
        AttributeSerializer plain = new AttributeSerializer() {
            @Override
            public byte[] serialize(Object value) {
                return value.toString().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Object deserialize(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
        SqliteReactiveSessionRepository own = new SqliteReactiveSessionRepository(store.db, plain);
        SqliteSession session = get(own.createSession());
        session.setAttribute("a", "plain");
        run(own.save(session));
        assertThat(store.count(
                        "SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES WHERE ATTRIBUTE_BYTES = CAST('plain' AS BLOB)"))
                .isEqualTo(1);
        assertThat(get(own.findById(session.getId())).<String>getAttribute("a")).isEqualTo("plain");
    }
}
