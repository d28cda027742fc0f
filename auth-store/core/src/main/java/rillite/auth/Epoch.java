package rillite.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A new epoch of a user's sessions: those of the old one are dead.
 *
 * @param user whose
 * @param number the new epoch
 * @param live how many sessions died
 * @param now when that was
 */
record Epoch(UserId user, long number, long live, long now) {

    /** Begins one; empty when there is no such user. */
    static Mono<Epoch> next(Store store, UserId user) {
        return Mono.defer(() -> {
            long now = store.now();
            return store.row(
                            "UPDATE auth_user SET session_epoch = session_epoch + 1 WHERE id = ?1"
                                    + " RETURNING session_epoch AS epoch, (SELECT count(*) FROM auth_session s"
                                    + " WHERE s.user_id = ?1 AND s.epoch = auth_user.session_epoch - 1"
                                    + " AND s.expires_at > ?2) AS live",
                            user.value(),
                            now)
                    .map(Fields::of)
                    .map(row -> new Epoch(user, row.number("epoch"), row.number("live"), now));
        });
    }

    /** Takes one session over, in the same transaction, if it was alive. */
    Mono<Boolean> keep(Store store, @Nullable SessionId session) {
        return session == null
                ? Mono.just(false)
                : store.changes(
                        "UPDATE auth_session SET epoch = ?3 WHERE id = ?1 AND user_id = ?2 AND epoch = ?3 - 1"
                                + " AND expires_at > ?4",
                        session.value(),
                        user.value(),
                        number,
                        now);
    }
}
