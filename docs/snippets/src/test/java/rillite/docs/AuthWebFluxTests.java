package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.EmailTakenException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.spring.security.AuthStoreReactiveAuthenticationManager;
import rillite.auth.spring.security.AuthStoreServerSecurityContextRepository;
import rillite.auth.spring.security.AuthStoreUser;
import rillite.auth.spring.security.SessionCookie;

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
        app = Scratch.await(AuthSetup.open(folder.resolve("app.db"), AuthOptions.defaults()));
        context = new AnnotationConfigApplicationContext();
        context.registerBean(AuthStore.class, () -> app.auth());
        context.register(SecurityConfiguration.class);
        context.registerBean("pages", RouterFunction.class, () -> pages(app.auth()));
        context.refresh();
        server = serve(context);
    }

    @AfterEach
    void close() {
        server.disposeNow();
        context.close();
        Scratch.await(app.database().close().thenReturn(true));
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
            return http.securityContextRepository(sessions)
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/sign-up")
                            .permitAll()
                            .anyExchange()
                            .authenticated())
                    .formLogin(
                            login -> login.authenticationSuccessHandler( // the page is GET /login, its form POST /login
                                    new RedirectServerAuthenticationSuccessHandler("/me")))
                    .logout(Customizer.withDefaults()) // POST /logout
                    .build();
        }
    }
    // end::security[]

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
