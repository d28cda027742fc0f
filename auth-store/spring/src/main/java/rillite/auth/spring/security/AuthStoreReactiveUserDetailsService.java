package rillite.auth.spring.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.ReactiveUserDetailsPasswordService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.Secret;
import rillite.auth.UserId;

/**
 * Users for what looks them up by name, such as one-time-token login: by e-mail address or by id, with their roles and permissions,
 * in one SELECT. Disabled users are found, as disabled. Gives an {@link AuthStoreUser}.
 *
 * <p>For passwords prefer {@link AuthStoreReactiveAuthenticationManager}. Where Spring's own manager has to check them, give it an
 * encoder that reads argon2id, such as {@code new Argon2Password4jPasswordEncoder(Argon2Function.getInstance(19456, 2, 1, 32,
 * Argon2.ID, 19))}; failures are not counted then, and unknown users answer sooner.
 */
public final class AuthStoreReactiveUserDetailsService
        implements ReactiveUserDetailsService, ReactiveUserDetailsPasswordService {

    private final AuthStore store;

    /** Over that store. */
    public AuthStoreReactiveUserDetailsService(AuthStore store) {
        this.store = store;
    }

    /**
     * @param username an e-mail address in any case, or the id of a user
     * @return empty when there is no such user
     */
    @Override
    public Mono<UserDetails> findByUsername(String username) {
        return store.users().findLogin(username).map(login -> AuthStoreUser.found(login, login.hash()));
    }

    /**
     * Puts another hash of the same password in the place of the one that the user was looked up with. It loses quietly against a
     * change of the password in the meantime.
     *
     * @param user as {@link #findByUsername} gave it, its credentials not erased
     * @param newPassword encoded: argon2id or bcrypt
     * @return the user as they are now
     */
    @Override
    public Mono<UserDetails> updatePassword(UserDetails user, @Nullable String newPassword) {
        String old = user.getPassword();
        if (old == null || newPassword == null) {
            return Mono.error(new IllegalArgumentException("The stored hash of user " + user.getUsername()
                    + " is not known here: it was erased, or there is none."
                    + " To set or change a password call passwords().set(..) or change(..) of the AuthStore."));
        }
        UserId id = new UserId(user.getUsername());
        return Mono.defer(() -> store.passwords().replaceHash(id, Secret.of(old), newPassword))
                .then(store.users().findLogin(id))
                .map(login -> AuthStoreUser.found(login, login.hash()));
    }
}
