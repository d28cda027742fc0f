package rillite.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Passkeys and security keys: what WebAuthn needs stored. Signatures are verified by a library of your choice.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Passkeys {

    /** What came of a signature's counter. */
    public enum CounterResult {
        /** It was higher, or the authenticator does not count. */
        ADVANCED,
        /** It was not higher: there may be a second authenticator with the same key. Do not sign in. */
        SUSPECTED_CLONE,
        /** There is no such passkey. */
        UNKNOWN
    }

    private final Store store;

    Passkeys(Store store) {
        this.store = store;
    }

    /** As {@link #save(Passkey, SessionId)}, ending all sessions. */
    public Mono<Void> save(Passkey passkey) {
        return save(passkey, null);
    }

    /**
     * Saves a passkey, or what is kept beside one of the same user. Its counter never goes back that way. Ends all sessions but
     * one when it is new.
     *
     * @param keep the session that goes on; null ends all
     * @return {@link FactorException} when somebody else has a passkey of that id; {@link UnknownUserException}
     */
    public Mono<Void> save(Passkey passkey, @Nullable SessionId keep) {
        Objects.requireNonNull(passkey, "passkey must not be null");
        UserId user = passkey.user();
        return store.together(() -> inserted(passkey)
                .flatMap(isNew -> isNew ? Factor.changed(store, user, keep, "passkey.saved") : updated(passkey)));
    }

    private Mono<Boolean> inserted(Passkey passkey) {
        Passkey.Details details = passkey.details();
        Passkey.State state = passkey.state();
        return store.changes(
                "INSERT INTO auth_passkey (credential_id, user_id, user_handle, public_key, counter, device_type,"
                        + " backup_eligible, backed_up, uv_initialized, transports, aaguid, label, attestation,"
                        + " client_data, created_at) SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
                        + " ?14, ?15 FROM auth_user u WHERE u.id = ?2 ON CONFLICT (credential_id) DO NOTHING",
                passkey.credentialId(),
                passkey.user().value(),
                passkey.userHandle(),
                passkey.publicKey(),
                state.counter(),
                details.deviceType(),
                state.backupEligible(),
                state.backedUp(),
                state.uvInitialized(),
                passkey.joinedTransports(),
                details.aaguid(),
                details.label(),
                details.attestation(),
                details.clientData(),
                store.now());
    }

    private Mono<Void> updated(Passkey passkey) {
        return find(passkey.credentialId())
                .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(passkey.user())))
                .flatMap(known -> !known.user().equals(passkey.user())
                        ? Mono.error(AuthErrors.passkeyTaken())
                        : store.change(
                                        "UPDATE auth_passkey SET label = ?2, backed_up = ?3, uv_initialized = ?4,"
                                                + " transports = ?5 WHERE credential_id = ?1",
                                        passkey.credentialId(),
                                        passkey.details().label(),
                                        passkey.state().backedUp(),
                                        passkey.state().uvInitialized(),
                                        passkey.joinedTransports())
                                .then());
    }

    /** A passkey; empty when there is none of that id. */
    public Mono<Passkey> find(byte[] credentialId) {
        Objects.requireNonNull(credentialId, "credentialId must not be null");
        return store.row("SELECT * FROM auth_passkey WHERE credential_id = ?1", credentialId.clone())
                .map(row -> Passkey.of(Fields.of(row)));
    }

    /** The passkeys of a user, the oldest first. */
    public Flux<Passkey> of(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.rows(
                        "SELECT * FROM auth_passkey WHERE user_id = ?1 ORDER BY created_at, credential_id",
                        user.value())
                .map(row -> Passkey.of(Fields.of(row)));
    }

    /**
     * Notes a signature and its counter. Let it count only when this gives {@link CounterResult#ADVANCED}.
     *
     * @param counter 0 when the authenticator does not count
     * @throws InvalidAuthValueException the counter is out of bounds
     */
    public Mono<CounterResult> advance(byte[] credentialId, long counter) {
        Objects.requireNonNull(credentialId, "credentialId must not be null");
        Passkey.State checked = new Passkey.State(counter, false, false, false);
        byte[] id = credentialId.clone();
        return Mono.defer(() -> store.changes(
                        "UPDATE auth_passkey SET counter = ?2, last_used_at = ?3 WHERE credential_id = ?1"
                                + " AND (counter < ?2 OR (?2 = 0 AND counter = 0))",
                        id,
                        checked.counter(),
                        store.now()))
                .flatMap(advanced -> advanced
                        ? Mono.just(CounterResult.ADVANCED)
                        : find(id).map(known -> CounterResult.SUSPECTED_CLONE).defaultIfEmpty(CounterResult.UNKNOWN));
    }

    /** As {@link #delete(UserId, byte[], SessionId)}, ending all sessions. */
    public Mono<Boolean> delete(UserId user, byte[] credentialId) {
        return delete(user, credentialId, null);
    }

    /** Deletes a passkey of that user. Ends all sessions but one. False when they have none of that id. */
    public Mono<Boolean> delete(UserId user, byte[] credentialId, @Nullable SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(credentialId, "credentialId must not be null");
        byte[] id = credentialId.clone();
        return store.together(() -> store.changes(
                        "DELETE FROM auth_passkey WHERE credential_id = ?1 AND user_id = ?2", id, user.value())
                .delayUntil(done -> done ? Factor.changed(store, user, keep, "passkey.deleted") : Mono.empty()));
    }
}
