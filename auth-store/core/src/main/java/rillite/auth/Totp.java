package rillite.auth;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One-time passwords of an authenticator, as a second factor, and backup codes. Needs {@link AuthOptions#encryptionKey}. Each code
 * is taken once, in whatever number of processes; failures lock as those of passwords do.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Totp {

    private static final int LONGEST_CODE = 32;

    /**
     * What an authenticator needs, once.
     *
     * @param secret to be typed
     * @param uri the same as an {@code otpauth:} address, to be shown as a QR code
     */
    public record Enrolment(Secret secret, Secret uri) {}

    private final Store store;
    private final SecretBox box;
    private final BackupCodes backupCodes;

    Totp(Store store) {
        this.store = store;
        box = new SecretBox(store.options().keys());
        backupCodes = new BackupCodes(store);
    }

    /**
     * Makes a secret, which is nothing until a code of it is confirmed. A new call replaces it.
     *
     * @return {@link FactorException} when one is confirmed already: {@link #remove} it first; {@link UnknownUserException}
     */
    public Mono<Enrolment> begin(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return Mono.defer(() -> {
            Authenticator authenticator = Authenticator.mint();
            AuthOptions options = store.options();
            return new Users(store)
                    .findById(user)
                    .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(user)))
                    .flatMap(who -> store.changes(
                                    "INSERT INTO auth_totp (user_id, secret_enc) SELECT u.id, ?2 FROM auth_user u"
                                            + " WHERE u.id = ?1 ON CONFLICT (user_id) DO UPDATE SET"
                                            + " secret_enc = excluded.secret_enc WHERE confirmed_at IS NULL",
                                    user.value(),
                                    box.seal(place(user), authenticator.secret()))
                            .flatMap(stored -> stored
                                    ? Mono.just(new Enrolment(
                                            Secret.of(authenticator.secret()),
                                            Secret.of(authenticator.uri(options.issuer(), who.email()))))
                                    : Mono.error(AuthErrors.confirmedAlready(user))));
        });
    }

    /** As {@link #confirm(UserId, String, SessionId)}, ending all sessions. */
    public Mono<Boolean> confirm(UserId user, String code) {
        return confirm(user, code, null);
    }

    /**
     * Turns the factor on by its first code. Ends all sessions but one.
     *
     * @param keep the session that goes on; null ends all
     * @return false when the code is wrong or there is nothing to confirm
     */
    public Mono<Boolean> confirm(UserId user, String code, @Nullable SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(code, "code must not be null");
        return step(user, code, "confirmed_at IS NULL")
                .flatMap(step -> store.together(() -> store.changes(
                                "UPDATE auth_totp SET confirmed_at = ?2, last_step = ?3"
                                        + " WHERE user_id = ?1 AND confirmed_at IS NULL AND last_step < ?3 AND secret_enc = ?4",
                                user.value(),
                                store.now(),
                                step.number(),
                                step.sealed())
                        .delayUntil(done -> done ? Factor.changed(store, user, keep, "totp.confirmed") : Mono.empty())))
                .defaultIfEmpty(false);
    }

    /**
     * Checks a code, which may be one step early or late. Not in a transaction that may be rolled back: a failure would not count,
     * and the code not be used.
     */
    public Mono<CodeResult> verify(UserId user, String code) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(code, "code must not be null");
        return guarded(
                user,
                step(user, code, "confirmed_at IS NOT NULL")
                        .flatMap(step -> store.changes(
                                "UPDATE auth_totp SET last_step = ?2"
                                        + " WHERE user_id = ?1 AND last_step < ?2 AND secret_enc = ?3",
                                user.value(),
                                step.number(),
                                step.sealed()))
                        .defaultIfEmpty(false));
    }

    /**
     * The second step of a sign-in: checks a code for who has shown their password.
     *
     * @return what {@link Sessions#create(PasswordResult.Ok, SessionRequest)} makes a session of level 2 of, unless a factor or the
     *     sessions of the user were changed since the password was checked
     */
    public Mono<PasswordResult> verify(PasswordResult.Ok shown, String code) {
        Objects.requireNonNull(shown, "shown must not be null");
        Objects.requireNonNull(code, "code must not be null");
        return verify(shown.user().id(), code).map(result -> second(shown, result));
    }

    private static PasswordResult second(PasswordResult.Ok shown, CodeResult result) {
        if (result instanceof CodeResult.Locked locked) {
            return new PasswordResult.Locked(locked.until());
        }
        return result instanceof CodeResult.Ok
                ? new PasswordResult.Ok(shown.user(), shown.epoch(), 2)
                : new PasswordResult.Rejected();
    }

    private Mono<CodeResult> guarded(UserId user, Mono<Boolean> check) {
        return new Failures(store, "totp:" + user.value()).guard(check);
    }

    /** The step of a code, and the stored secret that it was checked against: another one may take its place. */
    private record Step(long number, byte[] sealed) {}

    /** The step that a code is of; empty when it is of none. */
    private Mono<Step> step(UserId user, String code, String condition) {
        return store.row("SELECT secret_enc FROM auth_totp WHERE user_id = ?1 AND " + condition, user.value())
                .flatMap(row -> {
                    if (code.length() > LONGEST_CODE) {
                        return Mono.empty();
                    }
                    byte[] sealed = Fields.of(row).bytes("secret_enc");
                    String secret = box.open(place(user), sealed);
                    OptionalLong step = Authenticator.of(secret).step(code.replace(" ", ""), store.now());
                    return step.isPresent() ? Mono.just(new Step(step.getAsLong(), sealed)) : Mono.empty();
                });
    }

    private static String place(UserId user) {
        return "auth_totp.secret_enc of " + user;
    }

    /** Whether a user has a confirmed authenticator, and must show a code. */
    public Mono<Boolean> isOn(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.row(
                        "SELECT 1 AS found FROM auth_totp WHERE user_id = ?1 AND confirmed_at IS NOT NULL",
                        user.value())
                .hasElement();
    }

    /** Takes the factor and its backup codes away. Ends all sessions but one. False when there is none. */
    public Mono<Boolean> remove(UserId user, @Nullable SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        return store.together(() -> backupCodes
                .removed(user)
                .then(store.changes("DELETE FROM auth_totp WHERE user_id = ?1", user.value()))
                .delayUntil(done -> done ? Factor.changed(store, user, keep, "totp.removed") : Mono.empty()));
    }

    /**
     * Makes ten backup codes in place of those before. They are given here and never again.
     *
     * @return {@link FactorException} when there is no confirmed authenticator
     */
    public Mono<List<Secret>> newBackupCodes(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.together(() ->
                isOn(user).flatMap(on -> on ? backupCodes.replaced(user) : Mono.error(AuthErrors.notConfirmed(user))));
    }

    /** As {@link #verify(PasswordResult.Ok, String)}, by a backup code, which is used up. */
    public Mono<PasswordResult> useBackupCode(PasswordResult.Ok shown, String code) {
        Objects.requireNonNull(shown, "shown must not be null");
        Objects.requireNonNull(code, "code must not be null");
        return useBackupCode(shown.user().id(), code).map(result -> second(shown, result));
    }

    /** Uses a backup code up, in any case, with or without its dash. */
    public Mono<CodeResult> useBackupCode(UserId user, String code) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(code, "code must not be null");
        return guarded(user, code.length() > LONGEST_CODE ? Mono.just(false) : backupCodes.used(user, code));
    }
}
