package rillite.auth.authjs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import rillite.auth.Secret;

/**
 * What a magic link is checked by.
 *
 * @param identifier the normal form of the e-mail address
 * @param token the hash: see {@link #hash}
 * @param expires when the link ends, in milliseconds; 1970 when what is stored cannot be read
 */
public record VerificationToken(String identifier, Secret token, Instant expires) {

    /** Cuts the date to milliseconds. */
    public VerificationToken {
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * What Auth.js stores for a token: the SHA-256 of the token with the secret behind it, in hex.
     *
     * @param rawToken what the link carries
     * @param authSecret the secret of Auth.js ({@code AUTH_SECRET})
     */
    public static Secret hash(Secret rawToken, Secret authSecret) {
        Secret both = Secret.of(rawToken.expose() + authSecret.expose());
        return Secret.of(HexFormat.of().formatHex(both.sha256()));
    }

    static VerificationToken of(Stored row) {
        return new VerificationToken(
                row.text(Part.VERIFICATION, "identifier"),
                Secret.of(row.text(Part.VERIFICATION, "token")),
                row.expiry(Part.VERIFICATION, "expires"));
    }
}
