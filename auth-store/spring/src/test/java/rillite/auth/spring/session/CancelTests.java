package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Requests that go away in the middle, and sessions that two act on at once. */
final class CancelTests extends SessionStoreTests {

    @Test
    void save_cancelled_isWholeOrNothing() {
        for (int round = 0; round < 100; round++) {
            SqliteSession session = get(sessions.createSession());
            session.setAttribute("a", "1");
            session.setAttribute("b", "2");
            sessions.save(session).subscribe().dispose();
        }
        store.sql("CREATE TABLE behind_them (n)");
        long stored = store.count("SELECT count(*) FROM SPRING_SESSION");
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isEqualTo(2 * stored);
    }

    @Test
    void touch_cancelled_letsTheNextOneThrough() {
        SqliteSession session = store.saved();
        store.clock.move(java.time.Duration.ofMinutes(2));
        SqliteSession first = store.read(session);
        first.setLastAccessedTime(store.clock.instant());
        sessions.save(first).subscribe().dispose();
        await().atMost(PATIENCE).until(() -> {
            SqliteSession next = store.read(session);
            next.setLastAccessedTime(store.clock.instant());
            run(sessions.save(next));
            return store.count("SELECT LAST_ACCESS_TIME FROM SPRING_SESSION") == store.clock.millis();
        });
    }

    @Test
    void changeSessionId_against64Requests_leavesOneId() {
        for (int round = 0; round < 10; round++) {
            SqliteSession session = store.saved("a", "1");
            String old = session.getId();
            run(Flux.range(0, 64)
                    .flatMap(
                            i -> sessions.findById(old)
                                    .flatMap(own -> {
                                        if (i == 32) {
                                            own.changeSessionId();
                                        } else {
                                            own.setAttribute("n" + i, i);
                                        }
                                        return sessions.save(own);
                                    })
                                    .subscribeOn(Schedulers.parallel()),
                            64)
                    .then());
            assertThat(find(sessions.findById(old))).isNull();
            assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(1);
            store.sql("DELETE FROM SPRING_SESSION");
        }
    }

    /** Only one of those who change the id of one session goes on with it. */
    @Test
    void changeSessionId_by64AtOnce_oneWins() {
        SqliteSession session = store.saved("a", "1");
        long won = get(Flux.range(0, 64)
                .flatMap(
                        i -> sessions.findById(session.getId())
                                .flatMap(own -> {
                                    own.changeSessionId();
                                    return sessions.save(own).thenReturn(true);
                                })
                                .onErrorResume(IllegalStateException.class, e -> Mono.empty())
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .count());
        assertThat(won).isEqualTo(1);
        assertThat(find(sessions.findById(session.getId()))).isNull();
    }

    @Test
    void touch_againstDelete_neverRevives() {
        for (int round = 0; round < 200; round++) {
            SqliteSession session = store.saved();
            SqliteSession visit = store.read(session);
            visit.setLastAccessedTime(store.clock.instant().plusSeconds(120));
            Mono<Void> touch = sessions.save(visit).onErrorResume(IllegalStateException.class, e -> Mono.empty());
            Mono<Void> end = sessions.deleteById(session.getId());
            run(round % 2 == 0 ? Mono.when(touch, end) : Mono.when(end, touch));
            assertThat(store.isThere(session)).isFalse();
        }
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
    }
}
