package rillite.auth.spring.security;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.Login;
import rillite.auth.User;
import rillite.auth.UserId;

/** The users of the store as WebAuthn knows them. */
final class PasskeyUsers implements PublicKeyCredentialUserEntityRepository {

    /** So many bytes an authenticator keeps. */
    private static final int LONGEST_HANDLE = 64;

    private final BlockingPasskeyRepositories blocking;
    private final AuthStore store;

    PasskeyUsers(BlockingPasskeyRepositories blocking, AuthStore store) {
        this.blocking = blocking;
        this.store = store;
    }

    static Bytes handle(UserId user) {
        byte[] handle = user.value().getBytes(StandardCharsets.UTF_8);
        if (handle.length > LONGEST_HANDLE) {
            throw new IllegalArgumentException("The id of user " + user + " has " + handle.length
                    + " bytes. Passkeys of Spring Security need one of at most " + LONGEST_HANDLE + ".");
        }
        return new Bytes(handle);
    }

    /** The user of a handle; empty when it is not one of this store's. */
    static Mono<UserId> user(Bytes handle) {
        return Mono.fromCallable(() -> new UserId(new String(handle.getBytes(), StandardCharsets.UTF_8)))
                .onErrorResume(InvalidAuthValueException.class, foreign -> Mono.empty());
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
        return blocking.await(user(id).flatMap(store.users()::findById).map(PasskeyUsers::entity));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String username) {
        return blocking.await(store.users().findLogin(username).map(Login::user).map(PasskeyUsers::entity));
    }

    private static PublicKeyCredentialUserEntity entity(User user) {
        String email = user.email();
        String name = email == null ? user.id().value() : email;
        String shown = user.name();
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handle(user.id()))
                .name(name)
                .displayName(shown == null ? name : shown)
                .build();
    }

    /** There is nothing to save: the user is in the store already, or must be created there. */
    @Override
    public void save(PublicKeyCredentialUserEntity userEntity) {
        if (findById(userEntity.getId()) == null) {
            throw new IllegalArgumentException("There is no such user in the store. Create users by"
                    + " AuthStore.users().create(..); their handles are their ids.");
        }
    }

    /** Takes all passkeys of a user away; the user stays. */
    @Override
    public void delete(Bytes id) {
        blocking.await(user(id).flatMapMany(user -> store.passkeys().of(user))
                .concatMap(passkey -> store.passkeys()
                        .delete(passkey.user(), passkey.credentialId(), BlockingPasskeyRepositories.session()))
                .then());
    }
}
