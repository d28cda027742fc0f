package rillite.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.savedrequest.CookieServerRequestCache;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.HtmlUtils;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.auth.AuthOptions;
import rillite.auth.AuthOverloadedException;
import rillite.auth.AuthStore;
import rillite.auth.EmailTakenException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.spring.security.AuthStoreReactiveAuthenticationManager;
import rillite.auth.spring.security.AuthStoreServerSecurityContextRepository;
import rillite.auth.spring.security.AuthStoreUser;
import rillite.auth.spring.security.SessionCookie;
import rillite.querysets.Database;

/** guides/auth.md, WebFlux */
final class AuthWebFluxTests {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path folder;

    private AuthSetup.App app;
    private AnnotationConfigApplicationContext context;
    private DisposableServer server;

    @BeforeEach
    void open() {
        context = new AnnotationConfigApplicationContext();
        context.registerBean(Path.class, () -> folder.resolve("app.db"));
        context.register(Program.class);
        context.refresh();
        app = new AuthSetup.App(context.getBean(Database.class), context.getBean(AuthStore.class));
        server = serve(context);
    }

    @AfterEach
    void close() {
        server.disposeNow();
        context.close();
    }

    // tag::security[]
    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableWebFluxSecurity
    static class SecurityConfiguration {

        @Bean
        ReactiveAuthenticationManager authenticationManager(AuthStore auth) {
            return new AuthStoreReactiveAuthenticationManager(auth);
        }

