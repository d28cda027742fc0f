package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.auth.vertx.Fixture.failure;
import static rillite.core.testing.Await.run;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.AbstractSession;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.core.testing.Await;

/** What stores of sessions owe to Vert.x Web, and what this one promises beyond. */
final class SqliteSessionStoreTests extends VertxTests {

    private static final long TIMEOUT = 1_800_000;

    private SqliteSessionStore store;

    @BeforeEach
    void create() {
        store = fixture.sessions();
    }

    private Session stored(String key, Object value) {
        Session session = store.createSession(TIMEOUT).put(key, value);
        put(session);
        return session;
    }

    private void put(Session session) {
        fixture.onLoop(() -> store.put(session));
    }

    private @Nullable Session get(String id) {
        return fixture.onLoop(() -> store.get(id));
    }

    private long rows() {
        return fixture.count("SELECT count(*) FROM auth_web_session");
    }

    private void refused(Session session) {
        assertThat(failure(store.put(session)))
                .isInstanceOf(SessionVersionException.class)
                .hasMessageStartingWith("Session version mismatch");
    }

    @Test
    void get_givesBackWhatWasPut() {
        Session session = store.createSession(TIMEOUT)
                .put("long", 1L)
                .put("int", 2)
                .put("short", (short) 3)
                .put("byte", (byte) 4)
                .put("double", 5.5)
                .put("float", 6.5f)
                .put("char", 'ü')
                .put("boolean", true)
                .put("text", "grüße \u0000 𝄞")
                .put("buffer", Buffer.buffer("b"))
                .put("object", new JsonObject().put("a", 1))
                .put("array", new JsonArray().add("x"));
        put(session);

        assertThat(get(session.id()).data()).isEqualTo(session.data());

        put(session.put("bytes", new byte[] {1, 2}));
        Session read = get(session.id());
        assertThat(read.<byte[]>get("bytes")).containsExactly(1, 2);
        assertThat(read.timeout()).isEqualTo(TIMEOUT);
        assertThat(read.id()).isEqualTo(session.id());
        assertThat(read.lastAccessed()).isEqualTo(fixture.clock.millis());
        assertThat(((AbstractSession) read).version()).isOne();
    }

    @Test
    void ids_have256Bits_andOnlyTheirHashIsStored() {
        Session session = stored("a", 1);

        assertThat(session.id()).matches("[0-9a-f]{64}");
        assertThat(store.createSession(TIMEOUT, 16).id()).hasSize(64);
        assertThat(store.createSession(TIMEOUT, 40).id()).hasSize(80);
        assertThat(fixture.count("SELECT count(*) FROM auth_web_session WHERE id_hash = ?1", (Object)
                        StoredSession.hash(session.id())))
                .isOne();
        assertThat(store.createSession(TIMEOUT).id())
                .isNotEqualTo(store.createSession(TIMEOUT).id());
    }

    @Test
    void get_ofWhatIsNoId_isNull() {
        stored("a", 1);
        for (String id :
                new String[] {"", "x", "' OR 1=1", "AB".repeat(32), "ab".repeat(32), "a".repeat(5_000), "\ud800"}) {
            assertThat(get(id)).as(id).isNull();
        }
        assertThat(get(null)).isNull();
    }

    @Test
    void put_ofAStaleCopy_isRefused_andTheWinnerStays() {
        String id = stored("a", 1).id();
        Session one = get(id);
        Session other = get(id);
        put(one.put("a", 2));

        refused(other.put("a", 3));

        assertThat((Integer) get(id).get("a")).isEqualTo(2);
        assertThat(((AbstractSession) get(id)).version()).isOne();
        put(one.put("a", 4));
        assertThat((Integer) get(id).get("a")).isEqualTo(4);
    }

    @Test
    void put_ofManyCopiesAtOnce_hasOneWinner() {
        String id = stored("a", 1).id();
        List<Future<Boolean>> puts = new ArrayList<>();
        List<Session> copies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            copies.add(get(id).put("winner", i));
        }
        copies.forEach(copy -> puts.add(store.put(copy).map(true).otherwise(false)));

