package rillite.auth;

import java.time.Instant;
import java.util.Set;

/**
 * A session whose token was shown just now.
 *
 * @param id names the session
 * @param user who is signed in
 * @param roles what they are
 * @param level how many factors they have shown
 * @param createdAt when they signed in
 * @param lastSeenAt the last visit that was noted, before this one
 * @param expiresAt when the session ends without another visit, as it was noted then
 */
public record ActiveSession(
        SessionId id,
        User user,
        Set<String> roles,
        int level,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {

    /** Copies the roles. */
    public ActiveSession {
        roles = Set.copyOf(roles);
    }

    static ActiveSession of(Fields row) {
        return new ActiveSession(
                new SessionId(row.text("session_id")),
                User.of(row),
                Roles.split(row.optionalText("roles")),
                (int) row.number("aal"),
                row.instant("created_at"),
                row.instant("last_seen_at"),
                row.instant("expires_at"));
    }
}
