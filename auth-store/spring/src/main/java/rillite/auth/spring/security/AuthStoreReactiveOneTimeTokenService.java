package rillite.auth.spring.security;

import java.time.Duration;
import java.util.Map;
import org.springframework.security.authentication.ott.DefaultOneTimeToken;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.reactive.ReactiveOneTimeTokenService;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.IssuedToken;
import rillite.auth.Purpose;
import rillite.auth.Tokens;

/**
 * One-time tokens of which only the SHA-256 is stored, as {@link Purpose#MAGIC_LINK}. Of any number that use one at once, in any
 * number of processes, exactly one gets in. Declare it as a bean; {@code oneTimeTokenLogin} finds it, and needs {@link
 * AuthStoreReactiveUserDetailsService} beside it.
 *
 * <p>A token is made for every name, known or not, so that the answer tells nothing. Only the newest one of a name works. Send it to
 * the stored address of the user, never to the name that was typed, and limit how often by {@code store.throttle()}.
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

    /** Uses a token up. Empty when it is unknown, used or expired, or its user is unknown or disabled. */
    @Override
    public Mono<OneTimeToken> consume(OneTimeTokenAuthenticationToken authentication) {
        String raw = authentication.getTokenValue();
        return Mono.defer(() -> store.tokens().consume(Purpose.MAGIC_LINK, raw))
                .filterWhen(token -> store.users()
                        .findLogin(token.subject())
                        .map(login -> !login.user().isDisabled())
                        .defaultIfEmpty(false))
                .map(token -> new DefaultOneTimeToken(raw == null ? "" : raw, token.subject(), token.expiresAt()));
    }
}