        @Bean
        AuthStoreServerSecurityContextRepository sessions(AuthStore auth) {
            // Without TLS, on your own machine only. In production: new AuthStoreServerSecurityContextRepository(auth)
            return new AuthStoreServerSecurityContextRepository(auth, SessionCookie.withoutTls());
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, AuthStoreServerSecurityContextRepository sessions) {
            CookieServerRequestCache wanted = new CookieServerRequestCache(); // the page that led to the sign-in
            RedirectServerAuthenticationSuccessHandler signedIn = new RedirectServerAuthenticationSuccessHandler("/me");
            signedIn.setRequestCache(wanted);
            return http.securityContextRepository(sessions)
                    .csrf(csrf -> csrf.csrfTokenRepository(new CookieServerCsrfTokenRepository()))
                    .requestCache(cache -> cache.requestCache(wanted))
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/sign-up")
                            .permitAll()
                            .anyExchange()
                            .authenticated())
                    .formLogin(login -> login // the page is GET /login, its form POST /login
                            .authenticationSuccessHandler(signedIn)
                            .authenticationFailureHandler(AuthWebFluxTests::refused))
                    .logout(Customizer.withDefaults()) // POST /logout
                    .build();
        }
    }
    // end::security[]

    // tag::refused[]
    /** A locked login is 429 and too many sign-ins at once are 503; all else looks like a wrong password. */
    private static Mono<Void> refused(WebFilterExchange filter, AuthenticationException why) {
        boolean locked = why instanceof LockedException;
        if (!locked && !(why instanceof AuthenticationServiceException)) {
            return new RedirectServerAuthenticationFailureHandler("/login?error").onAuthenticationFailure(filter, why);
        }
        ServerHttpResponse response = filter.getExchange().getResponse();
        response.setStatusCode(locked ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        byte[] text = (locked ? "Too many tries. Come back in a while." : "Busy. Try again.").getBytes(UTF_8);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(text)));
    }
    // end::refused[]

    // tag::pages[]
    static RouterFunction<ServerResponse> pages(AuthStore auth) {
        return RouterFunctions.route()
                .GET("/sign-up", request -> page(request, AuthWebFluxTests::signUpForm))
                .POST(
                        "/sign-up",
                        request -> request.formData().flatMap(form -> signedUp(auth, form.toSingleValueMap())))
                .GET("/me", request -> user(request).flatMap(user -> page(request, hidden -> profile(user, hidden))))
                .POST(
                        "/sign-out-everywhere",
                        request -> user(request)
                                .flatMap(user -> auth.sessions().revokeAll(user.id()))
                                .then(redirect("/login")))
                .build();
    }

    private static String signUpForm(String hidden) {
        return "<form method=post>" + hidden + """
                <input name=email type=email placeholder=E-mail>
                <input name=name placeholder=Name>
                <input name=password type=password placeholder=Password>
                <button>Sign up</button>
                </form>""";
    }
    // end::pages[]

    // tag::signedUp[]
    private static Mono<ServerResponse> signedUp(AuthStore auth, Map<String, String> form) {
        String email = form.getOrDefault("email", "");
        String name = form.getOrDefault("name", "");
        return AuthSetup.signUp(auth, email, name, form.getOrDefault("password", ""))
                .flatMap(user -> redirect("/login"))
                .onErrorResume(
                        EmailTakenException.class,
                        taken -> ServerResponse.status(409).bodyValue("There is an account of this address."))
                .onErrorResume(
                        AuthOverloadedException.class,
                        busy -> ServerResponse.status(503).bodyValue("Busy. Try again."))
                .onErrorResume(
                        InvalidAuthValueException.class,
                        wrong -> ServerResponse.badRequest().bodyValue("Not an address, or too short a password."));
    }

    private static Mono<ServerResponse> redirect(String page) {
        return ServerResponse.seeOther(URI.create(page)).build();
    }
    // end::signedUp[]

    // tag::me[]
    private static Mono<AuthStoreUser> user(ServerRequest request) {
        return request.principal()
                .cast(Authentication.class)
                .map(Authentication::getPrincipal)
                .cast(AuthStoreUser.class);
    }

    private static String profile(AuthStoreUser user, String hidden) {
        return "<h1>Hello " + HtmlUtils.htmlEscape(user.displayName().orElse("nobody")) + "</h1>"
                + "<form method=post action=/logout>" + hidden + "<button>Sign out</button></form>"
                + "<form method=post action=/sign-out-everywhere>" + hidden + "<button>Everywhere</button></form>";
    }

    /** A page whose forms have the hidden field that tells them from forged ones. */
    private static Mono<ServerResponse> page(ServerRequest request, Function<String, String> html) {
        Mono<CsrfToken> token = request.exchange().getRequiredAttribute(CsrfToken.class.getName());
        return token.map(csrf -> "<input type=\"hidden\" name=\"_csrf\" value=\"" + csrf.getToken() + "\">")
                .flatMap(hidden ->
                        ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(html.apply(hidden)));
    }
    // end::me[]

    // tag::program[]
    @Configuration(proxyBeanMethods = false)
    @Import(SecurityConfiguration.class)
    static class Program {

        @Bean
        Database database(Path file) {
            return Database.open(file).block(); // Spring closes it
        }

        @Bean
        AuthStore auth(Database database) {
            AuthStore auth = AuthStore.on(database, AuthOptions.defaults());
            auth.migrate().block();
            return auth;
        }

        @Bean(destroyMethod = "dispose")
        Disposable maintenance(AuthStore auth) {
            return auth.maintenance().schedule(Duration.ofHours(1));
        }

        @Bean
        RouterFunction<ServerResponse> routes(AuthStore auth) {
            return pages(auth);
        }
    }
    // end::program[]

    // tag::serve[]
    static DisposableServer serve(ApplicationContext context) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .maxKeepAliveRequests(1) // kept connections may stall: reactor-netty#4347, open in 1.3.6
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow();
    }
    // end::serve[]

    private Visitor visitor() {
        return new Visitor(server.port());
    }

    private Visitor ada() {
        Visitor ada = visitor();
        Visitor.leadsTo("/me", ada.submit("/login", "/login", "username", "Ada@Example.org", "password", PASSWORD));
        return ada;
    }

    private HttpResponse<String> signUp(Visitor who, String name, String email, String password) {
        return who.submit("/sign-up", "/sign-up", "email", email, "name", name, "password", password);
    }

    @Test
    void signUpSignInProfileSignOut_work() {
        Visitor ada = visitor();
        Visitor.leadsTo("/login", ada.get("/me"));

        Visitor.leadsTo("/login", signUp(ada, "Ada & <b>Co</b> 100%", "ada@example.org", PASSWORD));
        assertThat(ada.submit("/login", "/login", "username", "ada@example.org", "password", "wrong horse")
                        .headers()
                        .firstValue("Location"))
                .hasValue("/login?error");
        Visitor.leadsTo("/me", ada.submit("/login", "/login", "username", "Ada@Example.org", "password", PASSWORD));

        assertThat(ada.get("/me").body()).contains("<h1>Hello Ada &amp; &lt;b&gt;Co&lt;/b&gt; 100%</h1>");
        String token = ada.cookie("auth");
        assertThat(token).hasSize(43);
        AuthSetup.assertStoredAsHashes(app, token, PASSWORD);

        Visitor.leadsTo("/login?logout", ada.submit("/me", "/logout"));
        Visitor.leadsTo("/login", ada.get("/me"));
    }

    @Test
    void signUp_takenAddressOrShortPassword_isRefused() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);

        assertThat(signUp(visitor(), "Eve", "ADA@example.org", PASSWORD).statusCode())
                .isEqualTo(409);
        assertThat(signUp(visitor(), "Eve", "eve@example.org", "short").statusCode())
                .isEqualTo(400);
        assertThat(signUp(visitor(), "Eve", "no address", PASSWORD).statusCode())
                .isEqualTo(400);
        assertThat(app.auth().users().findByEmail("eve@example.org").blockOptional())
                .isEmpty();
    }

    @Test
    void anonymousVisits_leaveNoSession() {
        for (String page : List.of("/login", "/me", "/sign-up", "/nowhere")) {
            Visitor nobody = visitor();
            assertThat(nobody.get(page).headers().allValues("Set-Cookie"))
                    .as(page)
                    .noneMatch(cookie -> cookie.startsWith("SESSION="));
        }
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);
        Visitor ada = ada();
        ada.get("/me");
        assertThat(ada.cookie("SESSION")).isEmpty();
        assertThat(ada.cookie("auth")).isNotEmpty();
    }

    @Test
    void lockedLogin_isToldFromAWrongPassword() {
        Visitor eve = visitor();
        for (int i = 0; i < 10; i++) {
            Visitor.leadsTo(
                    "/login?error",
                    eve.submit("/login", "/login", "username", "ada@example.org", "password", "wrong horse"));
        }
        HttpResponse<String> locked =
                eve.submit("/login", "/login", "username", "ada@example.org", "password", "wrong horse");
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.body()).startsWith("Too many tries.");
    }

    @Test
    void signOutEverywhere_endsAllSessions() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);
        Visitor laptop = ada();
        Visitor phone = ada();
        assertThat(phone.get("/me").statusCode()).isEqualTo(200);

        Visitor.leadsTo("/login", laptop.submit("/me", "/sign-out-everywhere"));

        Visitor.leadsTo("/login", phone.get("/me"));
        Visitor.leadsTo("/login", laptop.get("/me"));
    }

    @Test
    void forgedForm_isRefused() {
        signUp(visitor(), "Ada", "ada@example.org", PASSWORD);

        assertThat(ada().submit("/nowhere", "/sign-out-everywhere").statusCode())
                .isEqualTo(403);
    }
}
