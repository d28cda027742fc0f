package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rillite.auth.spring.session.WebServer.Browser;

/** A table that has the hashes of ids only. */
final class HashedIdTests extends SessionStoreTests {

    @Override
    SessionOptions options(SessionOptions options) {
        return options.hashedIds();
    }

    private String column() {
        return get(store.db
                .sql("SELECT SESSION_ID FROM SPRING_SESSION")
                .values()
                .flat(String.class)
                .get());
    }

    @Test
    void file_hasNoId_andWhatItHasOpensNothing() {
        SqliteSession session = store.saved("a", "1");
        assertThat(column()).hasSize(43).isNotEqualTo(session.getId());
        assertThat(store.read(session).<String>getAttribute("a")).isEqualTo("1");
        assertThat(store.read(session).getId()).isEqualTo(session.getId());
        assertThat(find(sessions.findById(column()))).isNull();
        assertThat(find(sessions.findById("sha256:" + column()))).isNull();
        run(sessions.deleteById(session.getId()));
        assertThat(store.isThere(session)).isFalse();
    }

    @Test
    void changeSessionId_endsTheOld_alsoBeforeTheFirstSave() {
        SqliteSession session = get(sessions.createSession());
        String first = session.getId();
        session.changeSessionId();
        run(sessions.save(session));
        assertThat(find(sessions.findById(first))).isNull();
        SqliteSession left = store.read(session);
        SqliteSession right = store.read(session);
        String old = session.getId();
        left.changeSessionId();
        right.changeSessionId();
        run(sessions.save(left));
        fails(sessions.save(right), IllegalStateException.class, "Session was invalidated");
        assertThat(find(sessions.findById(old))).isNull();
        left.setAttribute("a", "1");
        left.changeSessionId();
        run(sessions.save(left));
        assertThat(store.read(left).<String>getAttribute("a")).isEqualTo("1");
    }

    @Test
    void findByPrincipal_givesHandles_thatEndAndChangeButOpenNothing() {
        SqliteSession session = store.saved("SPRING_SECURITY_CONTEXT", AttributeTests.signedIn());
        Map<String, SqliteSession> found = get(sessions.findByPrincipalName("ada"));
        assertThat(found).hasSize(1).doesNotContainKey(session.getId());
        SqliteSession listed = found.values().iterator().next();
        listed.setAttribute("note", "1");
        run(sessions.save(listed));
        assertThat(store.read(session).getAttributeNames()).contains("note");
        assertThat(find(sessions.findById(listed.getId()))).isNull();
        run(sessions.deleteById(listed.getId()));
        assertThat(store.isThere(session)).isFalse();
    }

    @Test
    void server_signsInAndOut() {
        SqliteReactiveSessionRepository own =
                store.with(options -> options.clock(Clock.systemUTC()).hashedIds());
        try (WebServer server = new WebServer(own, SecuredSite.class)) {
            Browser laptop = server.browser();
            laptop.login("ada");
            assertThat(laptop.get("/me").body()).isEqualTo("ada");
            Browser thief = server.browser();
            get(own.findByPrincipalName("ada")).keySet().forEach(handle -> {
                thief.sessionId(handle);
                assertThat(thief.get("/me").status()).isEqualTo(302);
            });
            laptop.post("/logout", Map.of());
            assertThat(laptop.get("/me").status()).isEqualTo(302);
        }
    }
}
