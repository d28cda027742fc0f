package rillite.auth.spring.security;

import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import rillite.auth.Account;
import rillite.auth.AuthStore;
import rillite.auth.ExternalIdentity;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.OAuthTokens;
import rillite.auth.UserId;

/**
 * Authorized clients: the tokens of the accounts that users have at providers, encrypted by the key of the store, without
 * which there is no such service: {@code AuthOptions.encryptionKey(..)}. Declare it as a bean; {@code oauth2Login} and {@code
 * oauth2Client} find it.
 *
 * <p>The name of a principal is the id of a user, as {@link AuthStoreUser} has it. The tokens of {@code oauth2Login} belong to the
 * account of that provider, and are stored together with the sign-in by {@link AuthStoreServerSecurityContextRepository}. Tokens of
 * a provider through which the user does not sign in belong to an account of type {@code client} that is no way in.
 *
 * <p>Of refreshes that run at once the one whose tokens end last stays, by compare-and-set.
 */
public final class AuthStoreReactiveOAuth2AuthorizedClientService implements ReactiveOAuth2AuthorizedClientService {

    private static final String CLIENT = "client";

    private final AuthStore store;
    private final ReactiveClientRegistrationRepository registrations;

    /**
     * Over that store, for those registrations.
     *
     * @throws rillite.auth.EncryptionException the store has no key: give one by {@code AuthOptions.encryptionKey(..)}
     */
    public AuthStoreReactiveOAuth2AuthorizedClientService(
            AuthStore store, ReactiveClientRegistrationRepository registrations) {
        store.requireEncryptionKey();
        this.store = store;
        this.registrations = registrations;
    }

    /**
     * The tokens that a user has at a provider; empty when there are none.
     *
     * @param principalName the id of the user; in the request that signs in, the name that the provider has given
     */
    @Override
    public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(
            String clientRegistrationId, String principalName) {
        return Mono.deferContextual(context -> {
                    Optional<OAuth2AuthorizedClient> signingIn = context.<ServerWebExchange>getOrEmpty(
                                    ServerWebExchange.class)
                            .flatMap(OAuth2SignIn::kept);
                    // A name from a provider must not be taken for the id of a user, who may be somebody else.
                    return signingIn.isPresent()
                            ? Mono.justOrEmpty(
                                    signingIn.filter(client -> isFor(client, clientRegistrationId, principalName)))
                            : stored(clientRegistrationId, principalName);
                })
                .map(AuthStoreReactiveOAuth2AuthorizedClientService::cast);
    }

    /** The caller says of which kind it is; there is one only. */
    @SuppressWarnings("unchecked")
    private static <T extends OAuth2AuthorizedClient> T cast(OAuth2AuthorizedClient client) {
        return (T) client;
    }

    private static boolean isFor(OAuth2AuthorizedClient client, String registration, String principal) {
        return client.getClientRegistration().getRegistrationId().equals(registration)
                && client.getPrincipalName().equals(principal);
    }

    private Mono<OAuth2AuthorizedClient> stored(String registrationId, String principal) {
        return user(principal)
                .flatMap(user -> account(user, registrationId))
                .flatMap(account -> store.accounts().tokens(account.id()))
                .flatMap(tokens -> registrations
                        .findByRegistrationId(registrationId)
                        .map(registration -> ClientTokens.client(registration, principal, tokens)));
    }

    /**
     * Stores the tokens of a client for its user. Those of a sign-in that is under way wait for it, and are stored with it.
     *
     * @return {@code IllegalArgumentException} when the principal is no {@link AuthStoreUser}
     */
    @Override
    public Mono<Void> saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal) {
        if (principal.getPrincipal() instanceof AuthStoreUser user) {
            return saved(user.id(), client);
        }
        return Mono.deferContextual(context -> {
            Optional<ServerWebExchange> exchange = context.getOrEmpty(ServerWebExchange.class);
            if (!OAuth2SignIn.isUnderWay(principal) || exchange.isEmpty()) {
                return Mono.error(new IllegalArgumentException(
                        "The tokens of " + client.getClientRegistration().getRegistrationId()
                                + " were to be stored for a principal that is no user of the store. Sign"
                                + " users in through AuthStoreServerSecurityContextRepository; keep the tokens of other"
                                + " principals in a service of their own."));
            }
            OAuth2SignIn.keep(exchange.get(), client);
            return Mono.empty();
        });
    }

    private Mono<Void> saved(UserId user, OAuth2AuthorizedClient client) {
        String registration = client.getClientRegistration().getRegistrationId();
        OAuthTokens tokens = ClientTokens.of(client);
        return account(user, registration)
                .switchIfEmpty(Mono.defer(() -> store.accounts().link(user, holder(user, registration))))
                .flatMap(account -> isOutdated(tokens, account)
                        ? Mono.empty()
                        : store.accounts()
                                .rotateTokens(account.id(), account.tokenVersion(), tokens)
                                .filter(stored -> !stored.access().equals(tokens.access()))
                                .flatMap(another -> saved(user, client))) // which may end sooner than these
                .then();
    }

    /** No sign-in has a provider of that name, so nobody comes in by it. */
    private static ExternalIdentity holder(UserId user, String registration) {
        return new ExternalIdentity(CLIENT + ":" + registration, user.value(), CLIENT, null, false, null, null, null);
    }

    private static boolean isOutdated(OAuthTokens tokens, Account account) {
        Instant here = account.expiresAt();
        Instant there = tokens.expiresAt();
        return here != null && there != null && there.isBefore(here);
    }

    /** Forgets the tokens that a user has at a provider; an account through which they sign in stays linked. */
    @Override
    public Mono<Void> removeAuthorizedClient(String clientRegistrationId, String principalName) {
        return user(principalName)
                .flatMap(user -> account(user, clientRegistrationId))
                .flatMap(account -> store.accounts().forgetTokens(account.id()))
                .then();
    }

    private static Mono<UserId> user(String name) {
        return Mono.fromCallable(() -> new UserId(name))
                .onErrorResume(InvalidAuthValueException.class, noId -> Mono.empty());
    }

    /** The account through which they sign in, before the one that only holds tokens. */
    private Mono<Account> account(UserId user, String registration) {
        return store.accounts()
                .of(user)
                .filter(account -> account.provider().equals(registration)
                        || account.provider().equals(CLIENT + ":" + registration))
                .sort((one, other) ->
                        Boolean.compare(one.type().equals(CLIENT), other.type().equals(CLIENT)))
                .take(1)
                .singleOrEmpty();
    }
}
