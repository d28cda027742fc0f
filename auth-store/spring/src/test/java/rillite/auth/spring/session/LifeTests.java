package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import rillite.core.testing.Await;
import rillite.core.testing.MovingClock;
import rillite.querysets.StatementCounter;

/** When sessions end, when visits are noted, and what sweeps out. */
final class LifeTests extends SessionStoreTests {

    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private SqliteSession visit(SqliteSession session) {
        SqliteSession read = store.read(session);
        read.setLastAccessedTime(store.clock.instant());
        run(sessions.save(read));
        return read;
    }

    private long writes() {
        return store.count("SELECT count(*) FROM writes");
    }

    private void countWrites() {
        store.sql("CREATE TABLE writes (n)");
        store.sql("CREATE TRIGGER w AFTER UPDATE ON SPRING_SESSION BEGIN INSERT INTO writes VALUES (1); END");
    }

    @Test
    void find_aMillisecondBeforeTheEnd_isThere_andAtTheEnd_isNot() {
        SqliteSession session = store.saved();
        store.clock.move(HALF_HOUR.minusMillis(1));
        assertThat(store.isThere(session)).isTrue();
        assertThat(session.isExpired()).isFalse();
        store.clock.move(Duration.ofMillis(1));
        assertThat(store.isThere(session)).isFalse();
        assertThat(session.isExpired()).isTrue();
    }

    @Test
    void find_negativeInterval_neverEnds_andIsNeverSwept() {
        SqliteSession session = get(sessions.createSession());
        session.setMaxInactiveInterval(Duration.ofSeconds(-1));
        run(sessions.save(session));
        store.clock.move(Duration.ofDays(100_000));
        assertThat(get(sessions.purgeExpired(10))).isZero();
        assertThat(store.read(session).getMaxInactiveInterval()).isNegative();
        assertThat(store.count("SELECT EXPIRY_TIME FROM SPRING_SESSION")).isEqualTo(Long.MAX_VALUE);
        run(sessions.deleteById(session.getId()));
        assertThat(store.isThere(session)).isFalse();
    }

