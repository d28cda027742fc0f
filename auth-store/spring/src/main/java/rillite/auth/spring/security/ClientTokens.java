package rillite.auth.spring.security;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import rillite.auth.OAuthTokens;
import rillite.auth.Secret;

/** The tokens of an authorized client, as Spring has them and as the store does. */
final class ClientTokens {

    private ClientTokens() {}

    static OAuthTokens of(OAuth2AuthorizedClient client) {
        OAuth2AccessToken access = client.getAccessToken();
        OAuth2RefreshToken refresh = client.getRefreshToken();
        Set<String> scopes = access.getScopes();
        return new OAuthTokens(
                Secret.of(access.getTokenValue()),
                refresh == null ? null : Secret.of(refresh.getTokenValue()),
                null,
                access.getExpiresAt(),
                scopes == null || scopes.isEmpty() ? null : String.join(" ", new TreeSet<>(scopes)));
    }

    static OAuth2AuthorizedClient client(ClientRegistration registration, String principal, OAuthTokens tokens) {
        Secret refresh = tokens.refresh();
        return new OAuth2AuthorizedClient(
                registration,
                principal,
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        tokens.access().expose(),
                        null,
                        tokens.expiresAt(),
                        scopes(tokens.scope())),
                refresh == null ? null : new OAuth2RefreshToken(refresh.expose(), (Instant) null));
    }

    private static Set<String> scopes(@Nullable String joined) {
        return joined == null || joined.isBlank()
                ? Set.of()
                : Set.copyOf(Arrays.asList(joined.trim().split(" +")));
    }
}
