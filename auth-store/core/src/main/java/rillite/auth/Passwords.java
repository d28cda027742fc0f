package rillite.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who may sign in with what they know. Passwords are hashed by argon2id on threads of their own, never on those of the database
 * or of an event loop; when too many wait, one more is an {@link AuthOverloadedException} at once.
 *
 * <p>Passwords have 8 characters or more and at most 1,024 bytes; nothing is cut off or changed. A new one ends the other
 * sessions and the reset tokens of its user in the same transaction. Do not call these inside of a transaction: hashing would
 * hold up all writers.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Passwords {

    private static final int TRIES = 5;

    private final Store store;
    private final HashPool pool;
    private final Tokens tokens;

    Passwords(Store store, HashPool pool) {
        this.store = store;
        this.pool = pool;
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
        return storedBy(EmailKey.find(login)).flatMap(Mono::justOrEmpty);
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
        String stored = StoredPassword.checked(next);
        return rehash(user, StoredPassword.KIND.matcher(old.expose()).replaceFirst(""), stored);
    }

    /**
     * Sets a password, whatever it was before: for sign-up and administrators. Ends all sessions.
     *
     * @return {@link UnknownUserException} when there is no such user
     * @throws InvalidAuthValueException the password is too short or too long
     */
    public Mono<Void> set(UserId user, CharSequence password) {
        byte[] bytes = PasswordText.of(password);
        return hashed(bytes)
                .flatMap(hash -> store.together(
                        () -> written(user, hash).then(Factor.changed(store, user, null, "password.set"))));
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
        String stored = StoredPassword.checked(hash);
        return store.together(() -> written(user, stored).then(Factor.changed(store, user, null, "password.imported")));
    }

    /**
     * Checks a password. Whether the user is unknown, has none or has another one makes no difference in the answer, in what is
     * counted, or in time. 10 failures in 15 minutes lock the login, as {@link AuthOptions} says. A password whose hash costs
     * less than is asked for now is hashed again.
     *
     * @param login the e-mail address
     */
    public Mono<PasswordResult> verify(String login, CharSequence password) {
        byte[] bytes = PasswordText.find(password);
        String email = EmailKey.find(login);
        Failures failures = new Failures(store, loginKey(email == null ? login : email));
        Mono<PasswordResult> checked = storedBy(email)
                .flatMap(found -> matches(
                                bytes, found.map(each -> each.hash().expose()).orElse(null))
                        .flatMap(right -> right && found.isPresent() && bytes != null
                                ? accepted(found.get(), bytes, failures)
                                : failures.add().thenReturn(new PasswordResult.Rejected())));
        return unlessLocked(failures, checked);
    }

    private static String loginKey(String login) {
        return Throttle.hashed("login", login);
    }

    private static Mono<PasswordResult> unlessLocked(Failures failures, Mono<PasswordResult> work) {
        return failures.lockedUntil()
                .<PasswordResult>map(PasswordResult.Locked::new)
                .switchIfEmpty(work);
    }

    private Mono<Optional<Stored>> storedBy(@Nullable String email) {
        return email == null
                ? Mono.just(Optional.empty())
                : store.row(
                                "SELECT " + User.COLUMNS + ", u.session_epoch, p.hash FROM auth_user u"
                                        + " JOIN auth_password p ON p.user_id = u.id"
                                        + " WHERE u.email_key = ?1 AND u.disabled_at IS NULL",
                                email)
                        .map(Fields::of)
                        .map(row -> Optional.of(
                                new Stored(User.of(row), Secret.of(row.text("hash")), row.number("session_epoch"))))
                        .defaultIfEmpty(Optional.empty());
    }

    private Mono<PasswordResult> accepted(Stored found, byte[] password, Failures failures) {
        Mono<PasswordResult> ok = rehashed(found, password)
                .then(failures.forget())
                .thenReturn(new PasswordResult.Ok(found.user(), found.epoch()));
        return failures.accepted(ok, new PasswordResult.Rejected());
    }

    private Mono<Boolean> matches(byte @Nullable [] password, @Nullable String stored) {
        if (store.isInTransaction()) {
            return Mono.error(hashedInside());
        }
        Argon2 cost = store.options().argon2();
        return pool.run(() -> {
            StoredPassword hash = stored == null ? null : StoredPassword.find(stored);
            if (stored != null && hash == null) {
                Log.warn(
                        Passwords.class,
                        "A stored password is of no kind that can be checked; its user cannot sign in");
            }
            StoredPassword asked = hash == null || password == null ? PhcHash.ofNobody(cost) : hash;
            return asked.matches(password == null ? new byte[0] : password);
        });
    }

    private Mono<String> hashed(byte[] password) {
        if (store.isInTransaction()) {
            return Mono.error(hashedInside());
        }
        Argon2 cost = store.options().argon2();
        return pool.run(() -> PhcHash.of(password, cost).text());
    }

    private static IllegalStateException hashedInside() {
        return new IllegalStateException(
                "A password is hashed inside of inTransaction(..), where all writers would wait for"
                        + " it. Call passwords() of the store outside.");
    }

    /** Brings a hash up to what is asked for now. Loses quietly against a change, and never fails a sign-in. */
    private Mono<Void> rehashed(Stored found, byte[] password) {
        StoredPassword hash = StoredPassword.find(found.hash().expose());
        if (hash == null || !hash.isWeakerThan(store.options().argon2())) {
            return Mono.empty();
        }
        return hashed(password)
                .flatMap(next -> rehash(found.user().id(), found.hash().expose(), next))
                .onErrorResume(error -> {
                    Log.warn(Passwords.class, "A password was not hashed again", error);
                    return Mono.empty();
                })
                .then();
    }

    Mono<Boolean> rehash(UserId user, String old, String next) {
        return store.changes(
                "UPDATE auth_password SET hash = ?3 WHERE user_id = ?1 AND hash = ?2", user.value(), old, next);
    }

    /**
     * Changes a password for who knows the old one. Ends all sessions but one.
     *
     * @param keep the session that goes on, if it is theirs and alive; null ends all
     * @return {@link WrongPasswordException} when the old one is wrong, or was wrong too often
     * @throws InvalidAuthValueException the new password is too short or too long
     */
    public Mono<Void> change(UserId user, CharSequence old, CharSequence next, @Nullable SessionId keep) {
        byte[] known = PasswordText.find(old);
        byte[] wanted = PasswordText.of(next);
        Failures failures = new Failures(store, "password:" + user.value());
        Mono<Void> locked = failures.lockedUntil().flatMap(until -> Mono.error(AuthErrors.lockedPassword(until)));
        return locked.then(change(user, known, wanted, keep, failures, TRIES));
    }

    private Mono<Void> change(
            UserId user, byte @Nullable [] old, byte[] next, @Nullable SessionId keep, Failures failures, int tries) {
        return store.row("SELECT hash FROM auth_password WHERE user_id = ?1", user.value())
                .map(row -> Optional.of(Fields.of(row).text("hash")))
                .defaultIfEmpty(Optional.empty())
                .flatMap(stored -> matches(old, stored.orElse(null))
                        .flatMap(right -> right && stored.isPresent()
                                ? hashed(next).flatMap(hash -> swapped(user, stored.get(), hash, keep))
                                : failures.add().then(Mono.<Boolean>error(AuthErrors::wrongPassword))))
                // A sign-in may have hashed the old one again in the meantime: look once more.
                .flatMap(done -> done || tries == 1
                        ? done ? failures.forget() : Mono.error(AuthErrors.wrongPassword())
                        : change(user, old, next, keep, failures, tries - 1));
    }

    private Mono<Boolean> swapped(UserId user, String old, String next, @Nullable SessionId keep) {
        return store.together(() -> store.changes(
                        "UPDATE auth_password SET hash = ?3, changed_at = ?4 WHERE user_id = ?1 AND hash = ?2",
                        user.value(),
                        old,
                        next,
                        store.now())
                .flatMap(swapped -> !swapped
                        ? Mono.just(false)
                        : Factor.changed(store, user, keep, "password.changed").thenReturn(true)));
    }

    /**
     * Sets a password for who shows a token of {@link Purpose#PASSWORD_RESET} whose subject is the id of the user. Uses the token
     * up, ends all sessions, unlocks the login.
     *
     * @return {@link InvalidTokenException} when the token is unknown, used or expired
     * @throws InvalidAuthValueException the password is too short or too long; the token stays
     */
    public Mono<Void> resetWith(@Nullable String rawToken, CharSequence next) {
        byte[] bytes = PasswordText.of(next);
        return tokens.peek(Purpose.PASSWORD_RESET, rawToken)
                .switchIfEmpty(Mono.error(() -> AuthErrors.invalidToken(Purpose.PASSWORD_RESET)))
                .flatMap(token -> hashed(bytes))
                .flatMap(hash -> store.together(() -> tokens.consume(Purpose.PASSWORD_RESET, rawToken)
                        .switchIfEmpty(Mono.error(() -> AuthErrors.invalidToken(Purpose.PASSWORD_RESET)))
                        .flatMap(token -> reset(new UserId(token.subject()), hash))));
    }

    private Mono<Void> reset(UserId user, String hash) {
        Mono<Void> unlocked = store.row("SELECT email_key FROM auth_user WHERE id = ?1", user.value())
                .flatMap(row -> Mono.justOrEmpty(Fields.of(row).optionalText("email_key")))
                .flatMap(email -> new Throttle(store).reset(loginKey(email)));
        return written(user, hash).then(unlocked).then(Factor.changed(store, user, null, "password.reset"));
    }

    /** Takes the password of a user away, who then needs another way in. Ends all sessions. False when there is none. */
    public Mono<Boolean> remove(UserId user) {
        return store.together(() -> store.changes("DELETE FROM auth_password WHERE user_id = ?1", user.value())
                .delayUntil(done -> done ? Factor.changed(store, user, null, "password.removed") : Mono.empty()));
    }

    private Mono<Void> written(UserId user, String hash) {
        return Mono.defer(() -> store.changes(
                        "INSERT INTO auth_password (user_id, hash, changed_at) SELECT u.id, ?2, ?3 FROM auth_user u"
                                + " WHERE u.id = ?1 ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash,"
                                + " changed_at = excluded.changed_at",
                        user.value(),
                        hash,
                        store.now()))
                .flatMap(done -> done ? Mono.empty() : Mono.error(AuthErrors.unknownUser(user)));
    }
}
