package rillite.auth.spring.security;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import rillite.auth.ActiveSession;
import rillite.auth.AuthStore;
import rillite.auth.IssuedSession;
import rillite.auth.LinkPolicy;
import rillite.auth.PasswordResult;
import rillite.auth.Secret;
import rillite.auth.SessionId;
import rillite.auth.SessionRequest;

/**
 * Keeps sign-ins in the sessions of the store: a cookie has the token, {@code auth_session} its hash. Give it to {@code
 * http.securityContextRepository(..)}; form login, one-time tokens, {@code oauth2Login} and logout then use it. Immutable.
 *
 * <p>Each request looks the session up, so what is revoked, expired or disabled anywhere is signed out at once, and roles are those
 * of now. A sign-in always gets a new token and ends the session that its browser had before: a planted token is never taken over.
 * Logout ends the session. When the database fails, the request fails; it is never taken for anonymous, nor for signed in.
 */
public final class AuthStoreServerSecurityContextRepository implements ServerSecurityContextRepository {

    private static final String CONTEXT = AuthStoreServerSecurityContextRepository.class.getName() + ".CONTEXT";
    private static final String TOKEN = AuthStoreServerSecurityContextRepository.class.getName() + ".TOKEN";
    private static final String REMEMBER = "remember-me";

    /** The classes of oauth2Login are loaded where there are some only. */
    private static final boolean OAUTH2 = ClassUtils.isPresent(
            "org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
            AuthStoreServerSecurityContextRepository.class.getClassLoader());

    private final AuthStore store;
    private final SessionCookie cookie;
    private final LinkPolicy policy;
    private final Clock clock;

    /** With a cookie over TLS, see {@link SessionCookie#overTls}. */
    public AuthStoreServerSecurityContextRepository(AuthStore store) {
        this(store, SessionCookie.overTls());
    }

    /** With that cookie. */
    public AuthStoreServerSecurityContextRepository(AuthStore store, SessionCookie cookie) {
        this(store, cookie, LinkPolicy.REFUSE, Clock.systemUTC());
    }

    private AuthStoreServerSecurityContextRepository(
            AuthStore store, SessionCookie cookie, LinkPolicy policy, Clock clock) {
        this.store = store;
        this.cookie = cookie;
        this.policy = policy;
        this.clock = clock;
    }

    /** With another answer to whether {@code oauth2Login} may link a new account to a user who has the same address. */
    public AuthStoreServerSecurityContextRepository linking(LinkPolicy other) {
        return new AuthStoreServerSecurityContextRepository(store, cookie, other, clock);
    }

    /** With the clock that the store has, for the life of cookies. */
    public AuthStoreServerSecurityContextRepository clock(Clock other) {
        return new AuthStoreServerSecurityContextRepository(store, cookie, policy, other);
    }

