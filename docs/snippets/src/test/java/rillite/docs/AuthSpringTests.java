package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.reactive.ReactiveOneTimeTokenService;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ott.DefaultServerGenerateOneTimeTokenRequestResolver;
import org.springframework.security.web.server.authentication.ott.ServerRedirectOneTimeTokenGenerationSuccessHandler;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.savedrequest.CookieServerRequestCache;
import org.springframework.session.config.annotation.web.server.EnableSpringWebSession;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import rillite.auth.AuthOptions;
import rillite.auth.AuthStore;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.NewUser;
import rillite.auth.Throttle;
import rillite.auth.spring.security.AuthStoreReactiveOAuth2AuthorizedClientService;
import rillite.auth.spring.security.AuthStoreReactiveOneTimeTokenService;
import rillite.auth.spring.security.AuthStoreReactiveUserDetailsService;
import rillite.auth.spring.security.AuthStoreServerSecurityContextRepository;
import rillite.auth.spring.security.SessionCookie;
import rillite.auth.spring.session.SessionOptions;
import rillite.auth.spring.session.SqliteReactiveSessionRepository;
import rillite.auth.spring.session.SqliteSession;
import rillite.querysets.Database;

/** guides/auth.md, what else there is for Spring */
final class AuthSpringTests {

    @TempDir
    private Path folder;

    // tag::sessions[]
    @Configuration(proxyBeanMethods = false)
    @EnableSpringWebSession
    static class WebSessions {

        @Bean
        SqliteReactiveSessionRepository webSessions(Database database) {
            SqliteReactiveSessionRepository sessions = new SqliteReactiveSessionRepository(
                    database, SessionOptions.defaults().hashedIds());
            sessions.migrate().block();
            return sessions;
        }

        @Bean(destroyMethod = "dispose")
        Disposable purge(SqliteReactiveSessionRepository sessions) {
            return sessions.schedulePurge(Duration.ofMinutes(10));
        }
    }
    // end::sessions[]

    // tag::links[]
    interface Mail {
        Mono<Void> send(String address, String link);
    }

    @Configuration(proxyBeanMethods = false)
    static class Links {

        @Bean
        ReactiveUserDetailsService users(AuthStore auth) {
            return new AuthStoreReactiveUserDetailsService(auth);
        }

        @Bean
        ReactiveOneTimeTokenService tokens(AuthStore auth) {
            return new LimitedLinks(auth, new AuthStoreReactiveOneTimeTokenService(auth));
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, AuthStore auth, Mail mail) {
            var asking = new DefaultServerGenerateOneTimeTokenRequestResolver();
            var asked = new ServerRedirectOneTimeTokenGenerationSuccessHandler("/login?sent");
            return http.securityContextRepository( // without TLS, on your own machine only
                            new AuthStoreServerSecurityContextRepository(auth, SessionCookie.withoutTls()))
                    .csrf(csrf -> csrf.csrfTokenRepository(new CookieServerCsrfTokenRepository()))
                    .requestCache(cache -> cache.requestCache(new CookieServerRequestCache()))
                    .authorizeExchange(pages -> pages.anyExchange().authenticated())
                    .oneTimeTokenLogin(login -> login.generateRequestResolver(exchange -> asking.resolve(exchange)
                                    .onErrorMap(
                                            IllegalArgumentException.class, // no name at all
                                            none -> new ResponseStatusException(HttpStatus.BAD_REQUEST)))
                            .tokenGenerationSuccessHandler((exchange, token) -> auth.users()
                                    .findLogin(token.getUsername()) // to the stored address, never to the typed one
                                    .flatMap(found ->
                                            Mono.justOrEmpty(found.user().email()))
                                    .flatMap(address -> mail.send(address, "/login/ott?token=" + token.getTokenValue()))
                                    .then(asked.handle(exchange, token))))
                    .build();
        }
    }
    // end::links[]

    // tag::limit[]
    /** Three links for a name in a quarter of an hour: a new link ends the one before. */
    record LimitedLinks(AuthStore auth, ReactiveOneTimeTokenService links) implements ReactiveOneTimeTokenService {
        private static final Throttle.Limit LIMIT =
                new Throttle.Limit(3, Duration.ofMinutes(15), Duration.ofMinutes(15));

