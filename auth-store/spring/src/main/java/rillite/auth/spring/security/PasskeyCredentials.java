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
                .filterWhen(passkey -> store.users()
                        .findById(passkey.user())
                        .map(user -> !user.isDisabled())
                        .defaultIfEmpty(false))
                .map(CredentialRecords::of));
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes userId) {
        List<CredentialRecord> found = blocking.await(PasskeyUsers.user(userId)
                .flatMapMany(user -> store.passkeys().of(user))
                .map(CredentialRecords::of)
                .collectList());
        return found == null ? List.of() : found;
    }

    @Override
    public void save(CredentialRecord credentialRecord) {
        Passkey wanted = CredentialRecords.passkey(credentialRecord);
        SessionId keep = BlockingPasskeyRepositories.session();
        blocking.await(store.passkeys()
                .find(wanted.credentialId())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(known -> known.map(before -> counted(before, wanted))
                        .orElse(Mono.empty())
                        .then(store.passkeys().save(wanted, keep))));
    }

    /** A signature: the higher counter wins, and one that goes back is a second authenticator with the same key. */
    private Mono<Void> counted(Passkey before, Passkey wanted) {
        long here = before.state().counter();
        long there = wanted.state().counter();
        return here == there && here != 0
                ? Mono.empty()
                : store.passkeys()
                        .advance(wanted.credentialId(), there)
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
