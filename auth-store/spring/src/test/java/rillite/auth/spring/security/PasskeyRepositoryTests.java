package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.auth.ActiveSession;
import rillite.auth.IssuedSession;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;
import rillite.core.testing.Await;

/** The blocking contracts of Spring's passkeys. */
final class PasskeyRepositoryTests extends StoreTests {

    private static final Bytes KEY = new Bytes(new byte[] {1, 2, 3});

    private UserCredentialRepository credentials;
    private PublicKeyCredentialUserEntityRepository entities;
    private UserId ada;

    @BeforeEach
    void ada() {
        BlockingPasskeyRepositories blocking = new BlockingPasskeyRepositories(auth);
        credentials = blocking.credentials();
        entities = blocking.userEntities();
        ada = user("ada@example.org");
    }

    @AfterEach
    void forget() {
        SecurityContextHolder.clearContext();
    }

    private ImmutableCredentialRecord.ImmutableCredentialRecordBuilder passkey(long counter) {
        PublicKeyCredentialUserEntity entity = entities.findByUsername("ada@example.org");
        assertThat(entity).isNotNull();
        return ImmutableCredentialRecord.builder()
                .credentialId(KEY)
                .userEntityUserId(entity.getId())
                .publicKey(new ImmutablePublicKeyCose(new byte[] {7, 7}))
                .signatureCount(counter)
                .uvInitialized(true)
                .backupEligible(true)
                .transports(Set.of(AuthenticatorTransport.INTERNAL, AuthenticatorTransport.HYBRID))
                .attestationObject(new Bytes(new byte[] {9}))
                .label("phone");
    }