    /** Who shows the cookie: an {@link AuthStoreUser}. Empty when it is no live session's. Looked up once for each request. */
    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return Mono.defer(() -> {
            Mono<SecurityContext> known = exchange.getAttribute(CONTEXT);
            if (known != null) {
                return known;
            }
            Mono<SecurityContext> loaded = looked(token(exchange)).cache();
            exchange.getAttributes().put(CONTEXT, loaded);
            return loaded;
        });
    }

    /** The token of a request: the one that its answer brings, if there is one already, before that of its cookie. */
    private @Nullable String token(ServerWebExchange exchange) {
        Secret next = exchange.getAttribute(TOKEN);
        return next == null ? cookie.read(exchange) : next.expose();
    }

    // A token that is dead stays in the browser: to clear it here could clear the one of a sign-in that runs at the
    // same time.
    private Mono<SecurityContext> looked(@Nullable String token) {
        return store.sessions()
                .authenticate(token)
                .flatMap(session -> permissions(session).map(allowed -> AuthStoreUser.active(session, allowed)))
                .map(user -> new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
    }

    private Mono<Set<String>> permissions(ActiveSession session) {
        return session.roles().isEmpty()
                ? Mono.just(Set.of())
                : store.roles().permissionsOf(session.user().id()).collectList().map(Set::copyOf);
    }

    /**
     * Begins a session for who has signed in, or ends the one of the cookie when nobody has. Saved again within their session, a
     * user gets another token for it.
     *
     * @return {@code DisabledException} when the user may not sign in, {@code CredentialsExpiredException} when the password was
     *     changed while it was checked, or the principal was kept elsewhere since, {@code OAuth2AuthenticationException} when the account may not be linked; nothing is
     *     stored then
     */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        Authentication authentication = context == null ? null : context.getAuthentication();
        if (context == null || authentication == null) {
            return ended(exchange);
        }
        return Mono.defer(() -> begun(exchange, authentication))
                .onErrorMap(SignInErrors::translated)
                .flatMap(session -> written(exchange, session))
                .doOnSuccess(done -> exchange.getAttributes().put(CONTEXT, Mono.just(context)));
    }

    /**
     * Gives the session of a request another token, and that level if it was lower: for who has shown another factor. The cookie
     * goes with the browser then, unless all stay or this request asks for it. Without a live session nothing happens.
     *
     * @param level 1, 2 or 3
     */
    public Mono<Void> rotate(ServerWebExchange exchange, int level) {
        return Mono.defer(() -> store.sessions().rotate(token(exchange), level))
                .flatMap(session -> written(exchange, session))
                .doOnSuccess(done -> exchange.getAttributes().remove(CONTEXT));
    }

    /** Ends all sessions of who logs out, on all devices: for {@code logout(spec -> spec.logoutHandler(..))}. */
    public ServerLogoutHandler everywhere() {
        return (exchange, authentication) -> {
            Mono<Void> here = ended(exchange.getExchange());
            return authentication.getPrincipal() instanceof AuthStoreUser user
                    ? store.sessions().revokeAll(user.id()).then(here)
                    : here;
        };
    }

    private Mono<Void> ended(ServerWebExchange exchange) {
        return Mono.defer(() -> {
            String token = token(exchange);
            return token == null
                    ? Mono.empty()
                    : revoked(exchange, token)
                            .doOnNext(done -> {
                                cookie.clear(exchange);
                                exchange.getAttributes().put(CONTEXT, Mono.empty());
                            })
                            .then();
        });
    }

    /** Also where another request of the same browser has changed the token since this one came in. */
    private Mono<Boolean> revoked(ServerWebExchange exchange, String token) {
        return load(exchange)
                .mapNotNull(SecurityContext::getAuthentication)
                .flatMap(who -> who.getPrincipal() instanceof AuthStoreUser user
                        ? Mono.justOrEmpty(user.session())
                        : Mono.empty())
                .flatMap(store.sessions()::revoke)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(store.sessions().revokeToken(token));
    }

    private Mono<IssuedSession> begun(ServerWebExchange exchange, Authentication authentication) {
        String before = token(exchange);
        if (authentication.getPrincipal() instanceof AuthStoreUser user
                && user.session().isPresent()) {
            return rotated(before, user.level(), user.session().get());
        }
        if (before == null) {
            return created(store, exchange, authentication);
        }
        return store.inTransaction(inside -> inside.sessions()
                .revokeToken(before)
                .then(Mono.defer(() -> created(inside, exchange, authentication))));
    }

    /** Another token for that very session, or none at all: the cookie may be of another one. */
    private Mono<IssuedSession> rotated(@Nullable String token, int level, SessionId own) {
        return store.inTransaction(inside -> inside.sessions()
                .rotate(token, level)
                .filter(session -> session.id().equals(own))
                .switchIfEmpty(Mono.error(SignInErrors::ended)));
    }

    private Mono<IssuedSession> created(AuthStore where, ServerWebExchange exchange, Authentication authentication) {
        SessionRequest request = request(exchange.getRequest());
        if (authentication.getPrincipal() instanceof AuthStoreUser user) {
            PasswordResult.Ok shown = user.shown();
            return shown == null
                    ? Mono.error(SignInErrors.ended())
                    : where.sessions().create(shown, request);
        }
        if (OAUTH2 && OAuth2SignIn.isOne(authentication)) {
            return OAuth2SignIn.begin(where, exchange, authentication, policy, request);
        }
        return Mono.error(SignInErrors.foreign(authentication));
    }

    private static SessionRequest request(ServerHttpRequest request) {
        InetSocketAddress client = request.getRemoteAddress();
        return SessionRequest.none()
                .ip(
                        client == null || client.getAddress() == null
                                ? null
                                : client.getAddress().getHostAddress())
                .userAgent(request.getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }

    private Mono<Void> written(ServerWebExchange exchange, IssuedSession session) {
        exchange.getAttributes().put(TOKEN, session.token());
        return stays(exchange)
                .doOnNext(stays -> cookie.write(
                        exchange,
                        session.token().expose(),
                        stays ? Duration.between(clock.instant(), session.endsAt()) : null))
                .then();
    }

    private Mono<Boolean> stays(ServerWebExchange exchange) {
        if (cookie.remember() != Remember.IF_ASKED) {
            return Mono.just(cookie.remember() == Remember.ALWAYS);
        }
        if (exchange.getRequest().getQueryParams().containsKey(REMEMBER)) {
            return Mono.just(true);
        }
        return exchange.getFormData().map(form -> form.containsKey(REMEMBER)).defaultIfEmpty(false);
    }
}
