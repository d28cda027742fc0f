package rillite.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Transaction;
import rillite.querysets.TransactionException;

/** Hashes passwords on the threads of the pool, and nowhere inside of a transaction: all writers would wait for it. */
final class Hashing {

    private final Store store;
    private final HashPool pool;

    Hashing(Store store, HashPool pool) {
        this.store = store;
        this.pool = pool;
    }

    /** Refuses where no password could be hashed now, before the database is asked anything. */
    Mono<Void> place() {
        return pool.place();
    }

    /** A new hash, as it is stored. */
    Mono<String> hashed(byte[] password) {
        Argon2 cost = store.options().argon2();
        return outside().then(pool.run(() -> PhcHash.of(password, cost).text()));
    }

    /** Whether a password is the one that is stored. Takes as long where none is, or where it cannot be checked. */
    Mono<Boolean> matches(byte @Nullable [] password, Passwords.@Nullable Stored stored) {
        Argon2 cost = store.options().argon2();
        return outside().then(pool.run(() -> {
            StoredPassword hash =
                    stored == null ? null : StoredPassword.find(stored.hash().expose());
            boolean checkable = hash != null && hash.isCheckable(cost);
            if (stored != null && !checkable) {
                Log.warnOnce(
                        Passwords.class,
                        "The stored password of user " + stored.user().id()
                                + " is of no kind that can be checked; the user cannot sign in by it");
            }
            StoredPassword asked = hash == null || !checkable || password == null ? PhcHash.ofNobody(cost) : hash;
            return asked.matches(password == null ? new byte[0] : password);
        }));
    }

    private Mono<Void> outside() {
        return Mono.defer(() -> store.database().isInTransaction()
                ? Mono.error(inside(null))
                : Transaction.requireNone(store.database().connectionFactory())
                        .onErrorMap(TransactionException.class, Hashing::inside));
    }

    private static IllegalStateException inside(@Nullable Throwable cause) {
        return new IllegalStateException(
                "A password is hashed inside of a transaction, where all writers would wait for it. Call"
                        + " passwords() of the store outside.",
                cause);
    }
}
