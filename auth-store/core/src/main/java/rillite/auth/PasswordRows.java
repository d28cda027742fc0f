package rillite.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The table of passwords: one hash for each user. */
final class PasswordRows {

    private static final String SELECT = "SELECT " + User.COLUMNS + ", u.session_epoch, p.hash FROM auth_user u"
            + " JOIN auth_password p ON p.user_id = u.id WHERE u.disabled_at IS NULL AND ";

    private final Store store;

    PasswordRows(Store store) {
        this.store = store;
    }

    /** The hash of who has that address and may sign in. */
    Mono<Optional<Passwords.Stored>> ofAddress(@Nullable String emailKey) {
        return emailKey == null ? Mono.just(Optional.empty()) : find("u.email_key = ?1", emailKey);
    }

    /** The hash of a user who may sign in. */
    Mono<Optional<Passwords.Stored>> of(UserId user) {
        return find("u.id = ?1", user.value());
    }

    private Mono<Optional<Passwords.Stored>> find(String condition, String value) {
        return store.row(SELECT + condition, value)
                .map(row -> Fields.sound(
                        row,
                        fields -> new Passwords.Stored(
                                User.of(fields), Secret.of(fields.text("hash")), fields.number("session_epoch"))))
                .defaultIfEmpty(Optional.empty());
    }

    /** Sets a hash, whatever was there; an error when there is no such user. */
    Mono<Void> write(UserId user, String hash) {
        return Mono.defer(() -> store.changes(
                        "INSERT INTO auth_password (user_id, hash, changed_at) SELECT u.id, ?2, ?3 FROM auth_user u"
                                + " WHERE u.id = ?1 ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash,"
                                + " changed_at = excluded.changed_at",
                        user.value(),
                        hash,
                        store.now()))
                .flatMap(done -> done ? Mono.empty() : Mono.error(AuthErrors.unknownUser(user)));
    }

    /** Another hash of the same password, unless it was changed in the meantime. */
    Mono<Boolean> rehash(UserId user, String old, String next) {
        return store.changes(
                "UPDATE auth_password SET hash = ?3 WHERE user_id = ?1 AND hash = ?2", user.value(), old, next);
    }

    /** The hash of another password, unless it was changed in the meantime. */
    Mono<Boolean> change(UserId user, String old, String next) {
        return Mono.defer(() -> store.changes(
                "UPDATE auth_password SET hash = ?3, changed_at = ?4 WHERE user_id = ?1 AND hash = ?2",
                user.value(),
                old,
                next,
                store.now()));
    }

    Mono<Boolean> delete(UserId user) {
        return store.changes("DELETE FROM auth_password WHERE user_id = ?1", user.value());
    }
}
