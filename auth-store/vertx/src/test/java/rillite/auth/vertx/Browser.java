package rillite.auth.vertx;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rillite.core.testing.Await;

/** A client with cookies that follows no redirects. */
final class Browser {

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpResponse<String> get(int port, String path) {
        return send(HttpRequest.newBuilder(uri(port, path)).build());
    }

    HttpResponse<String> post(int port, String path, String form) {
        return post(port, path, "application/x-www-form-urlencoded", form);
    }

    HttpResponse<String> post(int port, String path, String type, String body) {
        return send(HttpRequest.newBuilder(uri(port, path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> login(int port, String user, String password) {
        return post(port, "/login", "username=" + encoded(user) + "&password=" + encoded(password));
    }

    /** As the form of a page of another site is sent. */
    HttpResponse<String> loginFromAnotherSite(int port, String user, String password) {
        String form = "username=" + encoded(user) + "&password=" + encoded(password);
        return send(HttpRequest.newBuilder(uri(port, "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .orTimeout(Await.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException e) {
            throw new AssertionError(request.uri().toString(), e);
        }
    }

    /** What the cookie of that name holds now, null when there is none. */
    @Nullable String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    void setCookie(int port, String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setDomain("127.0.0.1");
        cookie.setVersion(0);
        cookies.getCookieStore().add(uri(port, "/"), cookie);
    }
}
