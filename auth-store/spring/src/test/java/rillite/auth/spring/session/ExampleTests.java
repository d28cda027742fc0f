package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.session.config.annotation.web.server.EnableSpringWebSession;
import org.springframework.session.security.SpringSessionBackedReactiveSessionRegistry;
import reactor.core.Disposable;
import rillite.auth.spring.session.WebServer.Browser;
import rillite.core.testing.Await;
import rillite.querysets.Database;
import rillite.r2dbc.testing.LeakFree;

/** The least that an application writes, as the pages show it. */
@ExtendWith(LeakFree.class)
final class ExampleTests {

    @TempDir
    Path directory = Path.of("");

    // tag::example
    @Configuration(proxyBeanMethods = false)
    @EnableSpringWebSession
    static class Sessions {

        @Bean
        Database database(Path file) {
            return Database.open(file).block(); // Spring closes it
        }

        @Bean
        SqliteReactiveSessionRepository sessions(Database database) {
            SqliteReactiveSessionRepository sessions = new SqliteReactiveSessionRepository(database);
            sessions.migrate().block();
            return sessions;
        }

        @Bean(destroyMethod = "dispose")
        Disposable purge(SqliteReactiveSessionRepository sessions) {
            return sessions.schedulePurge(Duration.ofMinutes(10));
        }

        @Bean // who is signed in where: maximum of sessions, sign-out of the others
        ReactiveSessionRegistry registry(SqliteReactiveSessionRepository sessions) {
            return new SpringSessionBackedReactiveSessionRegistry<>(sessions, sessions);
        }
    }
    // end::example

    @Test
    void example_keepsSessionsOverARestart() {
        Path file = directory.resolve("app.db");
        String id;
        try (WebServer server = new WebServer(file, Sessions.class, PlainPages.class)) {
            Browser ada = server.browser();
            ada.get("/put/name/Ada");
            id = ada.sessionId();
        }
        try (WebServer server = new WebServer(file, Sessions.class, PlainPages.class)) {
            Browser ada = server.browser();
            ada.sessionId(id);
            assertThat(ada.get("/get/name").body()).isEqualTo("Ada");
            assertThat(server.bean(ReactiveSessionRegistry.class)
                            .getSessionInformation(id)
                            .block(Await.PATIENCE))
                    .isNotNull();
        }
    }
}