    private void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not. Call them on Schedulers.boundedElastic()");
    }

    @Test
    void entity_isTheUserOfTheStore() {
        PublicKeyCredentialUserEntity entity = entities.findByUsername("ADA@example.org");
        assertThat(entity).isNotNull();
        assertThat(entity.getName()).isEqualTo("ada@example.org");
        assertThat(entities.findById(entity.getId())).isNotNull();
        assertThat(entities.findByUsername("nobody@example.org")).isNull();
        assertThat(entities.findById(new Bytes(new byte[] {0, -1, 5}))).isNull();
        entities.save(entity);

        PublicKeyCredentialUserEntity stranger = ImmutablePublicKeyCredentialUserEntity.builder()
                .id(Bytes.random())
                .name("nobody@example.org")
                .displayName("nobody")
                .build();
        assertThatThrownBy(() -> entities.save(stranger)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passkey_saved_comesBackAsItWas() {
        CredentialRecord saved = passkey(5).build();
        credentials.save(saved);
        CredentialRecord found = credentials.findByCredentialId(KEY);

        assertThat(found).isNotNull();
        assertThat(found.getUserEntityUserId()).isEqualTo(saved.getUserEntityUserId());
        assertThat(found.getPublicKey().getBytes()).containsExactly(7, 7);
        assertThat(found.getSignatureCount()).isEqualTo(5);
        assertThat(found.getTransports())
                .containsExactlyInAnyOrder(AuthenticatorTransport.INTERNAL, AuthenticatorTransport.HYBRID);
        assertThat(found.isBackupEligible()).isTrue();
        assertThat(found.getAttestationObject()).isEqualTo(new Bytes(new byte[] {9}));
        assertThat(found.getAttestationClientDataJSON()).isNull();
        assertThat(found.getLabel()).isEqualTo("phone");
        assertThat(credentials.findByUserId(saved.getUserEntityUserId())).hasSize(1);
        assertThat(credentials.findByUserId(Bytes.random())).isEmpty();

        credentials.delete(KEY);
        credentials.delete(KEY);
        assertThat(credentials.findByCredentialId(KEY)).isNull();
    }

    @Test
    void counter_goesUpOnly() {
        credentials.save(passkey(5).build());
        credentials.save(passkey(6).backupState(true).build());
        CredentialRecord found = credentials.findByCredentialId(KEY);
        assertThat(found).isNotNull();
        assertThat(found.getSignatureCount()).isEqualTo(6);
        assertThat(found.isBackupState()).isTrue();

        assertThatThrownBy(() -> credentials.save(passkey(4).build())).isInstanceOf(BadCredentialsException.class);
        credentials.save(passkey(6).label("old phone").build());
        assertThat(count("SELECT counter FROM auth_passkey WHERE label = 'old phone'"))
                .isEqualTo(6);
    }

    /** Spring looks the passkey up, checks the signature, and saves what it looked up: its user may delete it in between. */
    @Test
    void passkey_deletedWhileItSignsIn_staysDeleted() {
        credentials.save(passkey(5).build());
        CredentialRecord found = credentials.findByCredentialId(KEY);
        assertThat(found).isNotNull();
        credentials.delete(KEY);
        IssuedSession session = get(auth.sessions().create(ada, SessionRequest.none()));
        CredentialRecord used = ImmutableCredentialRecord.fromCredentialRecord(found)
                .signatureCount(6)
                .lastUsed(found.getCreated().plusSeconds(1))
                .build();

        assertThatThrownBy(() -> credentials.save(used)).isInstanceOf(BadCredentialsException.class);
        assertThat(credentials.findByCredentialId(KEY)).isNull();
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
    }

    @Test
    void passkey_deletedAgainstSaves_neverComesBack() throws Exception {
        for (int round = 0; round < 20; round++) {
            credentials.save(passkey(round).build());
            CredentialRecord found = credentials.findByCredentialId(KEY);
            assertThat(found).isNotNull();
            int counter = round + 1;
            Await.race(2, caller -> {
                if (caller == 0) {
                    credentials.delete(KEY);
                } else {
                    try {
                        credentials.save(ImmutableCredentialRecord.fromCredentialRecord(found)
                                .signatureCount(counter)
                                .lastUsed(found.getCreated().plusSeconds(1))
                                .build());
                    } catch (BadCredentialsException deleted) {
                        return caller;
                    }
                }
                return caller;
            });
            assertThat(credentials.findByCredentialId(KEY)).isNull();
        }
    }

    @Test
    void passkey_ofDisabledUser_isNotFound() {
        credentials.save(passkey(5).build());
        run(auth.users().disable(ada));
        assertThat(credentials.findByCredentialId(KEY)).isNull();
        assertThat(credentials.findByUserId(PasskeyUsers.handle(ada))).isEmpty();
    }

    @Test
    void passkey_new_endsTheOtherSessions() {
        IssuedSession here = get(auth.sessions().create(ada, SessionRequest.none()));
        IssuedSession there = get(auth.sessions().create(ada, SessionRequest.none()));
        ActiveSession active = get(auth.sessions().authenticate(here.token().expose()));
        AuthStoreUser user = AuthStoreUser.active(active, Set.of());
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
        credentials.save(passkey(5).build());

        assertThat(find(auth.sessions().authenticate(here.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().authenticate(there.token().expose()))).isNull();
    }

    @Test
    void users_deleted_loseTheirPasskeysOnly() {
        CredentialRecord saved = passkey(5).build();
        credentials.save(saved);
        entities.delete(saved.getUserEntityUserId());

        assertThat(credentials.findByCredentialId(KEY)).isNull();
        assertThat(find(auth.users().findById(ada))).isNotNull();
    }

    @Test
    void threadsThatMustNotWait_areRefused() throws Exception {
        run(Mono.fromRunnable(() -> refused(() -> credentials.findByCredentialId(KEY)))
                .subscribeOn(Schedulers.parallel()));
        // One of the database itself: waiting on it would wait for itself.
        run(auth.users().findById(ada).doOnNext(found -> refused(() -> entities.findByUsername("ada@example.org"))));
        for (String name : new String[] {"vert.x-eventloop-thread-0", "nioEventLoopGroup-2-1"}) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            new Thread(
                            () -> {
                                try {
                                    refused(() -> credentials.delete(KEY));
                                    done.complete(null);
                                } catch (Throwable failed) {
                                    done.completeExceptionally(failed);
                                }
                            },
                            name)
                    .start();
            done.get(60, TimeUnit.SECONDS);
        }
    }
}
