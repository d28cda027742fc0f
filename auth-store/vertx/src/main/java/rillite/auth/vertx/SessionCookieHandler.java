package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.AuthenticationHandler;
import io.vertx.ext.web.handler.impl.SessionHandlerImpl;
import io.vertx.ext.web.impl.UserContextInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.auth.ActiveSession;
import rillite.auth.AuthOverloadedException;
import rillite.auth.AuthStore;
import rillite.auth.IssuedSession;
import rillite.auth.PasswordResult;
import rillite.auth.SessionRequest;
import rillite.auth.UserId;
import rillite.auth.WrongPasswordException;

/**
 * Protects routes by a session of the store, whose token is in a cookie. Each request looks whether the session lives: one that
 * was revoked, from wherever, is refused at once. A session of Vert.x Web is not needed; where there is one (its handler
 * comes first) it never decides who is signed in, and gets another id at the sign-in.
 *
 * <p>What is refused is a failure of the {@link RoutingContext} with the code that is named at each method. Give the router an error
 * handler for each: else Vert.x Web answers by the name of the code, and logs a line as for an error of the program.
 *
 * <p>The cookie is HttpOnly, Secure, SameSite=Lax and named {@code __Host-session}. Immutable: each verb gives a copy. All methods
 * are called on the event loop of the request, and futures complete there.
 */
public final class SessionCookieHandler implements AuthenticationHandler {

    private static final String CURRENT = SessionCookieHandler.class.getName();

    private final AuthStore auth;
    private final boolean overHttp;
    private final Duration maxAge;
    private final @Nullable String loginPage;

    private SessionCookieHandler(AuthStore auth, boolean overHttp, Duration maxAge, @Nullable String loginPage) {
        this.auth = auth;
        this.overHttp = overHttp;
        this.maxAge = maxAge;
        this.loginPage = loginPage;
    }

    /** Over that store, which is migrated. Browsers keep the cookie for 30 days. */
    public static SessionCookieHandler create(AuthStore auth) {
        return new SessionCookieHandler(auth, false, Duration.ofDays(30), null);
    }

    /** Works without TLS: the cookie is named {@code session} and not Secure. For development and tests only. */
    public SessionCookieHandler insecure() {
        return new SessionCookieHandler(auth, true, maxAge, loginPage);
    }

    /** How long browsers keep the cookie; the session ends when the store says so. */
    public SessionCookieHandler maxAge(Duration age) {
        return new SessionCookieHandler(auth, overHttp, age, loginPage);
    }

    /** Sends who is not signed in to that page, where a GET is refused; everything else is answered with 401 as before. */
    public SessionCookieHandler redirectTo(String page) {
        return new SessionCookieHandler(auth, overHttp, maxAge, page);
    }

    /** Lets a request through that has a live session, with its user in the context; else 401, or the page to sign in. */
    @Override
    public void handle(RoutingContext context) {
        paused(context, auth.sessions().authenticate(token(context)))
                .onSuccess(session -> {
                    if (isAnswered(context)) {
                        return;
                    }
                    neverInWebSession(context);
                    context.put(CURRENT, session);
                    setUser(context, session == null ? null : SignedIn.user(session.user()));
                    if (session != null) {
                        context.next();
                    } else {
                        refuse(context);
                    }
                })
                .onFailure(error -> fail(context, 500, error));
    }

    /** Whether somebody has answered the request in the meantime, such as a TimeoutHandler. */
    private static boolean isAnswered(RoutingContext context) {
        return context.response().ended();
    }

    private static void fail(RoutingContext context, int status, Throwable error) {
        if (!isAnswered(context)) {
            context.fail(status, error);
        }
    }

    /** The session of a request that was let through; null for others. */
    public static @Nullable ActiveSession sessionOf(RoutingContext context) {
        return context.get(CURRENT);
    }

    /**
     * Answers a form with {@code username} and {@code password}, of which {@code BodyHandler} has read the body: signs in and
     * redirects. 400 without the fields, 401 when they are wrong, 403 when the browser says that the form is another site's, 429
     * while the login is locked, 503 when too many passwords are being checked.
     */
    public Handler<RoutingContext> formLogin(String redirectTo) {
        return context -> {
            if ("cross-site".equals(context.request().getHeader("Sec-Fetch-Site"))) {
                context.fail(403); // else a foreign page could sign its visitors in as somebody else
                return;
            }
            String login = context.request().formAttributes().get("username");
            String password = context.request().formAttributes().get("password");
            if (login == null || password == null) {
                context.fail(400);
                return;
            }
            Futures.of(context.vertx(), SignedIn.byPassword(auth, login, password))
                    .compose(ok -> isAnswered(context)
                            ? Future.succeededFuture()
                            : signIn(context, ok).onSuccess(user -> context.redirect(redirectTo)))
                    .onFailure(error -> fail(context, status(error), error));
        };
    }