    @Test
    void interval_zeroIsOver_partsOfSecondsAreRoundedUp_hugeIsBounded() {
        SqliteSession session = store.saved();
        session.setMaxInactiveInterval(Duration.ofMillis(1));
        assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofSeconds(1));
        session.setMaxInactiveInterval(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
        run(sessions.save(session));
        assertThat(store.isThere(session)).isTrue();
        session.setMaxInactiveInterval(Duration.ZERO);
        run(sessions.save(session));
        assertThat(store.isThere(session)).isFalse();
        session.setLastAccessedTime(Instant.MAX);
        assertThat(session.getLastAccessedTime()).isBefore(Instant.MAX);
        session.setLastAccessedTime(Instant.MIN);
        assertThat(session.getLastAccessedTime()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void save_ofExpired_fails_andDoesNotReviveIt() {
        SqliteSession session = store.saved();
        store.clock.move(HALF_HOUR);
        session.setLastAccessedTime(store.clock.instant());
        fails(sessions.save(session), IllegalStateException.class, "Session was invalidated");
        session.setAttribute("a", "1");
        fails(sessions.save(session), IllegalStateException.class, "Session was invalidated");
        assertThat(store.isThere(session)).isFalse();
    }

    @Test
    void visits_withinAMinute_areNotWritten_thenOneIs() {
        SqliteSession session = store.saved();
        countWrites();
        for (int second = 1; second < 60; second += 10) {
            store.clock.move(Duration.ofSeconds(second == 1 ? 1 : 10));
            visit(session);
        }
        assertThat(writes()).isZero();
        store.clock.move(Duration.ofSeconds(9));
        visit(session);
        visit(session);
        assertThat(writes()).isEqualTo(1);
        assertThat(store.count("SELECT LAST_ACCESS_TIME FROM SPRING_SESSION")).isEqualTo(store.clock.millis());
        assertThat(store.count("SELECT EXPIRY_TIME FROM SPRING_SESSION"))
                .isEqualTo(store.clock.millis() + HALF_HOUR.toMillis());
    }

    @Test
    void visits_everyTwentyMinutes_keepASessionAlive() {
        SqliteSession session = store.saved();
        for (int i = 0; i < 20; i++) {
            store.clock.move(Duration.ofMinutes(20));
            visit(session);
        }
        assertThat(store.isThere(session)).isTrue();
    }

    @Test
    void visits_thousandAtOnce_areOneWrite() {
        SqliteSession session = store.saved();
        countWrites();
        store.clock.move(Duration.ofMinutes(5));
        run(Flux.range(0, 1_000)
                .flatMap(
                        i -> sessions.findById(session.getId())
                                .doOnNext(own -> own.setLastAccessedTime(store.clock.instant()))
                                .flatMap(sessions::save)
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .then());
        assertThat(writes()).isEqualTo(1);
    }

    @Test
    void visit_notDue_isOneReadAndNoWrite() {
        SqliteSession session = store.read(store.saved());
        session.setLastAccessedTime(store.clock.instant().plusSeconds(1));
        countWrites();
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(sessions.save(session));
            counter.assertStatements(1);
        }
        assertThat(writes()).isZero();
    }

    @Test
    void visit_thatCannotBeWritten_doesNotFailTheRequest() {
        SqliteSession session = store.saved();
        store.sql("CREATE TRIGGER no BEFORE UPDATE ON SPRING_SESSION BEGIN SELECT RAISE(ABORT, 'no'); END");
        store.clock.move(Duration.ofMinutes(5));
        visit(session);
        assertThat(store.count("SELECT LAST_ACCESS_TIME FROM SPRING_SESSION"))
                .isEqualTo(MovingClock.START.toEpochMilli());
    }

    @Test
    void visit_setFarBack_isWritten() {
        SqliteSession session = store.saved();
        session.setLastAccessedTime(MovingClock.START.minus(HALF_HOUR));
        run(sessions.save(session));
        assertThat(store.isThere(session)).isFalse();
    }

    @Test
    void visit_olderThanAnothers_neverShortensALife() {
        SqliteSession session = store.saved();
        SqliteSession slow = store.read(session);
        slow.setLastAccessedTime(MovingClock.START.plusSeconds(1));
        slow.setAttribute("a", "1");
        store.clock.move(Duration.ofMinutes(5));
        visit(session);
        run(sessions.save(slow));
        assertThat(store.count("SELECT LAST_ACCESS_TIME FROM SPRING_SESSION")).isEqualTo(store.clock.millis());
    }

    @Test
    void touchEvery_zero_writesEachVisit_andIsBounded() {
        SqliteReactiveSessionRepository each = store.with(options -> options.touchEvery(Duration.ZERO));
        SqliteSession session = store.saved();
        store.clock.move(Duration.ofMillis(1));
        session.setLastAccessedTime(store.clock.instant());
        run(each.save(session));
        assertThat(store.count("SELECT LAST_ACCESS_TIME FROM SPRING_SESSION")).isEqualTo(store.clock.millis());

        SessionOptions options = SessionOptions.defaults().touchEvery(Duration.ofDays(1));
        assertThat(options.touchMillis(60)).isEqualTo(30_000);
        assertThat(options.touchMillis(-1)).isEqualTo(Duration.ofDays(1).toMillis());
        assertThat(SessionOptions.defaults().touchMillis(1_800)).isEqualTo(60_000);
        assertThat(SessionOptions.defaults().touchMillis(1_000_000)).isEqualTo(300_000);
        assertThatThrownBy(() -> options.touchEvery(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.touchEvery(Duration.ofDays(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void purge_sweepsInBatches_whatHasEnded() {
        for (int i = 0; i < 25; i++) {
            store.saved("a", "1");
        }
        store.clock.move(HALF_HOUR);
        SqliteSession alive = store.saved("a", "1");
        assertThat(get(sessions.purgeExpired(10))).isEqualTo(25);
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(1);
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isEqualTo(1);
        assertThat(store.isThere(alive)).isTrue();
        assertThatThrownBy(() -> sessions.purgeExpired(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void schedulePurge_endsWithTheDatabase() {
        Disposable sweeper = sessions.schedulePurge(Duration.ofMillis(20));
        run(store.db.close());
        await().atMost(Await.PATIENCE).until(sweeper::isDisposed);
    }

    @Test
    void schedulePurge_sweepsByItself() {
        store.saved();
        store.clock.move(HALF_HOUR);
        Disposable sweeper = sessions.schedulePurge(Duration.ofMillis(20));
        try {
            await().atMost(Await.PATIENCE).until(() -> store.count("SELECT count(*) FROM SPRING_SESSION") == 0);
        } finally {
            sweeper.dispose();
        }
        // What is still under way stands before this in the writer's queue.
        store.sql("DELETE FROM SPRING_SESSION");
        assertThatThrownBy(() -> sessions.schedulePurge(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
