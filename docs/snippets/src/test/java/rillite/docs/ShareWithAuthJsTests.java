package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.auth.Secret;
import rillite.auth.authjs.AdapterAccount;
import rillite.auth.authjs.AdapterSession;
import rillite.auth.authjs.AdapterUser;
import rillite.auth.authjs.AuthJsAdapter;
import rillite.auth.authjs.LayoutReport;
import rillite.querysets.Database;

/** guides/share-with-authjs.md */
final class ShareWithAuthJsTests {

    private static final Secret AUTH_SECRET = Secret.of("0123456789abcdef0123456789abcdef");

    private Database db;
    private AuthJsAdapter users;

    @BeforeEach
    void open(@TempDir Path folder) {
        Path file = folder.resolve("app.db");
        Database started = Scratch.await(Database.open(file));

        // tag::create[]
        Mono<Void> created = AuthJsAdapter.drizzle(started).createTables();
        // end::create[]

        created.block();
        started.close().block();

        // tag::open[]
        Mono<Database> opened = Database.open(file)
                .delayUntil(db -> AuthJsAdapter.drizzle(db).verifySchema().map(LayoutReport::orThrow));
        // end::open[]

        db = Scratch.await(opened);
        users = AuthJsAdapter.drizzle(db);
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    // tag::routes[]
    static RouterFunction<ServerResponse> routes(AuthJsAdapter users) {
        return RouterFunctions.route()
                .GET(
                        "/me",
                        request -> users.authenticate(sessionToken(request))
                                .flatMap(found -> ServerResponse.ok()
                                        .bodyValue("Hello " + found.user().name()))
                                .switchIfEmpty(ServerResponse.status(HttpStatus.UNAUTHORIZED)
                                        .build()))
                .build();
    }

    static String sessionToken(ServerRequest request) {
        return Stream.of("__Secure-authjs.session-token", "authjs.session-token")
                .map(name -> request.cookies().getFirst(name))
                .filter(cookie -> cookie != null)
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }
    // end::routes[]

    private AdapterUser ada() {
        return Scratch.await(users.createUser(AdapterUser.of("ada@example.com").name("Ada")));
    }

    private static int status(DisposableServer server, String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/me"))
                .header("Cookie", cookie)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            assertThat(answer.body()).isEqualTo("Hello Ada");
        }
        return answer.statusCode();
    }

    @Test
    void visitor_isKnownByTheCookieOfAuthJs() throws Exception {
        AdapterUser ada = ada();

        // tag::signin[]
        Mono<AdapterSession> signedIn = users.startSession(ada.id()); // its token goes into the cookie
        // end::signin[]

        Secret token = Scratch.await(signedIn).sessionToken();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes(users))))
                .bindNow();
        try {
            assertThat(status(server, "authjs.session-token=" + token.expose())).isEqualTo(200);
            assertThat(status(server, "__Secure-authjs.session-token=" + token.expose()))
                    .isEqualTo(200);
            assertThat(status(server, "authjs.session-token=another")).isEqualTo(401);
            assertThat(status(server, "other=1")).isEqualTo(401);

            // tag::signout[]
            Mono<Void> signedOut = users.deleteSession(token);
            // end::signout[]

            signedOut.block();
            assertThat(status(server, "authjs.session-token=" + token.expose())).isEqualTo(401);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void link_isMadeInJava_andRedeemedInJava() {
        // tag::link[]
        Mono<String> link = users.issueMagicLink("ada@example.com", AUTH_SECRET, Duration.ofMinutes(10))
                .map(token ->
                        "https://app.example.com/api/auth/callback/email?callbackUrl=%2F&email=ada%40example.com&token="
                                + token.expose());
        // end::link[]

        String token = Scratch.await(link).replaceAll(".*token=", "");

        // tag::redeem[]
        Mono<String> proven = users.redeemMagicLink("Ada@Example.com", token, AUTH_SECRET);
        // end::redeem[]

        assertThat(Scratch.await(proven)).isEqualTo("ada@example.com");
        assertThat(proven.block()).isNull();
    }

    @Test
    void userAndAccount_areMadeTogether() {
        // tag::together[]
        AdapterUser ada =
                AdapterUser.of(AuthJsAdapter.normalEmail("Ada@Example.com")).name("Ada");
        Mono<AdapterSession> registered = db.inTransaction(transaction -> {
                    AuthJsAdapter inside = AuthJsAdapter.drizzle(transaction.database());
                    return inside.createUser(ada)
                            .then(inside.linkAccount(AdapterAccount.of(ada.id(), "oidc", "google", "1042")))
                            .then(inside.startSession(ada.id()));
                })
                .single();
        // end::together[]

        AdapterSession session = Scratch.await(registered);
        assertThat(Scratch.await(users.getUserByAccount("google", "1042"))).isEqualTo(ada);
        assertThat(Scratch.await(users.authenticate(session.sessionToken().expose()))
                        .user())
                .isEqualTo(ada);
    }

    @Test
    void tablesOfOtherNames_areNamed(@TempDir Path folder) {
        Database db = Scratch.await(Database.open(folder.resolve("custom.db")));

        // tag::names[]
        AuthJsAdapter custom = AuthJsAdapter.drizzle(db).table("user", "users").table("session", "sessions");
        // end::names[]

        custom.createTables().block();
        assertThat(Scratch.await(custom.createUser(AdapterUser.of("ada@example.com")))
                        .email())
                .isEqualTo("ada@example.com");
        assertThat(Scratch.await(db.sql("SELECT count(*) FROM users")
                        .values()
                        .flat(Long.class)
                        .get()))
                .isEqualTo(1);
        db.close().block();
    }

    @Test
    void lives_areSetAsInAuthJs() {
        // tag::life[]
        AuthJsAdapter weekly = users.sessionLife(Duration.ofDays(7), Duration.ofHours(1));
        // end::life[]

        AdapterSession session = Scratch.await(weekly.startSession(ada().id()));
        assertThat(session.expires()).isBefore(java.time.Instant.now().plus(Duration.ofDays(8)));
    }

    @Test
    void report_tellsOfRows() {
        ada();
        // tag::report[]
        Mono<List<String>> dates = users.verifySchema().map(LayoutReport::dates);
        // end::report[]

        assertThat(Scratch.await(dates)).isEmpty();
        db.sql("INSERT INTO session SELECT 't', id, '2001-01-01 00:00:00' FROM user")
                .execute()
                .block();
        Shown.on("docs/guides/share-with-authjs.md", this, db).output("dates", Scratch.await(dates));
    }
}
