package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.webauthn4j.Authenticator;
import io.vertx.ext.auth.webauthn4j.CredentialStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.FactorException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.Passkey;
import rillite.auth.Passkeys;
import rillite.auth.User;

/**
 * Keeps the passkeys of {@code WebAuthn4J} in the store: {@code WebAuthn4J.create(vertx, options).credentialStorage(..)}. User
 * names are e-mail addresses; unknown and disabled users have no passkeys.
 *
 * <p>{@code WebAuthn4J} registers a passkey for whatever name it is told: let only who is signed in register, and only for their
 * own name. A new passkey ends the sessions of its user, as {@link Passkeys#save(Passkey)} says: sign in again behind it.
 *
 * <p>Futures complete on the context of the caller, and fail with {@link PasskeyRefusedException}.
 */
public final class AuthStoreCredentialStorage implements CredentialStorage {

    private final Vertx vertx;
    private final AuthStore auth;

    private AuthStoreCredentialStorage(Vertx vertx, AuthStore auth) {
        this.vertx = vertx;
        this.auth = auth;
    }

    /** Over that store, which is migrated. */
    public static AuthStoreCredentialStorage create(Vertx vertx, AuthStore auth) {
        return new AuthStoreCredentialStorage(vertx, auth);
    }

    /**
     * The passkeys that are of that user and have that id.
     *
     * @param username the e-mail address; null for anybody
     * @param credentialId in base64url; null for all of the user
     */
    @Override
    public Future<List<Authenticator>> find(@Nullable String username, @Nullable String credentialId) {
        return Futures.of(vertx, Mono.defer(() -> found(username, credentialId).collectList()));
    }

    private Flux<Authenticator> found(@Nullable String username, @Nullable String credentialId) {
        byte[] id = credentialId == null ? null : PasskeyForms.findBytes(credentialId);
        if (username != null) {
            return user(username)
                    .flatMapMany(user -> auth.passkeys()
                            .of(user.id())
                            .map(passkey -> PasskeyForms.authenticator(user, passkey))
                            .filter(known -> credentialId == null || PasskeyForms.isSameId(known, id)));
        }
        return id == null
                ? Flux.empty()
                : auth.passkeys()
                        .find(id)
                        .flatMap(passkey -> auth.users()
                                .findById(passkey.user())
                                .filter(user -> !user.isDisabled())
                                .map(user -> PasskeyForms.authenticator(user, passkey)))
                        .flux();
    }

    private Mono<User> user(String username) {
        return auth.users().findByEmail(username).filter(user -> !user.isDisabled());
    }

    /** Saves a passkey that was registered just now. One that is known already is refused. */
    @Override
    public Future<Void> storeCredential(Authenticator authenticator) {
        return Futures.of(
                vertx, Mono.defer(() -> stored(authenticator)).onErrorMap(AuthStoreCredentialStorage::refused));
    }

    private Mono<Void> stored(Authenticator authenticator) {
        byte[] id = PasskeyForms.bytes("credID", authenticator.getCredID());
        Mono<Void> save = user(String.valueOf(authenticator.getUsername()))
                .switchIfEmpty(Mono.error(() -> new PasskeyRefusedException(
                        "There is no user of that name that may sign in: create it before its passkey.")))
                .flatMap(user -> auth.passkeys().save(PasskeyForms.passkey(user, id, authenticator)));
        return auth.passkeys().find(id).hasElement().flatMap(known -> known ? Mono.error(known()) : save);
    }

    private static PasskeyRefusedException known() {
        return new PasskeyRefusedException("The passkey is registered already (auth_passkey.credential_id).");
    }

    /** What the client has sent is to blame: it is a refusal. Errors of the database stay what they are. */
    private static Throwable refused(Throwable error) {
        if (error instanceof FactorException) {
            return known(); // by another user at the same time
        }
        return error instanceof InvalidAuthValueException invalid
                ? new PasskeyRefusedException(String.valueOf(invalid.getMessage()))
                : error;
    }

    /** Notes a signature and its counter. Fails when the counter did not go up: there may be a copy of the key. */
    @Override
    public Future<Void> updateCounter(Authenticator authenticator) {
        return Futures.of(
                vertx,
                Mono.defer(() -> auth.passkeys()
                                .advance(
                                        PasskeyForms.bytes("credID", authenticator.getCredID()),
                                        authenticator.getCounter())
                                .flatMap(AuthStoreCredentialStorage::advanced))
                        .onErrorMap(AuthStoreCredentialStorage::refused));
    }

    private static Mono<Void> advanced(Passkeys.CounterResult result) {
        return switch (result) {
            case ADVANCED -> Mono.empty();
            case SUSPECTED_CLONE ->
                Mono.error(new PasskeyRefusedException(
                        "The counter of the passkey did not go up: there may be a second authenticator with its key."));
            case UNKNOWN -> Mono.error(new PasskeyRefusedException("There is no such passkey."));
        };
    }
}
