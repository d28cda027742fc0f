package rillite.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a change of a factor ends, in the transaction of the change: the sessions but one, and the reset tokens. */
final class Factor {

    private Factor() {}

    /**
     * @param event what the audit log says
     */
    static Mono<Void> changed(Store store, UserId user, @Nullable SessionId keep, String event) {
        return Epoch.next(store, user)
                .flatMap(epoch -> epoch.keep(store, keep))
                .then(new Tokens(store).revoke(Purpose.PASSWORD_RESET, user.value()))
                .then(Audit.record(store, AuditEvent.of(event, user)));
    }

    /**
     * Refuses, and so takes back, what left a user without any way in, unless it is forced.
     *
     * @param what was taken away
     */
    static Mono<Void> another(Store store, UserId user, String what, boolean force) {
        return force
                ? Mono.empty()
                : store.row(
                                "SELECT (SELECT count(*) FROM auth_account WHERE user_id = ?1 AND type <> 'client')"
                                        + " + (SELECT count(*) FROM auth_password WHERE user_id = ?1)"
                                        + " + (SELECT count(*) FROM auth_passkey WHERE user_id = ?1) AS ways",
                                user.value())
                        .flatMap(row -> Fields.of(row).number("ways") == 0
                                ? Mono.error(AuthErrors.lastMethod(what, user))
                                : Mono.empty());
    }
}
