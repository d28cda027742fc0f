package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;
import rillite.r2dbc.testing.LeakFree;

/** One file for a WebFlux application and a servlet application, which has the repository of spring-session-jdbc. */
@ExtendWith(LeakFree.class)
final class SharedFileTests {

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    @TempDir
    Path directory = Path.of("");

    private SessionStore store;
    private Servlets<? extends Session> servlets;

    /** The servlet side, of whatever type its sessions are. */
    record Servlets<S extends Session>(FindByIndexNameSessionRepository<S> sessions, Runnable cleanUp) {

        static Servlets<?> on(Path file) {
            DriverManagerDataSource source =
                    new DriverManagerDataSource("jdbc:sqlite:" + file + "?busy_timeout=60000&foreign_keys=on");
            JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(
                    new JdbcTemplate(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
            return new Servlets<>(sessions, sessions::cleanUpExpiredSessions);
        }

        Session create(Map<String, Object> attributes) {
            S session = sessions.createSession();
            attributes.forEach(session::setAttribute);
            sessions.save(session);
            return session;
        }

        boolean has(String id) {
            return sessions.findById(id) != null;
        }

        Session find(String id) {
            S session = sessions.findById(id);
            assertThat(session).isNotNull();
            return session;
        }

        void set(String id, String name, String value) {
            S session = sessions.findById(id);
            session.setAttribute(name, value);
            sessions.save(session);
        }

        String rename(String id) {
            S session = sessions.findById(id);
            String next = session.changeSessionId();
            sessions.save(session);
            return next;
        }
    }

    @BeforeEach
    void open() {
        store = SessionStore.in(
                directory, options -> options.clock(Clock.systemUTC()).serializer(AttributeSerializer.jdk()));
        servlets = Servlets.on(store.file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void servletSession_isReadHere_withPrincipalAndTimes() {
        Session theirs = servlets.create(Map.of("cart", "tea", CONTEXT, AttributeTests.signedIn()));
        SqliteSession session = get(store.sessions.findById(theirs.getId()));

        assertThat(session.<String>getAttribute("cart")).isEqualTo("tea");
        SecurityContext context = session.getRequiredAttribute(CONTEXT);
        assertThat(context).isEqualTo(AttributeTests.signedIn());
        assertThat(session.getMaxInactiveInterval()).isEqualTo(theirs.getMaxInactiveInterval());
        assertThat(session.getCreationTime().toEpochMilli())
                .isEqualTo(theirs.getCreationTime().toEpochMilli());
        assertThat(get(store.sessions.findByPrincipalName("ada"))).containsOnlyKeys(theirs.getId());
    }

    @Test
    void sessionFromHere_isReadByServlets_whateverTheLengthOfItsId() {
        SqliteSession ours = store.saved("cart", "tea", CONTEXT, AttributeTests.signedIn());
        assertThat(ours.getId()).hasSizeGreaterThan(36);
        Session session = servlets.find(ours.getId());

        assertThat(session.<String>getAttribute("cart")).isEqualTo("tea");
        assertThat(session.<SecurityContext>getAttribute(CONTEXT)).isEqualTo(AttributeTests.signedIn());
        assertThat(session.isExpired()).isFalse();
        assertThat(session.getLastAccessedTime()).isEqualTo(ours.getLastAccessedTime());
        assertThat(servlets.sessions().findByPrincipalName("ada")).containsOnlyKeys(ours.getId());
    }

    @Test
    void changes_ofEitherSide_areSeenByTheOther() {
        SqliteSession ours = store.saved("a", "1");
        servlets.set(ours.getId(), "b", "2");
        SqliteSession read = store.read(ours);
        assertThat(read.<String>getAttribute("b")).isEqualTo("2");
        read.setAttribute("c", "3");
        read.removeAttribute("a");
        run(store.sessions.save(read));
        assertThat(servlets.find(ours.getId()).getAttributeNames()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void newIds_ofEitherSide_endTheOldForBoth() {
        SqliteSession ours = store.saved("a", "1");
        String old = ours.getId();
        String theirs = servlets.rename(old);
        assertThat(find(store.sessions.findById(old))).isNull();
        SqliteSession read = get(store.sessions.findById(theirs));
        String next = read.changeSessionId();
        run(store.sessions.save(read));
        assertThat(servlets.has(theirs)).isFalse();
        assertThat(servlets.find(next).<String>getAttribute("a")).isEqualTo("1");
    }

    @Test
    void endOfEitherSide_isTheEndForBoth() {
        SqliteSession ours = store.saved("a", "1");
        servlets.sessions().deleteById(ours.getId());
        assertThat(store.isThere(ours)).isFalse();
        Session theirs = servlets.create(Map.of("a", "1"));
        run(store.sessions.deleteById(theirs.getId()));
        assertThat(servlets.has(theirs.getId())).isFalse();
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isZero();
    }

    @Test
    void cleanUp_ofEitherSide_takesWhatHasEnded_andLeavesWhatNeverEnds() {
        SqliteSession ended = store.saved();
        SqliteSession forEver = get(store.sessions.createSession());
        forEver.setMaxInactiveInterval(Duration.ofSeconds(-1));
        run(store.sessions.save(forEver));
        ended.setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
        run(store.sessions.save(ended));
        servlets.cleanUp().run();
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(1);
        assertThat(servlets.has(forEver.getId())).isTrue();

        Session theirs = servlets.create(Map.of("a", "1"));
        store.sql("UPDATE SPRING_SESSION SET EXPIRY_TIME = 1 WHERE SESSION_ID = ?1", theirs.getId());
        assertThat(get(store.sessions.purgeExpired(500))).isEqualTo(1);
        assertThat(store.isThere(forEver)).isTrue();
    }

    @Test
    void sessionsInJson_endForWhoReadsTheOtherForm() {
        SqliteReactiveSessionRepository json = store.with(options -> options.clock(Clock.systemUTC()));
        Session theirs = servlets.create(Map.of("a", "1"));
        assertThat(find(json.findById(theirs.getId()))).isNull();
        assertThat(servlets.has(theirs.getId())).isTrue();
    }
}
