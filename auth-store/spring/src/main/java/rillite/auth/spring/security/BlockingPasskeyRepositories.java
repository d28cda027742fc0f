package rillite.auth.spring.security;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.auth.AuthStore;
import rillite.auth.SessionId;

/**
 * The passkey repositories of Spring Security, whose methods give their results at once and so have to wait for the database. They
 * refuse to do that on threads that must not wait: event loops, and all that Reactor knows as {@code NonBlocking}. Call them, or
 * what Spring builds on them, on threads of a servlet container or on {@code Schedulers.boundedElastic()}.
 *
 * <p>Reactive programs use {@link AuthStore#passkeys} instead.
 */
public final class BlockingPasskeyRepositories {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AuthStore store;

    /** Over that store. */
    public BlockingPasskeyRepositories(AuthStore store) {
        this.store = store;
    }

    /**
     * The passkeys. The handle of a user is their id. Those of disabled users are not found. A counter that does not go up is
     * refused, as {@link rillite.auth.Passkeys#advance} says. A new passkey ends the other sessions of its user: all but the one of
     * the {@link AuthStoreUser} in {@link SecurityContextHolder}, if there is one. One that was deleted while it signs in stays
     * deleted: a record that was used already is no new passkey.
     */
    public UserCredentialRepository credentials() {
        return new PasskeyCredentials(this, store);
    }

    /** The users of the store as WebAuthn knows them: all that have an id of at most 64 bytes. They are made by the store alone. */
    public PublicKeyCredentialUserEntityRepository userEntities() {
        return new PasskeyUsers(this, store);
    }

    /** Waits, at most 30 seconds. */
    <T> @Nullable T await(Mono<T> work) {
        Thread thread = Thread.currentThread();
        if (Schedulers.isInNonBlockingThread()
                || thread.getName().toLowerCase(Locale.ROOT).contains("eventloop")) {
            throw new IllegalStateException("The passkey repositories of Spring Security wait for the database, which "
                    + thread.getName() + " must not. Call them on Schedulers.boundedElastic(), or use"
                    + " AuthStore.passkeys(), which waits for nothing.");
        }
        return work.block(PATIENCE);
    }

    /** The session that registers a passkey, where that is known. */
    static @Nullable SessionId session() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof AuthStoreUser user
                ? user.session().orElse(null)
                : null;
    }
}
