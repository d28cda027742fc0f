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
}
