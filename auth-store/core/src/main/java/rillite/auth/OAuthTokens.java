package rillite.auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a provider, with which the application acts for a user there. Stored encrypted. Immutable.
 *
 * @param access shown to the provider
 * @param refresh gives new ones, where the provider issues one
 * @param id what the provider says of the user, where it does
 * @param expiresAt when the access token ends, if that is known
 * @param scope what it permits, if that is known
 */
public record OAuthTokens(
        Secret access,
        @Nullable Secret refresh,
        @Nullable Secret id,
        @Nullable Instant expiresAt,
        @Nullable String scope) {

    /** Checks that there is an access token. */
    public OAuthTokens {
        Objects.requireNonNull(access, "access must not be null");
    }

    /** An access token alone. */
    public static OAuthTokens of(Secret access) {
        return new OAuthTokens(access, null, null, null, null);
    }

    /** With a token that gives new ones. */
    public OAuthTokens refresh(@Nullable Secret token) {
        return new OAuthTokens(access, token, id, expiresAt, scope);
    }

    /** With when the access token ends. */
    public OAuthTokens expiresAt(@Nullable Instant moment) {
        return new OAuthTokens(access, refresh, id, moment, scope);
    }

    /** With what the access token permits. */
    public OAuthTokens scope(@Nullable String permitted) {
        return new OAuthTokens(access, refresh, id, expiresAt, permitted);
    }

    /** The secrets in one text, to be encrypted. */
    String sealedText() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("access", access.expose());
        if (refresh != null) {
            secrets.put("refresh", refresh.expose());
        }
        if (id != null) {
            secrets.put("id", id.expose());
        }
        return FlatJson.write(secrets);
    }

    static OAuthTokens of(String sealedText, @Nullable Instant expiresAt, @Nullable String scope) {
        Map<String, String> secrets = FlatJson.read(sealedText);
        String access = secrets.getOrDefault("access", "");
        return new OAuthTokens(
                Secret.of(access), secret(secrets.get("refresh")), secret(secrets.get("id")), expiresAt, scope);
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null ? null : Secret.of(text);
    }
}
