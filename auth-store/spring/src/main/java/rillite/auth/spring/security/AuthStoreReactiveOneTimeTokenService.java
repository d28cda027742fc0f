package rillite.auth.spring.security;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ott.DefaultOneTimeToken;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.reactive.ReactiveOneTimeTokenService;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.IssuedToken;
import rillite.auth.Login;
import rillite.auth.Purpose;
import rillite.auth.Tokens;
import rillite.auth.User;

/**
 * One-time tokens of which only the SHA-256 is stored, as {@link Purpose#MAGIC_LINK}. Of any number that use one at once, in any
 * number of processes, exactly one gets in. Declare it as a bean; {@code oneTimeTokenLogin} finds it, and needs {@link
 * AuthStoreReactiveUserDetailsService} beside it.
 *
 * <p>A token is made for every name, known or not, so that the answer tells nothing. Only the newest one of a name works. Send it to
 * the stored address of the user, never to the name that was typed, and limit how often by {@code store.throttle()}.
 *
 * <p>Using a token does not set {@code emailVerifiedAt}: only you know whether it was mailed, and whether a password from before the
 * proof may stay. Where it proves the address, say so in the handler of a successful sign-in, of that very address, {@link
 * AuthStoreUser#email} of the principal, which may have been changed in the meantime:
 *
 * <pre>{@code
 * store.inTransaction(inside -> inside.users().findById(user.id())
 *         .filter(now -> user.email().equals(Optional.ofNullable(now.email())))
 *         .flatMap(now -> inside.users().update(user.id(), UserPatch.none().emailVerifiedAt(Instant.now()))))
 * }</pre>
 */
public final class AuthStoreReactiveOneTimeTokenService implements ReactiveOneTimeTokenService {

    /** Stands for names that no user can have, such as one with control characters. */
    private static final String NOBODY = "nobody, whose name cannot be stored";

    private final AuthStore store;

    /** Over that store. */
    public AuthStoreReactiveOneTimeTokenService(AuthStore store) {
        this.store = store;
    }

    /** A token for a name, which arrives after its commit. One for a name that nobody can have works for nothing. */
    @Override
    public Mono<OneTimeToken> generate(GenerateOneTimeTokenRequest request) {
        String name = request.getUsername();
        Duration life = request.getExpiresIn();
        return issued(name, life)
                .onErrorResume(InvalidAuthValueException.class, odd -> issued(NOBODY, life))
                .<OneTimeToken>map(
                        issued -> new DefaultOneTimeToken(issued.token().expose(), name, issued.expiresAt()));
    }

    private Mono<IssuedToken> issued(String name, Duration life) {
        return Mono.defer(
                () -> store.tokens().issue(Purpose.MAGIC_LINK, name, life, Map.of(), Tokens.SupersedePolicy.REPLACE));
    }

    /**
     * Uses a token up. Empty when it is unknown, used or expired, or its user is unknown or disabled.
     *
     * @return a token that names the address it was sent to, or the id of a user without one
     */
    @Override
    public Mono<OneTimeToken> consume(OneTimeTokenAuthenticationToken authentication) {
        String raw = authentication.getTokenValue();
        return Mono.defer(() -> store.tokens().peek(Purpose.MAGIC_LINK, raw)).flatMap(known -> used(raw));
    }

    private Mono<OneTimeToken> used(@Nullable String raw) {
        return store.inTransaction(inside -> inside.tokens()
                .consume(Purpose.MAGIC_LINK, raw)
                .flatMap(token -> inside.users()
                        .findLogin(token.subject())
                        .map(Login::user)
                        .filter(user -> !user.isDisabled())
                        .map(user -> new DefaultOneTimeToken(
                                raw == null ? "" : raw, name(user, token.subject()), token.expiresAt()))));
    }

    /** The address that the token was sent to: whoever moves it elsewhere in the meantime is not found by it any more. */
    private static String name(User user, String subject) {
        String address = user.email();
        return address != null && subject.equals(user.id().value()) ? address : subject;
    }
}
