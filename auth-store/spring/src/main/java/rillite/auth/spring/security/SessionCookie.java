package rillite.auth.spring.security;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookie that carries the token of a session. Always HttpOnly. Immutable.
 *
 * @param name of the cookie; one that begins with {@code __Host-} is taken by browsers only from this host, over TLS
 * @param path below which it is sent
 * @param secure whether it is sent over TLS only
 * @param sameSite {@code Strict}, {@code Lax} or {@code None}
 * @param remember whether it outlives the browser's closing
 */
public record SessionCookie(String name, String path, boolean secure, String sameSite, Remember remember) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern SAME_SITE = Pattern.compile("Strict|Lax|None");

    /**
     * @throws IllegalArgumentException the name is none for a cookie, or browsers would not take the cookie
     */
    public SessionCookie {
        check(NAME.matcher(name).matches(), "The name of a cookie needs 1 to 100 letters, digits, dots, - and _.");
        check(path.startsWith("/"), "The path of a cookie begins with a slash.");
        check(SAME_SITE.matcher(sameSite).matches(), "SameSite is Strict, Lax or None.");
        check(secure || !sameSite.equals("None"), "Browsers take a cookie with SameSite=None only when it is Secure.");
        check(
                !isNamed(name, "__Host-") || (secure && path.equals("/")),
                "Browsers take a cookie named __Host-.. only when it is Secure and its path is /.");
        check(
                !isNamed(name, "__Secure-") || secure,
                "Browsers take a cookie named __Secure-.. only when it is Secure.");
    }

    /** Browsers know these beginnings in upper and lower case. */
    private static boolean isNamed(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What belongs on the internet: {@code __Host-auth}, over TLS only, SameSite=Lax, stays if asked. */
    public static SessionCookie overTls() {
        return new SessionCookie("__Host-auth", "/", true, "Lax", Remember.IF_ASKED);
    }

    /** The same named {@code auth}, without TLS: for development only. */
    public static SessionCookie withoutTls() {
        return new SessionCookie("auth", "/", false, "Lax", Remember.IF_ASKED);
    }

    /** With another name. */
    public SessionCookie name(String other) {
        return new SessionCookie(other, path, secure, sameSite, remember);
    }

    /** With another path. */
    public SessionCookie path(String other) {
        return new SessionCookie(name, other, secure, sameSite, remember);
    }

    /** With another SameSite. */
    public SessionCookie sameSite(String other) {
        return new SessionCookie(name, path, secure, other, remember);
    }

    /** With another answer to whether it outlives the browser's closing. */
    public SessionCookie remember(Remember other) {
        return new SessionCookie(name, path, secure, sameSite, other);
    }

    /** The token that a request shows, if it shows one. */
    @Nullable String read(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(name);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /**
     * @param life how long it stays; null until the browser closes
     */
    void write(ServerWebExchange exchange, String token, @Nullable Duration life) {
        ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(name, token)
                .path(path)
                .secure(secure)
                .httpOnly(true)
                .sameSite(sameSite);
        if (life != null) {
            cookie.maxAge(life);
        }
        exchange.getResponse().getCookies().set(name, cookie.build());
    }

    void clear(ServerWebExchange exchange) {
        write(exchange, "", Duration.ZERO);
    }
}
