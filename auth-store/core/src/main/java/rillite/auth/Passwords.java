package rillite.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who may sign in with what they know. Passwords are hashed by argon2id on threads of their own, never on those of the database
 * or of an event loop; when too many wait, one more is an {@link AuthOverloadedException} at once.
 *
 * <p>Passwords have 8 characters or more and at most 1,024 bytes; nothing is cut off or changed. A new one ends the other
 * sessions and the reset tokens of its user in the same transaction. Inside of a transaction, that of the store or of its
 * database, hashing is an {@link IllegalStateException}: it would hold up all writers.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Passwords {

    private static final int TRIES = 5;

    private final Store store;
    private final Hashing hashing;
    private final PasswordRows rows;
    private final Tokens tokens;

    Passwords(Store store, HashPool pool) {
        this.store = store;
        hashing = new Hashing(store, pool);
        rows = new PasswordRows(store);
        tokens = new Tokens(store);
    }

    /**
     * The hash of a user, for a framework that checks passwords itself.
     *
     * @param user who may sign in
     * @param hash as it is stored: argon2id or bcrypt, without the kind that Spring puts before it
     * @param epoch of their sessions now: {@code new PasswordResult.Ok(user, epoch)} begins one that dies with a later change
     */
    public record Stored(User user, Secret hash, long epoch) {}

    /**
     * The hash of a user, for a framework that checks passwords itself. It then also has to count failures, to answer unknown
     * users as slowly as known ones, and to hash outside of event loops: {@link #verify} does all of that.
     *
     * @param login the e-mail address
     * @return empty when the user is unknown or disabled, or has no password
     */
    public Mono<Stored> stored(String login) {
        Objects.requireNonNull(login, "login must not be null");
        return rows.ofAddress(EmailKey.find(login)).flatMap(Mono::justOrEmpty);
    }

    /**
     * Puts another hash of the same password in the place of one, as frameworks do when their parameters were raised. Sessions
     * go on. False when it was changed in the meantime, or there is none.
     *
     * @param old as {@link #stored} gave it
     * @param next of a kind that {@link #importHash} takes
     * @throws InvalidAuthValueException the new hash is of another kind, or would cost too much to check
     */
    public Mono<Boolean> replaceHash(UserId user, Secret old, String next) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(old, "old must not be null");
        Objects.requireNonNull(next, "next must not be null");
        String stored = StoredPassword.checked(next, store.options().argon2());
        return rows.rehash(user, StoredPassword.KIND.matcher(old.expose()).replaceFirst(""), stored);
    }

    /**
     * Creates a user with a password, both or none: hashes first, then writes in one transaction, so that nobody is left without
     * one by a cancel or a crash. An address that is taken takes as long as another.
     *
     * @return the user; {@link EmailTakenException} when somebody has the address
     * @throws InvalidAuthValueException the password is too short or too long
     */
    public Mono<User> register(NewUser user, CharSequence password) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(password, "password must not be null");
        byte[] bytes = PasswordText.of(password);
        return hashing.hashed(bytes)
                .flatMap(hash -> store.together(() -> new Users(store)
                        .create(user)
                        .delayUntil(created -> rows.write(created.id(), hash)
                                .then(Audit.record(store, AuditEvent.of("password.set", created.id()))))));
    }

    /** As {@link #set(UserId, CharSequence, SessionId)}, ending all sessions. */
    public Mono<Void> set(UserId user, CharSequence password) {
        return set(user, password, null);
    }

    /**
     * Sets a password, whatever it was before: for administrators, and who has just shown another factor. Ends all sessions but
     * one.
     *
     * @param keep the session that goes on, if it is theirs and alive; null ends all
     * @return {@link UnknownUserException} when there is no such user
     * @throws InvalidAuthValueException the password is too short or too long
     */
    public Mono<Void> set(UserId user, CharSequence password, @Nullable SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(password, "password must not be null");
        byte[] bytes = PasswordText.of(password);
        return hashing.hashed(bytes)
                .flatMap(hash -> store.together(
                        () -> rows.write(user, hash).then(Factor.changed(store, user, keep, "password.set"))));
    }

    /**
     * Takes a hash over from another program: argon2id in the form {@code $argon2id$v=19$..}, or bcrypt ({@code $2a$}, {@code
     * $2b$}, {@code $2y$}), also behind the {@code {bcrypt}} of Spring. The next sign-in replaces what costs less than is asked
     * for now. A password of more than 72 bytes does not match a hash of bcrypt, which would look at its beginning only. Ends all
     * sessions.
     *
     * @return {@link UnknownUserException} when there is no such user
     * @throws InvalidAuthValueException the hash is of another kind, or would cost too much to check
     */
    public Mono<Void> importHash(UserId user, String hash) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(hash, "hash must not be null");
        String stored = StoredPassword.checked(hash, store.options().argon2());
        return store.together(
                () -> rows.write(user, stored).then(Factor.changed(store, user, null, "password.imported")));
    }

    /**
     * Checks a password. Whether the user is unknown, has none or has another one makes no difference in the answer, in what is
     * counted, or in time. 10 failures in 15 minutes lock the login, as {@link AuthOptions} says: of many guesses at once none
     * wins behind the last one that is permitted. Each is written before it is answered, the right one too; where nothing can be
     * written nobody signs in. A password whose hash costs less than is asked for now is hashed again.
     *
     * @param login the e-mail address
     */
    public Mono<PasswordResult> verify(String login, CharSequence password) {
        Objects.requireNonNull(login, "login must not be null");
        Objects.requireNonNull(password, "password must not be null");
        byte[] bytes = PasswordText.find(password);
        String email = EmailKey.find(login);
        Failures failures = new Failures(store, Throttle.loginKey(email, login));
        Mono<PasswordResult> checked = rows.ofAddress(email)
                .flatMap(found -> hashing.matches(bytes, found.orElse(null))
                        .flatMap(right -> failures.settled(right && found.isPresent() && bytes != null))
                        .flatMap(accepted -> accepted
                                ? rehashed(found.orElseThrow(), bytes == null ? new byte[0] : bytes)
                                : Mono.just(new PasswordResult.Rejected())));
        Mono<PasswordResult> answer = failures.lockedUntil()
                .<PasswordResult>map(PasswordResult.Locked::new)
                .switchIfEmpty(checked);
        return hashing.place().then(answer);
    }

    /** Brings a hash up to what is asked for now. Loses quietly against a change, and never fails a sign-in. */
    private Mono<PasswordResult> rehashed(Stored found, byte[] password) {
        PasswordResult ok = new PasswordResult.Ok(found.user(), found.epoch());
        String old = found.hash().expose();
        StoredPassword hash = StoredPassword.find(old);
        if (hash == null || !hash.isWeakerThan(store.options().argon2())) {
            return Mono.just(ok);
        }
        return hashing.hashed(password)
                .flatMap(next -> rows.rehash(found.user().id(), old, next))
                .onErrorResume(error -> {
                    Log.warn(Passwords.class, "A password was not hashed again", error);
                    return Mono.empty();
                })
                .thenReturn(ok);
    }

    /**
     * Changes a password for who knows the old one. Ends all sessions but one.
     *
     * @param keep the session that goes on, if it is theirs and alive; null ends all
     * @return {@link WrongPasswordException} when the old one is wrong, or was wrong too often
     * @throws InvalidAuthValueException the new password is too short or too long
     */
    public Mono<Void> change(UserId user, CharSequence old, CharSequence next, @Nullable SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(old, "old must not be null");
        Objects.requireNonNull(next, "next must not be null");
        byte[] known = PasswordText.find(old);
        byte[] wanted = PasswordText.of(next);
        Failures failures = new Failures(store, "password:" + user.value());
        Mono<Void> locked = failures.lockedUntil().flatMap(until -> Mono.error(AuthErrors.lockedPassword(until)));
        return locked.then(change(user, known, wanted, keep, failures, TRIES));
    }

    private Mono<Void> change(
            UserId user, byte @Nullable [] old, byte[] next, @Nullable SessionId keep, Failures failures, int tries) {
        return rows.of(user)
                .flatMap(stored -> hashing.matches(old, stored.orElse(null))
                        .flatMap(right -> failures.settled(right && stored.isPresent() && old != null))
                        .flatMap(accepted -> accepted
                                ? hashing.hashed(next).flatMap(hash -> swapped(stored.orElseThrow(), hash, keep))
                                : Mono.<Boolean>error(AuthErrors.wrongPassword())))
                .flatMap(done -> {
                    if (done) {
                        return Mono.empty();
                    }
                    // A sign-in may have hashed the old one again in the meantime: look once more.
                    return tries == 1
                            ? Mono.error(AuthErrors.wrongPassword())
                            : change(user, old, next, keep, failures, tries - 1);
                });
    }

    private Mono<Boolean> swapped(Stored stored, String next, @Nullable SessionId keep) {
        UserId user = stored.user().id();
        return store.together(() -> rows.change(user, stored.hash().expose(), next)
                .delayUntil(done -> done ? Factor.changed(store, user, keep, "password.changed") : Mono.empty()));
    }

    /**
     * Sets a password for who shows a token of {@link Purpose#PASSWORD_RESET} whose subject is the id of the user. Uses the token
     * up, ends all sessions, unlocks the login.
     *
     * @return {@link InvalidTokenException} when the token is unknown, used or expired
     * @throws InvalidAuthValueException the password is too short or too long; the token stays
     */
    public Mono<Void> resetWith(@Nullable String rawToken, CharSequence next) {
        Objects.requireNonNull(next, "next must not be null");
        byte[] bytes = PasswordText.of(next);
        return tokens.peek(Purpose.PASSWORD_RESET, rawToken)
                .switchIfEmpty(Mono.error(() -> AuthErrors.invalidToken(Purpose.PASSWORD_RESET)))
                .flatMap(token -> hashing.hashed(bytes))
                .flatMap(hash -> store.together(() -> tokens.consume(Purpose.PASSWORD_RESET, rawToken)
                        .switchIfEmpty(Mono.error(() -> AuthErrors.invalidToken(Purpose.PASSWORD_RESET)))
                        .flatMap(token -> reset(new UserId(token.subject()), hash))));
    }

    private Mono<Void> reset(UserId user, String hash) {
        Mono<Void> unlocked = store.row("SELECT email_key FROM auth_user WHERE id = ?1", user.value())
                .flatMap(row -> Mono.justOrEmpty(Fields.of(row).optionalText("email_key")))
                .flatMap(email -> new Throttle(store).reset(Throttle.loginKey(email, email)));
        return rows.write(user, hash).then(unlocked).then(Factor.changed(store, user, null, "password.reset"));
    }

    /** As {@link #remove(UserId, boolean)}, not forced. */
    public Mono<Boolean> remove(UserId user) {
        return remove(user, false);
    }

    /**
     * Takes the password of a user away, if they have another way in: a passkey or a linked account. Ends all sessions. False
     * when there is none.
     *
     * @param force also when it is the only way in
     * @return {@link LastLoginMethodException} when it is the only way in
     */
    public Mono<Boolean> remove(UserId user, boolean force) {
        Objects.requireNonNull(user, "user must not be null");
        return store.together(() -> rows.delete(user)
                .delayUntil(done -> done
                        ? Factor.another(store, user, "The password", force)
                                .then(Factor.changed(store, user, null, "password.removed"))
                        : Mono.empty()));
    }
}
