package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.SignalProbe;

/** What the lanes tell of themselves. */
@Timeout(30)
final class LaneListenerTests {
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    /** Keeps the names of what it hears, and throws where it may not. */
    private final class Heard implements LaneListener {
        private final boolean rude;

        Heard(boolean rude) {
            this.rude = rude;
        }

        private void hear(String what) {
            heard.add(what);
            if (rude) {
                throw new IllegalStateException("rude");
            }
        }

        @Override
        public void groupCommitted(int size, Duration took) {
            hear("groupCommitted " + size);
        }

        @Override
        public void groupReplayed(int size) {
            hear("groupReplayed " + size);
        }

        @Override
        public void writeWaited(Duration waited) {
            assertThat(waited).isGreaterThanOrEqualTo(Duration.ZERO);
            hear("writeWaited");
        }

        @Override
        public void lockedByOther() {
            hear("lockedByOther");
        }

        @Override
        public void cursorSpilled(SnapshotTooOldException.Reason reason, long bytes) {
            hear("cursorSpilled " + reason);
        }

        @Override
        public void snapshotTooOld(SnapshotTooOldException.Reason reason, Duration age, String label) {
            hear("snapshotTooOld " + reason + " " + label);
        }

        @Override
        public void transactionIdle(String transaction, Duration age) {
            hear("transactionIdle");
        }

        @Override
        public void outcomeUnknown(int members, Throwable cause) {
            hear("outcomeUnknown " + members);
        }

        @Override
        public void unexpected(String what, Throwable error) {
            hear("unexpected " + what);
        }
    }

    private void exercise(boolean rude) {
        FakeDatabase database = new FakeDatabase();
        try (FakeLanes house = FakeLanes.open(
                database,
                options -> options.listener(new Heard(rude))
                        .transactionIdleTimeout(Duration.ofSeconds(1))
                        .maxMaterializeBytes(1_000))) {
            Gate held = house.holdWriter();
            List<SignalProbe<Long>> group = List.of(
                    FakeLanes.start(house.insert("a")),
                    FakeLanes.start(
                            house.session().write(FakeWrite.insert("bad").failing(Code.KILLED))));
            house.awaitQueued(2);
            held.open();
            group.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
            held = house.holdWriter();
            group = List.of(FakeLanes.start(house.insert("b")), FakeLanes.start(house.insert("c")));
            house.awaitQueued(2);
            held.open();
            group.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
            database.fail(Point.BEGIN, Code.BUSY);
            Session<FakeConnection> session = house.session();
            FakeLanes.begin(session).block(FakeLanes.BOUND);
            for (int rows : new int[] {40, 5_000}) {
                SignalProbe<String> parked = new SignalProbe<>();
                FakeLanes.read(session, FakeQuery.rows(rows)).subscribe(parked);
                parked.request(1);
                await().until(() -> parked.count() == 1);
                session.write(FakeWrite.insert("w" + rows)).block(FakeLanes.BOUND);
                parked.cancel();
            }
            await().until(() -> !session.inTransaction());
            database.fail(Point.COMMIT, Code.IOERR);
            FakeLanes.errorOf(house.insert("unknown"));
            database.fail(Point.CLOSE, Code.IOERR);
        }
    }

    private void assertAllHeard() {
        assertThat(heard)
                .contains(
                        "groupCommitted 2",
                        "groupReplayed 2",
                        "writeWaited",
                        "lockedByOther",
                        "cursorSpilled WRITE",
                        "snapshotTooOld WRITE rows",
                        "transactionIdle",
                        "outcomeUnknown 1");
    }

    @Test
    void listener_hearsEverything() {
        exercise(false);
        assertAllHeard();
    }

    @Test
    void listener_throwing_disturbsNothing() {
        exercise(true);
        assertAllHeard();
    }

    @Test
    void stats_showWhatGoesOn() {
        try (FakeLanes house = FakeLanes.open()) {
            LaneStats before = house.stats();
            assertThat(before.idle()).isTrue();
            assertThat(before.sessions()).isZero();
            Gate held = house.holdWriter();
            SignalProbe<Long> waiting =
                    FakeLanes.start(house.session().write(FakeWrite.insert("a").bytes(100)));
            SignalProbe<String> parked = new SignalProbe<>();
            house.query(FakeQuery.rows(1_000)).subscribe(parked);
            parked.request(1);
            await().until(() -> house.stats().openCursors() == 1 && parked.count() == 1);
            LaneStats busy = house.stats();
            assertThat(busy.idle()).isFalse();
            assertThat(busy.writerQueueDepth()).isEqualTo(2);
            assertThat(busy.writerQueueBytes()).isEqualTo(164);
            assertThat(busy.readersBusy()).isOne();
            assertThat(busy.readerConnections()).isOne();
            assertThat(busy.activeCommands()).isEqualTo(2);
            assertThat(busy.sessions()).isEqualTo(3);
            held.open();
            assertThat(waiting.awaitEnd()).isTrue();
            parked.cancel();
            Session<FakeConnection> session = house.session();
            FakeLanes.begin(session).block(FakeLanes.BOUND);
            assertThat(house.stats().leases()).isOne();
            assertThat(house.stats().leaseAge()).isPositive();
            session.close().block(FakeLanes.BOUND);
            house.assertLeakFree();
            assertThat(house.stats().leaseAge()).isZero();
            assertThat(house.stats().writes()).isEqualTo(2);
            assertThat(house.stats().rowsRead()).isGreaterThanOrEqualTo(16);
        }
    }
}
