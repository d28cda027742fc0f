package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.auth.spring.session.WebServer.Browser;
import rillite.r2dbc.testing.LeakFree;

/** Sessions of a WebFlux server that real clients talk to. */
@ExtendWith(LeakFree.class)
final class WebSessionTests {

    @TempDir
    Path directory = Path.of("");

    private SessionStore store;
    private WebServer server;

    @BeforeEach
    void start() {
        store = SessionStore.in(directory, options -> options.clock(Clock.systemUTC()));
        server = new WebServer(store.sessions, PlainSite.class);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private long rows() {
        return store.count("SELECT count(*) FROM SPRING_SESSION");
    }

    @Test
    void request_withoutSession_storesNothing() {
        Browser browser = server.browser();
        assertThat(browser.get("/hello").body()).isEqualTo("hello");
        assertThat(browser.get("/get/a").body()).isEqualTo("null");
        assertThat(browser.sessionId()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void attributes_areKeptOverRequests_apartForEachClient() {
        Browser ada = server.browser();
        Browser bob = server.browser();
        ada.get("/put/name/Ada");
        bob.get("/put/name/Bob");
        assertThat(ada.sessionId()).hasSize(43).isNotEqualTo(bob.sessionId());
        ada.get("/put/cart/tea");
        assertThat(ada.get("/get/name").body()).isEqualTo("Ada");
        assertThat(ada.get("/get/cart").body()).isEqualTo("tea");
        assertThat(bob.get("/get/name").body()).isEqualTo("Bob");
        assertThat(bob.get("/get/cart").body()).isEqualTo("null");
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void changeSessionId_endsTheOld_andKeepsAttributes() {
        Browser ada = server.browser();
        ada.get("/put/name/Ada");
        String old = ada.sessionId();
        ada.get("/rename");
        assertThat(ada.sessionId()).isNotEqualTo(old).hasSize(43);
        assertThat(ada.get("/get/name").body()).isEqualTo("Ada");
        assertThat(find(store.sessions.findById(old))).isNull();

        Browser attacker = server.browser();
        attacker.sessionId(old);
        assertThat(attacker.get("/get/name").body()).isEqualTo("null");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void invalidate_endsTheSession() {
        Browser ada = server.browser();
        ada.get("/put/name/Ada");
        String id = ada.sessionId();
        assertThat(ada.get("/end").body()).isEqualTo("ended");
        assertThat(rows()).isZero();
        ada.sessionId(id);
        assertThat(ada.get("/get/name").body()).isEqualTo("null");
    }

    @Test
    void cookie_ofNobody_isNoSession() {
        Browser ada = server.browser();
        for (String id : List.of("nobody", "x".repeat(4_000), "'OR'1'='1")) {
            ada.sessionId(id);
            assertThat(ada.get("/get/name").body()).isEqualTo("null");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void requests_64AtOnce_ofOneSession_keepEachAttribute() throws Exception {
        Browser ada = server.browser();
        ada.get("/put/first/0");
        inParallel(64, i -> ada.get("/put/a" + i + "/" + i).status(), 200);
        for (int i = 0; i < 64; i++) {
            assertThat(ada.get("/get/a" + i).body()).isEqualTo(String.valueOf(i));
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void requests_64AtOnce_ofNewClients_giveEachASession() throws Exception {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            browsers.add(server.browser());
        }
        inParallel(64, i -> browsers.get(i).get("/put/name/n" + i).status(), 200);
        assertThat(rows()).isEqualTo(64);
        inParallel(64, i -> browsers.get(i).get("/get/name").body().equals("n" + i) ? 1 : 0, 1);
    }

    private static void inParallel(int number, java.util.function.IntUnaryOperator call, int expected)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                int one = i;
                running.add(threads.submit(() -> call.applyAsInt(one)));
            }
            for (Future<Integer> one : running) {
                assertThat(one.get(120, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
