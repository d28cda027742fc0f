package rillite.auth.spring.security;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.Passkey;
import rillite.auth.Passkeys;
import rillite.auth.SessionId;
import rillite.auth.UserId;

/** The passkeys of the store as Spring asks for them. */
final class PasskeyCredentials implements UserCredentialRepository {

    private final BlockingPasskeyRepositories blocking;
    private final AuthStore store;

    PasskeyCredentials(BlockingPasskeyRepositories blocking, AuthStore store) {
        this.blocking = blocking;
        this.store = store;
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
        return blocking.await(store.passkeys()
                .find(credentialId.getBytes())
                // Spring does not ask whether the user is disabled.
                .filterWhen(passkey -> maySignIn(passkey.user()))
                .map(CredentialRecords::of));
    }

    private Mono<Boolean> maySignIn(UserId user) {
        return store.users().findById(user).map(found -> !found.isDisabled()).defaultIfEmpty(false);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes userId) {
        List<CredentialRecord> found = blocking.await(PasskeyUsers.user(userId)
                .filterWhen(this::maySignIn)
                .flatMapMany(user -> store.passkeys().of(user))
                .map(CredentialRecords::of)
                .collectList());
        return found == null ? List.of() : found;
    }

    @Override
    public void save(CredentialRecord credentialRecord) {
        Passkey wanted = CredentialRecords.passkey(credentialRecord);
        SessionId keep = BlockingPasskeyRepositories.session();
        boolean isUsed = credentialRecord.getLastUsed().isAfter(credentialRecord.getCreated());
        blocking.await(store.inTransaction(inside -> inside.passkeys()
                .find(wanted.credentialId())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(known -> known.map(before -> counted(inside.passkeys(), before, wanted))
                        .orElse(isUsed ? Mono.error(PasskeyCredentials::deleted) : Mono.empty())
                        .then(inside.passkeys().save(wanted, keep)))));
    }

    /** It was looked up, then deleted, and is now to be saved with its new counter: that must not bring it back. */
    private static BadCredentialsException deleted() {
        return new BadCredentialsException("There is no such passkey: it was deleted while it signed in. To take over"
                + " passkeys from elsewhere call passkeys().save(..) of the AuthStore.");
    }

    /** A signature: the higher counter wins, and one that goes back is a second authenticator with the same key. */
    private static Mono<Void> counted(Passkeys passkeys, Passkey before, Passkey wanted) {
        long here = before.state().counter();
        long there = wanted.state().counter();
        return here == there && here != 0
                ? Mono.empty()
                : passkeys.advance(wanted.credentialId(), there)
                        .flatMap(
                                result -> result == Passkeys.CounterResult.ADVANCED
                                        ? Mono.empty()
                                        : Mono.error(
                                                new BadCredentialsException(
                                                        "The counter of the passkey did not go up: there"
                                                                + " may be a second authenticator with the same key. Let its user remove it.")));
    }

    @Override
    public void delete(Bytes credentialId) {
        byte[] id = credentialId.getBytes();
        SessionId keep = BlockingPasskeyRepositories.session();
        blocking.await(
                store.passkeys().find(id).flatMap(passkey -> store.passkeys().delete(passkey.user(), id, keep)));
    }
}
