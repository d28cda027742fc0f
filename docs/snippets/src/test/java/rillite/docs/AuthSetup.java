package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import reactor.core.publisher.Mono;
import rillite.auth.AuditEvent;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.NewUser;
import rillite.auth.User;
import rillite.auth.UserId;
import rillite.auth.UserPatch;
import rillite.querysets.Database;

/** guides/auth.md: what does not depend on the framework. */
final class AuthSetup {

    private AuthSetup() {}

    // tag::open[]
    record App(Database database, AuthStore auth) {}

    static Mono<App> open(Path file, AuthOptions options) {
        return Database.open(file)
                .map(database -> new App(database, AuthStore.on(database, options)))
                .delayUntil(app -> app.auth().migrate());
    }
    // end::open[]

    // tag::signUp[]
    static Mono<User> signUp(AuthStore auth, String email, String name, String password) {
        return Mono.defer(() -> auth.passwords().register(NewUser.of(email).name(name), password));
    }
    // end::signUp[]

    // tag::options[]
    static AuthOptions options(byte[] key) {
        return AuthOptions.defaults()
                .issuer("Bookshop") // the name in authenticator apps
                .encryptionKey("2026-11", key)
                .sessionLife(Duration.ofDays(7), Duration.ofDays(30));
    }
    // end::options[]

    // tag::maintenance[]
    static void maintain(AuthStore auth) {
        auth.maintenance().schedule(Duration.ofHours(1)); // sweeps out what has expired, in small batches
    }
    // end::maintenance[]

    // tag::audit[]
    static Mono<Void> signedIn(AuthStore auth, UserId user, String address) {
        return auth.audit().record(AuditEvent.of("signed.in", user).ip(address));
    }
    // end::audit[]

    // tag::verified[]
    static Mono<User> proven(AuthStore auth, UserId user, String address) {
        return auth.inTransaction(inside -> inside.users()
                .findById(user)
                .filter(now -> address.equals(now.email())) // they may have another one by now
                .flatMap(now -> inside.users().update(user, UserPatch.none().emailVerifiedAt(Instant.now()))));
    }
    // end::verified[]

    /** That neither the token of the only session nor the password is in the tables, but what is made of them. */
    static void assertStoredAsHashes(App app, String token, String password) {
        String stored = Scratch.await(app.database()
                .sql(
                        "SELECT lower(hex(s.token_hash)) || ' ' || p.hash AS stored FROM auth_session s JOIN auth_password p"
                                + " ON p.user_id = s.user_id")
                .values()
                .flat(String.class)
                .get());
        assertThat(stored)
                .startsWith(sha256(token) + " $argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain(password);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
