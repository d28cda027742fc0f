package rillite.auth;

import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/**
 * The front door: users, sessions and what belongs to them, in the tables {@code auth_*} of a database. Safe to share; it holds
 * nothing that needs closing, closing the database is enough.
 *
 * <p>Call {@link #migrate} when the program starts. Its first use warns when the database does not wait for the disk at a commit
 * (synchronous below FULL): after a loss of power a revoked session or a used token could be back.
 */
public final class AuthStore {

    private final Store store;
    private final Touches touches;
    private final KnownSessions known;
    private final Generation generation;
    private final HashPool pool;

    private AuthStore(Store store, Touches touches, KnownSessions known, Generation generation, HashPool pool) {
        this.store = store;
        this.touches = touches;
        this.known = known;
        this.generation = generation;
        this.pool = pool;
    }

    /** As {@link #on(Database, AuthOptions)} with the defaults. */
    public static AuthStore on(Database database) {
        return on(database, AuthOptions.defaults());
    }

    /** A store in that database, which is neither read nor written. Call this when the program starts, not on an event
     * loop: random numbers are seeded. */
    public static AuthStore on(Database database, AuthOptions options) {
        Objects.requireNonNull(database, "database must not be null");
        Objects.requireNonNull(options, "options must not be null");
        Chance.prepare();
        Store store = new Store(database, options);
        return new AuthStore(
                store,
                new Touches(store),
                new KnownSessions(options.knownSessions()),
                new Generation(store),
                new HashPool(options));
    }

    /** Who there is. */
    public Users users() {
        return new Users(store);
    }

    /** Who is signed in. */
    public Sessions sessions() {
        return new Sessions(store, touches, known, generation);
    }

    /** Who may sign in with what they know. */
    public Passwords passwords() {
        return new Passwords(store, pool);
    }

    /** Who may sign in through somebody else. */
    public Accounts accounts() {
        return new Accounts(store, sessions());
    }

    /** One-time passwords of an authenticator, and backup codes. */
    public Totp totp() {
        return new Totp(store);
    }

    /** Passkeys and security keys. */
    public Passkeys passkeys() {
        return new Passkeys(store);
    }

    /** Links that work once. */
    public Tokens tokens() {
        return new Tokens(store);
    }

    /** Short codes that are sent and typed. */
    public Codes codes() {
        return new Codes(store);
    }

    /** Who may do what. */
    public Roles roles() {
        return new Roles(store);
    }

    /** What may happen so and so often. */
    public Throttle throttle() {
        return new Throttle(store);
    }

    /** What happened. */
    public Audit audit() {
        return new Audit(store);
    }

    /** What sweeps out what has expired. */
    public Maintenance maintenance() {
        return new Maintenance(store);
    }

    /**
     * Creates what is missing of the tables, by the set {@code rillite-auth} of migrations. Several processes may do so at
     * once; not inside of a transaction.
     */
    public Mono<Void> migrate() {
        return AuthSchema.migrate(store);
    }

    /** Compares the tables with those that the store needs, and looks for rows that lost their parent. Writes nothing. */
    public Mono<SchemaReport> verifySchema() {
        return AuthSchema.verify(store);
    }

    /**
     * One write transaction for everything that the function's Mono does with the store it is given, or with this one. It is
     * committed when the Mono completes, and rolled back on error and on cancel; what it gives arrives after the commit. Nobody
     * else writes in the meantime: hash passwords outside.
     */
    public <T> Mono<T> inTransaction(Function<AuthStore, Mono<T>> body) {
        Objects.requireNonNull(body, "body must not be null");
        return store.database()
                .inTransaction(transaction ->
                        body.apply(new AuthStore(store.in(transaction), touches, known, generation, pool)))
                .singleOrEmpty();
    }

    /**
     * Refuses a store without a key for what is encrypted, for who would rather know when the program starts than when the first
     * secret is to be stored.
     *
     * @throws EncryptionException there is no {@link AuthOptions#encryptionKey}
     */
    public void requireEncryptionKey() {
        if (store.options().keys().isEmpty()) {
            throw AuthErrors.noKey();
        }
    }

    /** Without the options: they hold keys. */
    @Override
    public String toString() {
        return "AuthStore[" + store.database() + "]";
    }
}
