package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;

/**
 * Says who shows a password ({@link UsernamePasswordCredentials}, the e-mail address as name) or the token of a session of the
 * store ({@link TokenCredentials}). The principal of the user has their id as {@code sub} and the address as {@code username}.
 *
 * <p>Unknown users cost as much time as known ones, and failures are counted and lock, as {@link rillite.auth.Passwords} says.
 * Passwords are hashed on threads of their own. Futures complete on the context of the caller; they fail with {@link
 * LoginRefusedException}, or {@link rillite.auth.AuthOverloadedException} when too many passwords are being checked.
 */
public final class AuthStoreVertxAuthenticationProvider implements AuthenticationProvider {

    private final Vertx vertx;
    private final AuthStore auth;

    private AuthStoreVertxAuthenticationProvider(Vertx vertx, AuthStore auth) {
        this.vertx = vertx;
        this.auth = auth;
    }

    /** Over that store, which is migrated. */
    public static AuthStoreVertxAuthenticationProvider create(Vertx vertx, AuthStore auth) {
        return new AuthStoreVertxAuthenticationProvider(vertx, auth);
    }

    @Override
    public Future<User> authenticate(Credentials credentials) {
        return Futures.of(vertx, Mono.defer(() -> checked(credentials)));
    }

    private Mono<User> checked(Credentials credentials) {
        if (credentials instanceof UsernamePasswordCredentials password
                && password.getUsername() != null
                && password.getPassword() != null) {
            return SignedIn.byPassword(auth, password.getUsername(), password.getPassword())
                    .map(ok -> SignedIn.user(ok.user()));
        }
        if (credentials instanceof TokenCredentials token) {
            return auth.sessions()
                    .authenticate(token.getToken())
                    .map(session -> SignedIn.user(session.user()))
                    .switchIfEmpty(Mono.error(LoginErrors::deadToken));
        }
        return Mono.error(LoginErrors.unknownCredentials(credentials.getClass()));
    }
}
