package rillite.auth;

import java.time.Instant;

/**
 * A session with its token, which is given here and never again.
 *
 * @param token for the cookie; only its SHA-256 is stored
 * @param id names the session where it is listed and ended
 * @param user whose it is
 * @param expiresAt when it ends without a visit
 * @param endsAt when it ends whatever happens
 */
public record IssuedSession(Secret token, SessionId id, UserId user, Instant expiresAt, Instant endsAt) {

    static IssuedSession of(Secret token, Fields row) {
        return new IssuedSession(
                token,
                new SessionId(row.text("session_id")),
                new UserId(row.text("user_id")),
                row.instant("expires_at"),
                row.instant("absolute_expires_at"));
    }
}
