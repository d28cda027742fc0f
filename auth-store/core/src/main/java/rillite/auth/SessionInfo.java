package rillite.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is shown to its user.
 *
 * @param id names the session
 * @param level how many factors were shown
 * @param ip where from, if it is known
 * @param userAgent with which browser, if it is known
 * @param createdAt when it began
 * @param lastSeenAt the last visit that was noted
 * @param expiresAt when it ends without another visit
 */
public record SessionInfo(
        SessionId id,
        int level,
        @Nullable String ip,
        @Nullable String userAgent,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {

    static SessionInfo of(Fields row) {
        row.instant("absolute_expires_at");
        return new SessionInfo(
                new SessionId(row.text("id")),
                row.level("aal"),
                row.optionalText("ip"),
                row.optionalText("user_agent"),
                row.instant("created_at"),
                row.instant("last_seen_at"),
                row.instant("expires_at"));
    }
}