        @Override
        public Mono<OneTimeToken> generate(GenerateOneTimeTokenRequest request) {
            return Mono.defer(() -> auth.throttle().hit("link:" + plain(request.getUsername()), LIMIT))
                    .onErrorMap(
                            InvalidAuthValueException.class, odd -> new ResponseStatusException(HttpStatus.BAD_REQUEST))
                    .filter(Throttle.Decision::allowed)
                    .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS)))
                    .flatMap(allowed -> links.generate(request));
        }

        @Override
        public Mono<OneTimeToken> consume(OneTimeTokenAuthenticationToken shown) {
            return links.consume(shown);
        }

        /** One spelling of an address, of all that the store takes for the same. */
        private static String plain(String typed) {
            String lower = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            return Normalizer.normalize(lower, Normalizer.Form.NFKC)
                    .replace("\uFEFF", "")
                    .strip();
        }
    }
    // end::limit[]

    @Configuration(proxyBeanMethods = false)
    static class Clients {
        // tag::clients[]
        @Bean
        ReactiveOAuth2AuthorizedClientService clients(AuthStore auth, ReactiveClientRegistrationRepository providers) {
            return new AuthStoreReactiveOAuth2AuthorizedClientService(auth, providers);
        }
        // end::clients[]
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @EnableWebFluxSecurity
    static class Web {}

    private static AnnotationConfigApplicationContext context(Database database, Class<?>... configurations) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getBeanFactory().registerSingleton("database", database);
        context.register(configurations);
        return context;
    }

    @Test
    void webSessions_areThereAfterARestart_byTheHashOfTheirIds() {
        AuthSetup.App app = Scratch.await(AuthSetup.open(folder.resolve("app.db"), AuthOptions.defaults()));
        String id;
        try (AnnotationConfigApplicationContext context = context(app.database(), WebSessions.class)) {
            context.refresh();
            SqliteReactiveSessionRepository sessions = context.getBean(SqliteReactiveSessionRepository.class);
            SqliteSession session = Scratch.await(sessions.createSession());
            session.setAttribute("name", "Ada");
            id = session.getId();
            Scratch.await(sessions.save(session).thenReturn(true));
        }
        try (AnnotationConfigApplicationContext context = context(app.database(), WebSessions.class)) {
            context.refresh();
            SqliteSession found = Scratch.await(
                    context.getBean(SqliteReactiveSessionRepository.class).findById(id));
            assertThat(found.<String>getAttribute("name")).isEqualTo("Ada");
            assertThat(Scratch.await(app.database()
                            .sql("SELECT session_id FROM SPRING_SESSION")
                            .values()
                            .flat(String.class)
                            .get()))
                    .isNotEqualTo(id);
        }
        Scratch.await(app.database().close().thenReturn(true));
    }

    @Test
    void links_areMailedSignInOnceAndAreLimited() {
        AuthSetup.App app = Scratch.await(AuthSetup.open(folder.resolve("app.db"), AuthOptions.defaults()));
        Scratch.await(app.auth().users().create(NewUser.of("ada@example.org")));
        Queue<String> mails = new ConcurrentLinkedQueue<>();
        try (AnnotationConfigApplicationContext context = context(app.database(), Web.class, Links.class)) {
            context.registerBean(AuthStore.class, () -> app.auth());
            context.registerBean(
                    Mail.class, () -> (address, link) -> Mono.fromRunnable(() -> mails.add(address + " " + link)));
            context.refresh();
            DisposableServer server = AuthWebFluxTests.serve(context);
            try {
                Visitor ada = new Visitor(server.port());
                Visitor.leadsTo("/login?sent", ask(ada, "nobody@example.org"));
                assertThat(mails).isEmpty();
                Visitor.leadsTo("/login?sent", ask(ada, "Ada@Example.org"));
                assertThat(mails).hasSize(1);
                String[] mail = mails.remove().split(" ");
                assertThat(mail[0]).isEqualTo("ada@example.org");
                String token = mail[1].substring(mail[1].indexOf('=') + 1);
                Visitor.leadsTo("/", ada.submit(mail[1], "/login/ott", "token", token));
                Visitor.leadsTo(
                        "/login?error", new Visitor(server.port()).submit(mail[1], "/login/ott", "token", token));

                assertThat(ask(ada, "").statusCode()).isEqualTo(400);
                ask(ada, "ada@example.org");
                ask(ada, "ada@example.org");
                assertThat(ask(ada, "ADA@example.org").statusCode()).isEqualTo(429);
                assertThat(ask(ada, " \uFF21da@example.org").statusCode()).isEqualTo(429);
                assertThat(mails).hasSize(2);
            } finally {
                server.disposeNow();
            }
        }
        Scratch.await(app.database().close().thenReturn(true));
    }

    private static HttpResponse<String> ask(Visitor who, String name) {
        return who.submit("/login", "/ott/generate", "username", name);
    }

    @Test
    void auditAndProof_areWhatTheApplicationSays() {
        AuthSetup.App app = Scratch.await(AuthSetup.open(folder.resolve("app.db"), AuthOptions.defaults()));
        var ada = Scratch.await(app.auth().users().create(NewUser.of("ada@example.org")));
        Scratch.await(AuthSetup.signedIn(app.auth(), ada.id(), "192.0.2.1").thenReturn(true));
        assertThat(Scratch.await(AuthSetup.proven(app.auth(), ada.id(), "other@example.org")
                        .hasElement()))
                .isFalse();
        assertThat(Scratch.await(AuthSetup.proven(app.auth(), ada.id(), "ada@example.org"))
                        .emailVerifiedAt())
                .isNotNull();
        assertThat(Scratch.await(app.auth()
                                .audit()
                                .of(ada.id(), rillite.auth.Page.of(10))
                                .next())
                        .toString())
                .contains("signed.in");
        Scratch.await(app.database().close().thenReturn(true));
    }
}
