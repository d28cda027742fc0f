package rillite.auth;

import java.time.Instant;

/**
 * A token, which is given here and never again.
 *
 * @param token for the link; only its SHA-256 is stored
 * @param expiresAt from when on it is nothing
 */
public record IssuedToken(Secret token, Instant expiresAt) {}