    private static int status(Throwable error) {
        if (error instanceof LoginRefusedException refused) {
            return refused.lockedUntil() == null ? 401 : 429;
        }
        if (error instanceof AuthOverloadedException) {
            return 503;
        }
        return error instanceof WrongPasswordException ? 401 : 500;
    }

    /** Signs in who has shown a password: a new session and its cookie. What the cookie held before is revoked. */
    public Future<User> signIn(RoutingContext context, PasswordResult.Ok shown) {
        return signedIn(context, auth.sessions().create(shown, request(context, 1)));
    }

    /**
     * Signs in who was found by other means, such as a passkey or a link.
     *
     * @param level how many factors they have shown: 1, 2 or 3
     */
    public Future<User> signIn(RoutingContext context, UserId user, int level) {
        return signedIn(context, auth.sessions().create(user, request(context, level)));
    }

    private static SessionRequest request(RoutingContext context, int level) {
        HttpServerRequest request = context.request();
        return SessionRequest.none()
                .ip(
                        request.remoteAddress() == null
                                ? null
                                : request.remoteAddress().hostAddress())
                .userAgent(request.getHeader("User-Agent"))
                .level(level);
    }

    private Future<User> signedIn(RoutingContext context, Mono<IssuedSession> session) {
        Mono<IssuedSession> work = auth.sessions().revokeToken(token(context)).then(session);
        return paused(
                        context,
                        work.flatMap(issued -> auth.users()
                                .findById(issued.user())
                                .switchIfEmpty(Mono.error(LoginErrors::deadToken))
                                .map(user -> new Issued(issued, SignedIn.user(user)))))
                .map(issued -> {
                    neverInWebSession(context);
                    context.put(CURRENT, null); // it is of who was signed in before
                    give(context, issued.session());
                    setUser(context, issued.user());
                    return issued.user();
                });
    }

    private void give(RoutingContext context, IssuedSession issued) {
        context.response().addCookie(cookie(issued.token().expose()).setMaxAge(maxAge.toSeconds()));
        Session web = context.session();
        if (web != null) {
            web.regenerateId();
        }
    }

    private record Issued(IssuedSession session, User user) {}

    /**
     * Notes that who is signed in has shown another factor: the session gets that level, if it is higher, and another token; the
     * old one is dead at once. Fails with {@link LoginRefusedException} when there is no live session.
     *
     * @param level how many factors they have shown: 1, 2 or 3
     */
    public Future<Void> stepUp(RoutingContext context, int level) {
        Mono<IssuedSession> rotated =
                auth.sessions().rotate(token(context), level).switchIfEmpty(Mono.error(LoginErrors::deadToken));
        return paused(context, rotated).map(issued -> {
            give(context, issued);
            return null;
        });
    }

    /** Signs out: revokes the session, removes the cookie and ends the web session. Answer the request afterwards. */
    public Future<Void> signOut(RoutingContext context) {
        return paused(context, auth.sessions().revokeToken(token(context))).map(done -> {
            context.response().addCookie(cookie("").setMaxAge(0));
            context.put(CURRENT, null);
            setUser(context, null);
            if (context.session() != null) {
                context.session().destroy();
            }
            return null;
        });
    }

    private String name() {
        return overHttp ? "session" : "__Host-session";
    }

    private @Nullable String token(RoutingContext context) {
        Cookie cookie = context.request().getCookie(name());
        return cookie == null ? null : cookie.getValue();
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(!overHttp)
                .setSameSite(CookieSameSite.LAX);
    }

    private void refuse(RoutingContext context) {
        HttpMethod method = context.request().method();
        if (loginPage != null && (method == HttpMethod.GET || method == HttpMethod.HEAD)) {
            context.redirect(loginPage);
        } else {
            context.fail(401);
        }
    }

    /** The body of a request waits for handlers that come later. */
    private static <T> Future<T> paused(RoutingContext context, Mono<T> work) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return Futures.of(context.vertx(), work);
        }
        request.pause();
        return Futures.of(context.vertx(), work).onComplete(end -> request.resume());
    }

    private static void setUser(RoutingContext context, @Nullable User user) {
        ((UserContextInternal) context.userContext()).setUser(user);
    }

    /** Vert.x Web would keep the user in its own session, where a revocation does not reach. */
    private static void neverInWebSession(RoutingContext context) {
        if (Boolean.TRUE.equals(context.get(SessionHandlerImpl.SESSION_STOREUSER_KEY))) {
            context.put(SessionHandlerImpl.SESSION_STOREUSER_KEY, false);
        } else if (context.user() != null && context.session() != null) {
            context.session().remove(SessionHandlerImpl.SESSION_USER_HOLDER_KEY);
        }
    }
}
