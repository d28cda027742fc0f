package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.auth.vertx.Fixture.failure;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.AbstractSession;
import io.vertx.ext.web.sstore.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.core.testing.Await;

/** Several requests of one browser at once, and what ends while they are under way. */
final class SessionOverlapTests extends VertxTests {

    private static final long TIMEOUT = 1_800_000;

    private SqliteSessionStore store;

    @BeforeEach
    void create() {
        store = fixture.sessions();
    }

    private @Nullable Session get(String id) {
        return fixture.onLoop(() -> store.get(id));
    }

    private Session put(Session session) {
        fixture.onLoop(() -> store.put(session));
        return session;
    }

    @Test
    void unchangedSession_isUnchanged_inWhateverOrderItsValuesComeBack() {
        Random random = new Random(1);
        for (int round = 0; round < 40; round++) {
            User user = User.create(new JsonObject().put("sub", "ada"));
            Set<Authorization> roles = new HashSet<>();
            Session session = store.createSession(TIMEOUT);
            for (int i = 0; i < 2 + round % 4; i++) {
                roles.add(RoleBasedAuthorization.create("role " + random.nextInt()));
                session.put("key " + random.nextInt(), new JsonArray().add(i));
            }
            user.authorizations().put("roles", roles);
            put(round % 2 == 0 ? session : session.put("user", user));
            Session page = get(session.id());
            Session form = get(session.id());

            put(page);
            put(form.put("sent", true));

            assertThat(((AbstractSession) get(session.id())).version()).isOne();
        }
    }

    @Test
    void get_waitsForAllThatWasPutBefore_notOnlyForTheLast() {
        String id = put(store.createSession(TIMEOUT).put("n", 1)).id();
        Session changed = get(id);
        Session visited = get(id);
        HeldWriter held = new HeldWriter(fixture.db);
        store.put(changed.put("n", 2));
        Fixture.await(store.put(visited));

        Future<Session> read = store.get(id);

        await().during(Duration.ofMillis(50)).atMost(Await.PATIENCE).until(() -> !read.isComplete());
        held.release();
        assertThat((Integer) Fixture.await(read).get("n")).isEqualTo(2);
    }

    @Test
    void thousandsOfPutsBehindASlowOne_allEnd() {
        Session session = put(store.createSession(TIMEOUT).put("n", 1));
        HeldWriter held = new HeldWriter(fixture.db);
        List<Future<Void>> puts = new ArrayList<>();
        puts.add(store.put(session.put("n", 2)));
        for (int i = 0; i < 20_000; i++) {
            puts.add(store.put(session));
        }

        held.release();

        Fixture.await(Future.all(puts));
        assertThat((Integer) get(session.id()).get("n")).isEqualTo(2);
    }

    @Test
    void whatCannotBeEncoded_failsTheFuture() {
        User user = User.create(new JsonObject().put("sub", "ada"));
        user.authorizations().put("foreign", Set.of(new Everything()));
        for (Object value : new Object[] {new JsonObject().put("a", new Object()), user}) {
            assertThat(failure(store.put(store.createSession(TIMEOUT).put("secret", value))))
                    .isInstanceOf(SessionPayloadException.class);
        }
    }

    private record Everything() implements Authorization {

        @Override
        public boolean match(io.vertx.ext.auth.authorization.AuthorizationContext context) {
            return true;
        }

        @Override
        public boolean verify(Authorization other) {
            return true;
        }
    }

    @Test
    void sessionWithoutAnyTime_isOverAtOnce() {
        for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
            String id = put(store.createSession(timeout).put("a", 1)).id();
            assertThat(get(id)).isNull();
        }
        assertThat(fixture.onLoop(store::size)).isZero();
        assertThat(get(put(store.createSession(Long.MAX_VALUE)).id())).isNotNull();
    }

    @Test
    void clear_endsWhatIsBeingChanged() {
        Session session = get(put(store.createSession(TIMEOUT).put("n", 1)).id());
        fixture.onLoop(store::clear);

        assertThat(failure(store.put(session.put("n", 2)))).isInstanceOf(SessionVersionException.class);
        assertThat(fixture.onLoop(store::size)).isZero();
    }

    @Test
    void closing_leavesNoFutureOpen() {
        SessionStore own = SessionStore.create(
                fixture.vertx,
                new JsonObject().put("file", directory.resolve("web.db").toString()));
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Session session = own.createSession(TIMEOUT).put("i", i);
            asked.add(own.put(session));
            asked.add(own.get(session.id()));
            asked.add(own.delete(session.id()));
            asked.add(own.size());
        }
        own.close();

        asked.forEach(Fixture::failure);
    }

    @Test
    void databaseThatIsClosedMeanwhile_leavesNoFutureOpen() {
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Session session = store.createSession(TIMEOUT).put("i", i);
            asked.add(store.put(session));
            asked.add(store.get(session.id()));
        }
        Await.run(fixture.db.close());

        asked.forEach(Fixture::failure);
        assertThat(failure(store.size())).isNotNull();
    }
}
