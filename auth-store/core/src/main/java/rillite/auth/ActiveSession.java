package rillite.auth;

import java.time.Instant;
import java.util.Map;
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
 * @param endsAt when it ends whatever happens
 * @param data what the application put into it when it began
 */
public record ActiveSession(
        SessionId id,
        User user,
        Set<String> roles,
        int level,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        Instant endsAt,
        Map<String, String> data) {

    /** Copies the roles and the data. */
    public ActiveSession {
        roles = Set.copyOf(roles);
        data = Map.copyOf(data);
    }

    static ActiveSession of(Fields row) {
        return new ActiveSession(
                new SessionId(row.text("session_id")),
                User.of(row),
                Roles.split(row.optionalText("roles")),
                row.level("aal"),
                row.instant("created_at"),
                row.instant("last_seen_at"),
                row.instant("expires_at"),
                row.instant("absolute_expires_at"),
                row.texts("data"));
    }

    /** Of the data only the names. */
    @Override
    public String toString() {
        return "ActiveSession[" + id + ", " + user + ", " + roles + ", level " + level + ", " + data.keySet() + ", "
                + expiresAt + "]";
    }
}
