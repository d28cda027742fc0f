package rillite.auth.authjs;

import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * When sessions end, and when their end is moved on.
 *
 * @param maxAge how long one lives without a visit
 * @param updateAge how old the noted visit must be for another to be noted
 */
record SessionLife(Duration maxAge, Duration updateAge) {

    static final SessionLife DEFAULT = new SessionLife(Duration.ofDays(30), Duration.ofHours(24));

    /** The rule of Auth.js. */
    boolean isDue(AdapterSession session, Instant now) {
        return !session.expires().minus(maxAge).plus(updateAge).isAfter(now);
    }

    /**
     * Moves the end on if it is still the one that was read, and gives the session; nothing when the end is another one by now, or
     * the session gone. A write that fails leaves the session as it was read.
     */
    Mono<AdapterSession> moveOn(Statements statements, Stored row, Instant now) {
        AdapterSession session = AdapterSession.of(row);
        Values values = statements.values(Part.SESSION).date("expires", now.plus(maxAge));
        return statements
                .updateIf(
                        values,
                        "sessionToken",
                        session.sessionToken().expose(),
                        Field.typed(statements.column(Part.SESSION, "expires")),
                        row.text(Part.SESSION, "expires"))
                .map(AdapterSession::of)
                .onErrorResume(error -> {
                    System.getLogger(AuthJsAdapter.class.getName())
                            .log(System.Logger.Level.DEBUG, "A visit was not noted", error);
                    return Mono.just(session);
                });
    }
}
