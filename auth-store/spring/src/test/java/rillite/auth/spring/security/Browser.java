package rillite.auth.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real HTTP client with cookies of its own, which follows no redirects unless told. */
final class Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(PATIENCE)
            .build();
    private final String home;

    Browser(String home) {
        this.home = home;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).GET().header("Accept", "text/html"));
    }

    /** Sends a form without the token that forged ones lack. */
    HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address(path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Opens a page with a form on it, and sends the form with its hidden token. */
    HttpResponse<String> submit(String page, String path, String... fields) {
        String shown = get(page).body();
        Matcher hidden = HIDDEN.matcher(shown);
        assertThat(hidden.find()).as("a hidden token on " + page + ": " + shown).isTrue();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("_csrf", hidden.group(1));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return post(path, form);
    }

    HttpResponse<String> login(String email, String password, String... more) {
        String[] fields = new String[4 + more.length];
        fields[0] = "username";
        fields[1] = email;
        fields[2] = "password";
        fields[3] = password;
        System.arraycopy(more, 0, fields, 4, more.length);
        return submit("/login", "/login", fields);
    }

    HttpResponse<String> logout() {
        return submit("/logout", "/logout");
    }

    /** Where a redirect leads. */
    static String target(HttpResponse<String> redirect) {
        assertThat(redirect.statusCode()).as(redirect.body()).isBetween(300, 399);
        return redirect.headers().firstValue("Location").orElseThrow();
    }

    /** The same with its host. */
    static String address(HttpResponse<String> redirect) {
        return redirect.uri().resolve(target(redirect)).toString();
    }

    /** The line of an answer that sets a cookie. */
    static Optional<String> setCookie(HttpResponse<String> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .findFirst();
    }

    Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Plants a cookie. */
    void plant(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setDomain("localhost.local"); // as a cookie from the server has it here
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(home), cookie);
    }

    private URI address(String path) {
        return URI.create(path.startsWith("http") ? path : home + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
