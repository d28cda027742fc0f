package rillite.auth.authjs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import rillite.auth.Secret;

/**
 * A session. Auth.js stores its token as it is.
 *
 * @param sessionToken what the cookie holds
 * @param userId who is signed in
 * @param expires when it ends without another visit, in milliseconds; 1970 when what is stored cannot be read
 */
public record AdapterSession(Secret sessionToken, String userId, Instant expires) {

    /** Cuts the date to milliseconds. */
    public AdapterSession {
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
    }

    static AdapterSession of(Stored row) {
        return new AdapterSession(
                Secret.of(row.text(Part.SESSION, "sessionToken")),
                row.text(Part.SESSION, "userId"),
                row.expiry(Part.SESSION, "expires"));
    }
}
