package rillite.auth.spring.security;

import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.PasswordResult;

/**
 * Checks passwords by {@link rillite.auth.Passwords#verify}: unknown users take as long as known ones, failures lock the login,
 * weak hashes are replaced, and hashing has threads of its own, of which there are so many and no more. Declare it as a bean; form
 * login and HTTP Basic find it.
 *
 * <p>A second factor is not asked for: the session is of level 1, see {@link AuthStoreUser#level}. Ask in a page of your own, then
 * call {@link AuthStoreServerSecurityContextRepository#rotate}.
 *
 * <p>Answers by {@code BadCredentialsException} for a wrong login or password, {@code LockedException} while the login is locked,
 * {@code AuthenticationServiceException} when too many passwords are being checked already. Other kinds of authentication are not
 * its business: it completes empty.
 */
public final class AuthStoreReactiveAuthenticationManager implements ReactiveAuthenticationManager {

    private final AuthStore store;

    /** Over that store. */
    public AuthStoreReactiveAuthenticationManager(AuthStore store) {
        this.store = store;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        if (!(authentication instanceof UsernamePasswordAuthenticationToken)) {
            return Mono.empty();
        }
        Object credentials = authentication.getCredentials();
        String password = credentials == null ? "" : credentials.toString();
        return Mono.defer(() -> store.passwords().verify(authentication.getName(), password))
                .flatMap(this::answered)
                .map(user -> signedIn(user, authentication))
                .onErrorMap(SignInErrors::translated);
    }

    private Mono<AuthStoreUser> answered(PasswordResult result) {
        if (result instanceof PasswordResult.Ok ok) {
            return store.users()
                    .findLogin(ok.user().id())
                    .map(login -> AuthStoreUser.shown(login, ok))
                    .switchIfEmpty(Mono.error(SignInErrors::rejected));
        }
        return Mono.error(
                result instanceof PasswordResult.Locked locked
                        ? SignInErrors.locked(locked.until())
                        : SignInErrors.rejected());
    }

    private static Authentication signedIn(AuthStoreUser user, Authentication asked) {
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        token.setDetails(asked.getDetails());
        return token;
    }
}
