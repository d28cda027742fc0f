package rillite.auth.spring.security;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import rillite.auth.AccountNotLinkedException;
import rillite.auth.AuthStore;
import rillite.auth.ExternalIdentity;
import rillite.auth.IssuedSession;
import rillite.auth.LinkPolicy;
import rillite.auth.SessionRequest;
import rillite.auth.SignIn;

/**
 * What {@code oauth2Login} has proven becomes user, account, tokens and session, in one transaction. Spring saves the authorized
 * client before the sign-in: until then it waits in the exchange.
 */
final class OAuth2SignIn {

    private static final String CLIENT = OAuth2SignIn.class.getName() + ".CLIENT";

    private OAuth2SignIn() {}

    static boolean isOne(Authentication authentication) {
        return authentication instanceof OAuth2AuthenticationToken;
    }

    /** Whether somebody is signing in just now: Spring saves the client under another token than the sign-in. */
    static boolean isUnderWay(Authentication authentication) {
        return authentication instanceof OAuth2LoginAuthenticationToken || isOne(authentication);
    }

    /** Keeps tokens for the sign-in that follows in the same exchange. */
    static void keep(ServerWebExchange exchange, OAuth2AuthorizedClient client) {
        exchange.getAttributes().put(CLIENT, client);
    }

    /** What a sign-in of this exchange has brought. */
    static Optional<OAuth2AuthorizedClient> kept(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(CLIENT));
    }

    static Mono<IssuedSession> begin(
            AuthStore store,
            ServerWebExchange exchange,
            Authentication authentication,
            LinkPolicy policy,
            SessionRequest request) {
        OAuth2AuthenticationToken token = (OAuth2AuthenticationToken) authentication;
        return Mono.defer(() -> store.accounts()
                        .signInOrRegister(identity(token, kept(exchange).orElse(null)), policy, request))
                .map(SignIn::session)
                .onErrorMap(
                        AccountNotLinkedException.class,
                        refused -> new OAuth2AuthenticationException(
                                new OAuth2Error("account_not_linked", refused.getMessage(), null), refused));
    }

    private static ExternalIdentity identity(OAuth2AuthenticationToken token, @Nullable OAuth2AuthorizedClient client) {
        OAuth2User user = token.getPrincipal();
        String provider = token.getAuthorizedClientRegistrationId();
        boolean own = client != null
                && client.getClientRegistration().getRegistrationId().equals(provider)
                && client.getPrincipalName().equals(token.getName());
        return new ExternalIdentity(
                provider,
                token.getName(),
                user instanceof OidcUser ? "oidc" : "oauth",
                text(user, "email"),
                Boolean.TRUE.equals(attributes(user).get("email_verified")),
                text(user, "name"),
                text(user, user instanceof OidcUser ? "picture" : "avatar_url"),
                own && client != null ? ClientTokens.of(client) : null);
    }

    private static Map<String, Object> attributes(OAuth2User user) {
        return user.getAttributes();
    }

    private static @Nullable String text(OAuth2User user, String name) {
        return attributes(user).get(name) instanceof String text ? text : null;
    }
}
