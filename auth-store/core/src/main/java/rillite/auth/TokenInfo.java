package rillite.auth;

import java.time.Instant;
import java.util.Map;

/**
 * What a token says.
 *
 * @param subject for whom
 * @param claims what was put into it
 * @param createdAt when it was issued
 * @param expiresAt from when on it is nothing
 */
public record TokenInfo(String subject, Map<String, String> claims, Instant createdAt, Instant expiresAt) {

    /** Copies the claims. */
    public TokenInfo {
        claims = Map.copyOf(claims);
    }

    static TokenInfo of(Fields row) {
        return new TokenInfo(
                row.text("subject"), row.texts("claims"), row.instant("created_at"), row.instant("expires_at"));
    }

    /** The subject and the names of the claims. */
    @Override
    public String toString() {
        return "TokenInfo[" + subject + ", " + claims.keySet() + ", " + expiresAt + "]";
    }
}
