package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UserDetailsRepositoryReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password4j.Argon2Password4jPasswordEncoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.UserId;

/** Users and passwords as Spring asks for them. */
final class UserDetailsTests extends StoreTests {

    private AuthStoreReactiveUserDetailsService users;
    private ReactiveAuthenticationManager manager;
    private UserId ada;

    @BeforeEach
    void ada() {
        users = new AuthStoreReactiveUserDetailsService(auth);
        manager = new AuthStoreReactiveAuthenticationManager(auth);
        ada = user("ada@example.org");
    }

    private static Mono<Authentication> shown(ReactiveAuthenticationManager manager, String name, String password) {
        return manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
    }

    private static void fails(Mono<?> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(PATIENCE);
    }

    private String hash() {
        return get(db.sql("SELECT hash FROM auth_password WHERE user_id = ?1", ada.value())
                .values()
                .flat(String.class)
                .get());
    }

    @Test
    void find_byAddressOrId_givesRolesAndPermissions() {
        run(auth.roles().grant(ada, "editor"));
        run(auth.roles().grant(ada, "author"));
        run(auth.roles().allow("editor", "article:write"));
        run(auth.roles().allow("author", "article:write"));
        run(auth.roles().allow("author", "FACTOR_PASSWORD"));

        for (String name : List.of("ADA@example.org", ada.value())) {
            UserDetails found = get(users.findByUsername(name));
            assertThat(found.getUsername()).isEqualTo(ada.value());
            assertThat(found.getPassword()).startsWith("$argon2id$");
            assertThat(found.isEnabled()).isTrue();
            assertThat(found.getAuthorities())
                    .extracting(GrantedAuthority::getAuthority)
                    .containsExactlyInAnyOrder("ROLE_author", "ROLE_editor", "article:write");
        }
    }

    @Test
    void find_unknownOrAmbiguous_isEmpty() {
        UserId stranger =
                get(auth.users().create(NewUser.of("eve@example.org"))).id();
        for (String name : List.of("nobody@example.org", "", "\u0000", "x".repeat(200_000), "'; --")) {
            assertThat(find(users.findByUsername(name))).as(name).isNull();
        }
        run(db.sql("UPDATE auth_user SET id = 'bob@example.org' WHERE id = ?1", stranger.value())
                .execute());
        user("bob@example.org");
        assertThat(find(users.findByUsername("bob@example.org"))).isNull();
    }

    @Test
    void find_disabledOrWithoutPassword_saysSo() {
        UserId bob = get(auth.users().create(NewUser.of("bob@example.org"))).id();
        run(auth.users().disable(bob));
        UserDetails found = get(users.findByUsername("bob@example.org"));

        assertThat(found.isEnabled()).isFalse();
        assertThat(found.getPassword()).isNull();
    }

    @Test
    void principal_erasedAndSerialized_isTheSameUser() throws Exception {
        UserDetails found = get(users.findByUsername("ada@example.org"));
        ((CredentialsContainer) found).eraseCredentials();
        assertThat(found.getPassword()).isNull();
        assertThat(found.toString()).doesNotContain("argon2", "ada@");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(found);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(found);
        }
        assertThat(get(users.findByUsername("ada@example.org")).getPassword()).isNotNull();
    }

    @Test
    void update_replacesTheHashItKnows_andLosesAgainstAChange() {
        UserDetails found = get(users.findByUsername("ada@example.org"));
        String next = new Argon2Password4jPasswordEncoder(Argon2Function.getInstance(32, 1, 1, 32, Argon2.ID, 19))
                .encode(PASSWORD);
        assertThat(get(users.updatePassword(found, next)).getPassword()).isEqualTo(next);
        assertThat(hash()).isEqualTo(next);

        run(auth.passwords().set(ada, "another horse"));
        String changed = hash();
        assertThat(get(users.updatePassword(found, next)).getPassword()).isEqualTo(changed);
        assertThat(hash()).isEqualTo(changed);

        ((CredentialsContainer) found).eraseCredentials();
        fails(users.updatePassword(found, next), IllegalArgumentException.class);
    }

    @Test
    void manager_answersInTheWordsOfSpring() {
        Authentication ok = get(shown(manager, "Ada@example.org", PASSWORD));
        assertThat(ok.isAuthenticated()).isTrue();
        assertThat(ok.getCredentials()).isNull();
        assertThat(ok.getName()).isEqualTo(ada.value());

        fails(shown(manager, "nobody@example.org", PASSWORD), BadCredentialsException.class);
        for (int i = 0; i < 3; i++) {
            fails(shown(manager, "ada@example.org", "wrong horse"), BadCredentialsException.class);
        }
        fails(shown(manager, "ada@example.org", PASSWORD), LockedException.class);
        assertThat(find(manager.authenticate(new TestingAuthenticationToken("ada@example.org", PASSWORD))))
                .isNull();
    }

    @Test
    void manager_withTooManyAtOnce_refusesSome() {
        AuthStore narrow = AuthStore.on(
                db, AuthOptions.defaults().clock(clock).hashing(1_024, 1, 1).hashingThreads(1, 1));
        ReactiveAuthenticationManager small = new AuthStoreReactiveAuthenticationManager(narrow);
        List<Class<?>> answers = get(Flux.range(0, 20)
                .flatMap(
                        i -> shown(small, "user" + i + "@example.org", "wrong horse")
                                .<Class<?>>map(Object::getClass)
                                .onErrorResume(error -> Mono.just(error.getClass())),
                        20)
                .collectList());

        assertThat(answers)
                .hasSize(20)
                .contains(BadCredentialsException.class, AuthenticationServiceException.class)
                .containsOnly(BadCredentialsException.class, AuthenticationServiceException.class);
    }

    @Test
    void springsOwnManager_checksAndUpgradesWithTheService() {
        UserDetailsRepositoryReactiveAuthenticationManager springs =
                new UserDetailsRepositoryReactiveAuthenticationManager(users);
        springs.setPasswordEncoder(
                new Argon2Password4jPasswordEncoder(Argon2Function.getInstance(16, 1, 1, 32, Argon2.ID, 19)));
        springs.setUserDetailsPasswordService(users);

        assertThat(get(shown(springs, "ada@example.org", PASSWORD)).getName()).isEqualTo(ada.value());
        fails(shown(springs, "ada@example.org", "wrong horse"), BadCredentialsException.class);
        run(auth.users().disable(ada));
        fails(shown(springs, "ada@example.org", PASSWORD), DisabledException.class);
    }
}
