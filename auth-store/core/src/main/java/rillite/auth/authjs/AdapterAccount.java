package rillite.auth.authjs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import rillite.auth.Secret;

/**
 * An account with a provider. Auth.js stores its tokens as they are.
 *
 * @param userId whose it is
 * @param type {@code oauth}, {@code oidc}, {@code email} or {@code webauthn}
 * @param provider for example {@code github}
 * @param providerAccountId the id of the user there
 * @param refreshToken for new access tokens
 * @param accessToken for calls
 * @param expiresAt when the access token ends, in whole seconds
 * @param tokenType for example {@code bearer}
 * @param scope what the access token is for
 * @param idToken the signed statement of who they are
 * @param sessionState of the provider
 */
public record AdapterAccount(
        String userId,
        String type,
        String provider,
        String providerAccountId,
        @Nullable Secret refreshToken,
        @Nullable Secret accessToken,
        @Nullable Instant expiresAt,
        @Nullable String tokenType,
        @Nullable String scope,
        @Nullable Secret idToken,
        @Nullable String sessionState) {

    /** Cuts the date to seconds. */
    public AdapterAccount {
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** An account without tokens. */
    public static AdapterAccount of(String userId, String type, String provider, String providerAccountId) {
        return new AdapterAccount(userId, type, provider, providerAccountId, null, null, null, null, null, null, null);
    }

    static AdapterAccount of(Stored row) {
        Long seconds = row.number(Part.ACCOUNT, "expires_at");
        return new AdapterAccount(
                row.text(Part.ACCOUNT, "userId"),
                row.text(Part.ACCOUNT, "type"),
                row.text(Part.ACCOUNT, "provider"),
                row.text(Part.ACCOUNT, "providerAccountId"),
                row.secret(Part.ACCOUNT, "refresh_token"),
                row.secret(Part.ACCOUNT, "access_token"),
                seconds == null ? null : instant(seconds),
                row.optional(Part.ACCOUNT, "token_type"),
                row.optional(Part.ACCOUNT, "scope"),
                row.secret(Part.ACCOUNT, "id_token"),
                row.optional(Part.ACCOUNT, "session_state"));
    }

    /** Beyond what an instant holds counts as passed. */
    private static Instant instant(long seconds) {
        return Instant.MIN.getEpochSecond() <= seconds && seconds <= Instant.MAX.getEpochSecond()
                ? Instant.ofEpochSecond(seconds)
                : Instant.EPOCH;
    }

    Values written(Statements statements) {
        return statements
                .values(Part.ACCOUNT)
                .id("userId", userId)
                .text("type", type)
                .text("provider", provider)
                .text("providerAccountId", providerAccountId)
                .secret("refresh_token", refreshToken)
                .secret("access_token", accessToken)
                .number("expires_at", expiresAt == null ? null : expiresAt.getEpochSecond())
                .text("token_type", tokenType)
                .text("scope", scope)
                .secret("id_token", idToken)
                .text("session_state", sessionState);
    }
}