        assertThat(puts.stream().map(Fixture::await).filter(won -> won)).hasSize(1);
    }

    @Test
    void put_afterDelete_bringsNothingBack() {
        String id = stored("a", 1).id();
        Session slow = get(id);
        fixture.onLoop(() -> store.delete(id));
        assertThat(get(id)).isNull();

        refused(slow.put("a", 2));

        fixture.clock.move(Duration.ofMinutes(2));
        put(slow.put("a", 1));
        assertThat(rows()).isZero();
    }

    @Test
    void put_withoutAChange_writesOnlyWhenATouchIsDue() {
        run(fixture.db.sql("CREATE TABLE touched (n INTEGER)").execute());
        run(fixture.db
                .sql("CREATE TRIGGER touching AFTER UPDATE ON auth_web_session BEGIN"
                        + " INSERT INTO touched VALUES (1); END")
                .execute());
        String id = stored("a", new JsonObject().put("b", 1)).id();
        for (int i = 0; i < 10; i++) {
            put(get(id));
        }
        assertThat(fixture.count("SELECT count(*) FROM touched")).isZero();

        fixture.clock.move(Duration.ofMinutes(1));
        List<Session> copies = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            copies.add(get(id));
        }
        copies.stream().map(store::put).toList().forEach(Fixture::await);

        assertThat(fixture.count("SELECT count(*) FROM touched")).isOne();
        assertThat(((AbstractSession) get(id)).version()).isZero();
        assertThat(get(id).lastAccessed()).isEqualTo(fixture.clock.millis());
    }

    @Test
    void touches_keepASessionAlive_untilItIsLeftAlone() {
        String id = stored("a", 1).id();
        for (int i = 0; i < 5; i++) {
            fixture.clock.move(Duration.ofMinutes(20));
            put(get(id));
        }
        fixture.clock.move(Duration.ofMillis(TIMEOUT - 1));
        Session late = get(id);
        assertThat(late).isNotNull();
        fixture.clock.move(Duration.ofMillis(1));

        assertThat(get(id)).as("exactly at its end").isNull();
        refused(late.put("a", 2));
        put(get(stored("b", 1).id()));
        assertThat(get(id)).isNull();
        assertThat(fixture.onLoop(store::size)).isOne();
    }

    @Test
    void shortSessions_areTouchedAtHalfOfTheirLife() {
        Session session = store.createSession(10_000).put("a", 1);
        put(session);
        for (int i = 0; i < 5; i++) {
            fixture.clock.move(Duration.ofSeconds(6));
            put(get(session.id()));
        }
        assertThat(get(session.id())).isNotNull();
    }

    @Test
    void regeneratedId_takesTheRowAlong() {
        String old = stored("a", 1).id();
        Session session = get(old);
        session.regenerateId();
        session.put("b", 2);
        assertThat(session.oldId()).isEqualTo(old);

        fixture.onLoop(() -> store.delete(session.oldId()).compose(done -> store.put(session)));

        assertThat(get(old)).isNull();
        assertThat((Integer) get(session.id()).get("a")).isEqualTo(1);
        assertThat((Integer) get(session.id()).get("b")).isEqualTo(2);
        assertThat(rows()).isOne();
    }

    @Test
    void regeneratedId_ofASessionThatWasEnded_bringsNothingBack() {
        String old = stored("a", 1).id();
        Session session = get(old);
        session.regenerateId();
        fixture.onLoop(() -> store.delete(new String(old.toCharArray())));

        assertThat(failure(store.delete(session.oldId()).compose(done -> store.put(session))))
                .isInstanceOf(SessionVersionException.class);

        assertThat(rows()).isZero();
    }

    @Test
    void regeneratedTwice_andDestroyed_leavesNothing() {
        Session session = get(stored("a", 1).id());
        session.regenerateId();
        fixture.onLoop(() -> store.delete(session.oldId()).compose(done -> store.put(session)));
        session.regenerateId();
        session.destroy();

        fixture.onLoop(() -> store.delete(session.oldId()).compose(done -> store.delete(session.id())));

        assertThat(rows()).isZero();
    }

    @Test
    void destroyedAfterRegenerating_isGone() {
        String old = stored("a", 1).id();
        Session session = get(old);
        session.regenerateId();
        session.destroy();

        fixture.onLoop(() -> store.delete(session.oldId()).compose(done -> store.delete(session.id())));

        assertThat(rows()).isZero();
    }

    @Test
    void changeMoveAndEndAtOnce_leaveOneRowAtMost_andNeverTheOldId() {
        for (int round = 0; round < 200; round++) {
            String old = stored("a", 0).id();
            Session changed = get(old).put("a", 1);
            Session moved = get(old);
            moved.regenerateId();
            List<Supplier<Future<Void>>> calls = new ArrayList<>(List.of(
                    () -> store.put(changed),
                    () -> store.delete(moved.oldId()).compose(done -> store.put(moved)),
                    () -> store.delete(new String(old.toCharArray()))));
            Collections.shuffle(calls, new Random(round));

            List<Future<Throwable>> ends = calls.stream()
                    .map(call -> fixture.vertx
                            .getOrCreateContext()
                            .<Throwable>executeBlocking(() -> failure(call.get()), false))
                    .toList();

            ends.forEach(end -> assertThat(Fixture.await(end))
                    .satisfiesAnyOf(
                            error -> assertThat(error).isNull(),
                            error -> assertThat(error).isInstanceOf(SessionVersionException.class)));
            assertThat(get(old)).isNull();
            assertThat(rows()).isEqualTo(get(moved.id()) == null ? 0 : 1);
            fixture.onLoop(store::clear);
        }
    }

    @Test
    void newSession_regeneratedBeforeItIsStored_isStoredOnce() {
        Session session = store.createSession(TIMEOUT).put("a", 1);
        session.regenerateId();

        fixture.onLoop(() -> store.delete(session.oldId()).compose(done -> store.put(session)));

        assertThat((Integer) get(session.id()).get("a")).isEqualTo(1);
        assertThat(rows()).isOne();
    }

    @Test
    void puts_ofOneSessionThatOverlap_happenInTurn() {
        Session session = store.createSession(TIMEOUT).put("n", 0);
        List<Future<Void>> puts = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            puts.add(store.put(session.put("n", i)));
        }

        assertThat((Integer) get(session.id()).get("n"))
                .as("waits for what is being written")
                .isEqualTo(20);
        puts.forEach(Fixture::await);
        assertThat(((AbstractSession) get(session.id())).version()).isEqualTo(19);
    }

    @Test
    void sizeAndClear_countAndEndAll() {
        stored("a", 1);
        stored("b", 1);
        assertThat(fixture.onLoop(store::size)).isEqualTo(2);

        fixture.onLoop(store::clear);

        assertThat(fixture.onLoop(store::size)).isZero();
    }

    @Test
    void expiredRows_areSweptOut() {
        SqliteSessionStore sweeping = fixture.sessions(new JsonObject().put("sweepEveryMillis", 100));
        run(fixture.db
                .sql(
                        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
                                + " INSERT INTO auth_web_session SELECT randomblob(32), x'00000000', 1, ?1 - 1, ?1, 0 FROM n",
                        fixture.clock.millis())
                .execute());
        String live = stored("a", 1).id();

        await().atMost(Await.PATIENCE).until(() -> rows() == 1);

        assertThat(get(live)).isNotNull();
        sweeping.close();
    }

    @Test
    void whatCannotBeStored_isRefusedWithTheReason() {
        Session large = store.createSession(TIMEOUT).put("text", "x".repeat(65_536));
        assertThat(failure(store.put(large)))
                .isInstanceOf(SessionPayloadException.class)
                .hasMessageContaining("65553 bytes and may have 65536")
                .hasMessageContaining("maxPayloadBytes");
        assertThat(failure(store.put(store.createSession(TIMEOUT).put("a", new Object()))))
                .isInstanceOf(SessionPayloadException.class)
                .hasMessageContaining("class java.lang.Object");
        assertThat(failure(store.put(store.createSession(TIMEOUT).put("a", new Gadget()))))
                .isInstanceOf(SessionPayloadException.class);
        assertThat(failure(store.put(LocalSessionStore.create(fixture.vertx).createSession(TIMEOUT))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void close_isIdempotent_andEndsTheWork() {
        store.close();
        store.close();

        assertThat(failure(store.size()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(failure(store.get("ab".repeat(32)))).isInstanceOf(IllegalStateException.class);
        assertThat(fixture.onLoop(fixture.sessions()::size))
                .as("the database stays open")
                .isZero();
    }
}
