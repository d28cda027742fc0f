package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.onEventLoop;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import rillite.auth.spring.session.WebServer.Browser;
import rillite.r2dbc.testing.BlockingCalls;

/** No session blocks the event loop that asks for it. */
@Tag("blockhound")
final class BlockHoundTests extends SessionStoreTests {

    @BeforeEach
    void watch() {
        BlockingCalls.watch();
    }

    @Test
    void control_sleep_isReported() {
        Mono<Boolean> slept = Mono.fromCallable(() -> {
            Thread.sleep(1);
            return true;
        });
        assertThat(onEventLoop(() -> slept.onErrorReturn(false))).isFalse();
        BlockingCalls.assertSeen("sleep");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void repository_neverBlocks(boolean json) {
        SqliteReactiveSessionRepository own = store.with(
                options -> options.serializer(json ? AttributeSerializer.json() : AttributeSerializer.jdk()));
        SqliteSession session = onEventLoop(own::createSession);
        session.setAttribute("SPRING_SECURITY_CONTEXT", AttributeTests.signedIn());
        session.setAttribute("cart", List.of("tea", 42L));
        onEventLoop(() -> own.save(session).thenReturn(true));
        SqliteSession read = onEventLoop(() -> own.findById(session.getId()));
        read.setAttribute("cart", Map.of("tea", 1));
        read.changeSessionId();
        onEventLoop(() -> own.save(read).thenReturn(true));
        store.clock.move(Duration.ofMinutes(2));
        read.setLastAccessedTime(store.clock.instant());
        onEventLoop(() -> own.save(read).thenReturn(true));
        assertThat(onEventLoop(() -> own.findByPrincipalName("ada"))).hasSize(1);
        onEventLoop(() -> own.purgeExpired(10));
        onEventLoop(() -> own.deleteById(read.getId()).thenReturn(true));
        onEventLoop(own::migrate);
        BlockingCalls.assertNone();
    }

    @Test
    void server_neverBlocks() {
        SqliteReactiveSessionRepository own = store.with(options -> options.clock(Clock.systemUTC()));
        try (WebServer server = new WebServer(own, PlainSite.class)) {
            Browser ada = server.browser();
            ada.get("/put/name/Ada");
            ada.get("/rename");
            assertThat(ada.get("/get/name").body()).isEqualTo("Ada");
            ada.get("/end");
        }
        BlockingCalls.assertNone();
    }
}
