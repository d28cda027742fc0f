package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import rillite.core.SnapshotTooOldException.Reason;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.ManualTime;
import rillite.core.testing.SignalProbe;

/** Cursors that have to give their snapshot up: drained to the heap, or failed with advice when they are too large. */
@Timeout(30)
final class SpillTests {
    private static final int ROW = 16;
    private static final long MOST = 4_000L * ROW;

    private final ManualTime time = new ManualTime();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private FakeLanes house = open(new FakeDatabase(), 8, 4);

    private FakeLanes open(FakeDatabase database, int connections, int cursors) {
        return FakeLanes.open(
                database,
                options -> options.ticker(time)
                        .timer(time)
                        .maxReaderConnections(connections)
                        .maxOpenCursors(cursors)
                        .maxMaterializeBytes(MOST)
                        .cursorIdleTimeout(Duration.ofSeconds(30))
                        .maxSnapshotAge(Duration.ofSeconds(60))
                        .listener(new LaneListener() {
                            @Override
                            public void cursorSpilled(Reason reason, long bytes) {
                                heard.add("spilled " + reason);
                            }

                            @Override
                            public void snapshotTooOld(Reason reason, Duration age, String label) {
                                heard.add("too old " + reason + " " + label);
                            }
                        }));
    }

    @AfterEach
    void leaks() {
        house.close();
    }

    private SignalProbe<String> park(Session<FakeConnection> session, int rows) {
        int before = house.stats().openCursors();
        SignalProbe<String> probe = new SignalProbe<>();
        FakeLanes.read(session, FakeQuery.rows(rows).rowBytes(ROW)).subscribe(probe);
        probe.request(1);
        await().until(() -> probe.count() == 1 && house.stats().openCursors() == before + 1);
        awaitParked();
        return probe;
    }

    /** A chunk read ahead keeps the cursor from being seen as parked for a moment. */
    private void awaitParked() {
        await().pollDelay(Duration.ofMillis(5))
                .until(() -> house.lanes.openCursors().allMatch(CursorSubscription::isParked));
    }

    private SignalProbe<String> park(int rows) {
        return park(house.session(), rows);
    }

    private static void assertComplete(SignalProbe<String> probe, int rows) {
        probe.requestAll();
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(probe.error()).isNull();
        assertThat(probe.count()).isEqualTo(rows);
        assertThat(probe.broken()).isEmpty();
    }

    private static void assertTooOld(SignalProbe<String> probe, Reason reason) {
        assertThat(probe.awaitEnd()).as("told without demand").isTrue();
        assertThat(probe.error())
                .isInstanceOfSatisfying(
                        SnapshotTooOldException.class,
                        error -> assertThat(error.reason()).isEqualTo(reason));
    }

    private static void done(Mono<?> work) {
        work.block(FakeLanes.BOUND);
    }

    @Test
    void idle_small_isDrainedToTheHeap() {
        SignalProbe<String> probe = park(3_000);
        time.advance(Duration.ofSeconds(31));
        house.assertLeakFree();
        assertThat(heard).containsExactly("spilled IDLE");
        assertThat(house.stats().spilledBytes()).isPositive().isLessThanOrEqualTo(3_000 * ROW);
        assertComplete(probe, 3_000);
    }

    @Test
    void idle_large_isFailedWithAdvice() {
        SignalProbe<String> probe = park(1_000_000);
        time.advance(Duration.ofSeconds(31));
        assertTooOld(probe, Reason.IDLE);
        house.assertLeakFree();
        assertThat(probe.error())
                .hasMessageContaining("cursorIdleTimeout")
                .hasMessageContaining("bound 30000")
                .hasMessageContaining("page by key");
        assertThat(heard).containsExactly("too old IDLE rows");
        assertThat(house.database.rowsRead()).isLessThanOrEqualTo(4_000 + 16 + 64 + 1);
    }

    @Test
    void idle_withDemandNowAndThen_livesUntilTheAgeBound() {
        SignalProbe<String> probe = park(1_000_000);
        for (int i = 0; i < 11; i++) {
            time.advance(Duration.ofSeconds(5));
            int count = probe.count() + 1;
            probe.request(1);
            await().until(() -> probe.count() == count);
            awaitParked();
        }
        assertThat(probe.isOver()).isFalse();
        time.advance(Duration.ofSeconds(6));
        assertTooOld(probe, Reason.AGE);
    }

    @Test
    void idle_consumerWithStandingDemand_isNotIdle() {
        SignalProbe<String> probe = new SignalProbe<>(self -> {
            if (self.count() == 17) {
                time.advance(Duration.ofSeconds(45));
            }
        });
        house.query(FakeQuery.rows(100_000)).subscribe(probe);
        probe.requestAll();
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(probe.isCompleted()).isTrue();
    }

    @Test
    void timeouts_ofZero_areOff() {
        house.close();
        house = FakeLanes.open(options -> options.ticker(time)
                .timer(time)
                .cursorIdleTimeout(Duration.ZERO)
                .maxSnapshotAge(Duration.ZERO)
                .transactionIdleTimeout(Duration.ZERO));
        SignalProbe<String> probe = park(1_000);
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        time.advance(Duration.ofDays(1));
        assertThat(session.inTransaction()).isTrue();
        assertThat(house.stats().oldestSnapshot()).isGreaterThan(Duration.ofHours(23));
        done(session.rollback());
        assertComplete(probe, 1_000);
    }

