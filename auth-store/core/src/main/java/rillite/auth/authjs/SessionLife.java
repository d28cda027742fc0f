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
     * Moves the end on if it is still the one that was read: of many at once the others find another one, and a session that is
     * gone stays gone.
     */
    Mono<SessionAndUser> moveOn(Statements statements, Stored row, SessionAndUser found, Instant now) {
        AdapterSession session = found.session();
        Instant end = now.plus(maxAge);
        String expires = statements.column(Part.SESSION, "expires");
        Values values = statements.values(Part.SESSION).date("expires", end);
        return statements
                .updateIf(
                        values,
                        "sessionToken",
                        session.sessionToken().expose(),
                        Field.typed(expires),
                        row.text(Part.SESSION, "expires"))
                .map(moved -> new SessionAndUser(AdapterSession.of(moved), found.user()))
                .onErrorResume(error -> {
                    System.getLogger(AuthJsAdapter.class.getName())
                            .log(System.Logger.Level.DEBUG, "A visit was not noted", error);
                    return Mono.empty();
                })
                .defaultIfEmpty(found);
    }
}
