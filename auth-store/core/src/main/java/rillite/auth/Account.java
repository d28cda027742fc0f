package rillite.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account of a provider that is linked to a user.
 *
 * @param id names it in this store
 * @param user whose it is
 * @param provider the name of the provider
 * @param accountId who they are there
 * @param type {@code oauth}, {@code oidc}, {@code email} or a name of your own
 * @param tokenVersion counts the changes of its tokens, see {@link Accounts#rotateTokens}
 * @param expiresAt when its access token ends, if that is known
 * @param scope what that permits, if that is known
 * @param createdAt when it was linked
 */
public record Account(
        AccountId id,
        UserId user,
        String provider,
        String accountId,
        String type,
        long tokenVersion,
        @Nullable Instant expiresAt,
        @Nullable String scope,
        Instant createdAt) {

    static final String COLUMNS =
            "id, user_id, provider, provider_account_id, type, token_version, expires_at, scope, created_at";

    static Account of(Fields row) {
        return new Account(
                new AccountId(row.text("id")),
                new UserId(row.text("user_id")),
                row.text("provider"),
                row.text("provider_account_id"),
                row.text("type"),
                row.number("token_version"),
                row.optionalInstant("expires_at"),
                row.optionalText("scope"),
                row.instant("created_at"));
    }
}