    @Test
    void wal_oldestParkedCursor_isAsked() {
        SignalProbe<String> old = park(1_000_000);
        time.advance(Duration.ofSeconds(1));
        SignalProbe<String> young = park(1_000);
        assertThat(house.stats().oldestSnapshot()).isEqualTo(Duration.ofSeconds(1));
        assertThat(house.lanes.releaseOldestSnapshot(Reason.WAL)).isTrue();
        assertTooOld(old, Reason.WAL);
        assertThat(house.lanes.releaseOldestSnapshot(Reason.WAL)).isTrue();
        house.assertLeakFree();
        assertThat(house.lanes.releaseOldestSnapshot(Reason.WAL)).isFalse();
        assertComplete(young, 1_000);
        assertThat(heard).containsExactly("too old WAL rows", "spilled WAL");
    }

    @Test
    void cursors_aboveTheBound_smallOneIsDrained() {
        List<SignalProbe<String>> held = List.of(park(1_000), park(1_000), park(1_000), park(1_000));
        SignalProbe<String> fifth = new SignalProbe<>();
        house.query(FakeQuery.rows(2_000).rowBytes(ROW)).subscribe(fifth);
        fifth.request(1);
        await().until(() -> heard.contains("spilled CURSORS"));
        await().until(() -> house.stats().openCursors() == 4);
        held.forEach(probe -> assertComplete(probe, 1_000));
        assertComplete(fifth, 2_000);
    }

    @Test
    void cursors_aboveTheBound_largeOneMakesTheOldestSpill() {
        List<SignalProbe<String>> held = List.of(park(1_000), park(1_000), park(1_000), park(1_000));
        SignalProbe<String> fifth = new SignalProbe<>();
        house.query(FakeQuery.rows(20_000).rowBytes(ROW)).subscribe(fifth);
        fifth.request(1);
        await().until(() -> heard.contains("spilled CURSORS"));
        await().until(() -> house.stats().openCursors() == 4);
        held.forEach(probe -> assertComplete(probe, 1_000));
        assertComplete(fifth, 20_000);
    }

    @Test
    void cursors_boundTakenByTransactions_largeOneFails() {
        List<Session<FakeConnection>> sessions =
                List.of(house.session(), house.session(), house.session(), house.session());
        sessions.forEach(session -> done(FakeLanes.beginRead(session)));
        Throwable error = FakeLanes.errorOf(house.query(FakeQuery.rows(20_000).rowBytes(ROW)));
        assertThat(error).isInstanceOfSatisfying(LaneFullException.class, full -> {
            assertThat(full.bound()).isEqualTo("maxOpenCursors");
            assertThat(full.limit()).isEqualTo(4);
        });
        sessions.forEach(session -> done(session.close()));
    }

    @Test
    void connections_allParked_theOldestMakesRoomForAWaitingRead() {
        house.close();
        house = open(new FakeDatabase(), 2, 2);
        List<SignalProbe<String>> parked = List.of(park(1_000), park(1_000));
        SignalProbe<String> waiting = FakeLanes.start(house.query(FakeQuery.rows(5)));
        await().until(() -> {
            time.advance(Duration.ofMillis(20));
            return waiting.isOver();
        });
        assertThat(waiting.isCompleted()).isTrue();
        assertThat(heard).containsExactly("spilled CURSORS");
        parked.forEach(probe -> assertComplete(probe, 1_000));
    }

    /** What may follow on the connection of a parked cursor. */
    enum Follow {
        WRITE,
        COMMIT,
        ROLLBACK
    }

    @ParameterizedTest
    @EnumSource(Follow.class)
    void transaction_writeOrEndBehindAParkedCursor_drainsIt(Follow follow) {
        for (int rows : new int[] {1_000, 1_000_000}) {
            heard.clear();
            Session<FakeConnection> session = house.session();
            done(FakeLanes.begin(session));
            SignalProbe<String> parked = park(session, rows);
            Mono<?> next = switch (follow) {
                case WRITE -> session.write(FakeWrite.insert("w" + rows));
                case COMMIT -> session.commit();
                case ROLLBACK -> session.rollback();
            };
            done(next);
            if (rows == 1_000) {
                assertComplete(parked, rows);
                assertThat(heard).containsExactly("spilled WRITE");
            } else {
                assertTooOld(parked, Reason.WRITE);
            }
            done(session.close());
        }
    }

    @Test
    void transaction_close_endsItsCursors() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        SignalProbe<String> parked = park(session, 1_000);
        done(session.close());
        assertThat(parked.awaitEnd()).isTrue();
        assertThat(parked.error()).isInstanceOf(LaneClosedException.class);
    }

    @Test
    void transaction_killed_drainsItsCursors() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        SignalProbe<String> first = park(session, 1_000);
        SignalProbe<String> failing = FakeLanes.start(
                FakeLanes.read(session, FakeQuery.rows(500).failAt(20, rillite.core.testing.FakeError.Code.IOERR)));
        assertThat(failing.awaitEnd()).isTrue();
        assertThat(session.inTransaction()).isFalse();
        assertComplete(first, 1_000);
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(TransactionLostException.class);
    }

    @Test
    void readTransaction_severalCursors_shareOneConnection() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.beginRead(session));
        SignalProbe<String> first = park(session, 1_000);
        SignalProbe<String> second = park(session, 2_000);
        assertThat(house.stats().readersBusy()).isOne();
        assertComplete(second, 2_000);
        assertComplete(first, 1_000);
        done(session.commit());
        assertThat(heard).isEmpty();
    }
}
