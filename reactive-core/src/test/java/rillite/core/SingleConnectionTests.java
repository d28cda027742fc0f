package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.SignalProbe;

/** Lanes over a resource with one connection for everything, as an in-memory database has. */
@Timeout(30)
final class SingleConnectionTests {
    private final FakeLanes house = FakeLanes.open(new FakeDatabase().withoutReaders(), options -> options);

    @AfterEach
    void leaks() {
        house.close();
    }

    private SignalProbe<String> park(int rows) {
        int before = house.stats().openCursors();
        SignalProbe<String> probe = new SignalProbe<>();
        house.query(FakeQuery.rows(rows)).subscribe(probe);
        probe.request(1);
        await().until(() -> probe.count() == 1 && house.stats().openCursors() == before + 1);
        return probe;
    }

    @Test
    void connections_areOne() {
        assertThat(house.lanes.hasReaders()).isFalse();
        house.insert("a").block(FakeLanes.BOUND);
        assertThat(house.query(FakeQuery.table()).collectList().block(FakeLanes.BOUND))
                .containsExactly("a");
        assertThat(house.database.openConnections()).isOne();
        assertThat(house.stats().readerConnections()).isZero();
    }

    @Test
    void signals_neverComeFromTheWriter() {
        SignalProbe<String> read = FakeLanes.start(house.query(FakeQuery.rows(5)));
        assertThat(read.awaitEnd()).isTrue();
        assertThat(read.terminalThread()).startsWith("parallel-");
    }

    @Test
    void reads_andWrites_interleave() {
        Flux<Long> reads = Flux.range(0, 100)
                .flatMap(i -> house.query(FakeQuery.rows(i * 10)).count(), 10);
        Flux<Long> writes = Flux.range(0, 200).flatMap(i -> house.insert("v" + i), 20);
        assertThat(Flux.merge(reads, writes).count().block(FakeLanes.BOUND)).isEqualTo(300);
        assertThat(house.database.committed()).hasSize(200);
    }

    @Test
    void parked_cursor_isDrainedBeforeAWrite() {
        SignalProbe<String> small = park(1_000);
        SignalProbe<String> large = park(1_000_000);
        assertThat(house.insert("a").block(FakeLanes.BOUND)).isOne();
        assertThat(large.awaitEnd()).isTrue();
        assertThat(large.error()).isInstanceOf(SnapshotTooOldException.class);
        small.requestAll();
        assertThat(small.awaitEnd()).isTrue();
        assertThat(small.count()).isEqualTo(1_000);
    }

    @Test
    void hanging_read_isStoppedAlsoBesideParkedOnes() {
        SignalProbe<String> parked = park(1_000);
        SignalProbe<String> endless = FakeLanes.start(house.query(FakeQuery.endless()));
        await().until(() -> house.database.hanging() == 1);
        endless.cancel();
        assertThat(parked.awaitEnd()).isTrue();
        assertThat(parked.error()).isInstanceOfSatisfying(SnapshotTooOldException.class, error -> {
            assertThat(error.reason()).isEqualTo(SnapshotTooOldException.Reason.INTERRUPT);
            assertThat(error).hasMessageContaining("Read it again");
        });
        assertThat(house.insert("a").block(FakeLanes.BOUND)).isOne();
    }

    @Test
    void hanging_read_isStoppedByItsDeadline() {
        Session<FakeConnection> session = house.session();
        session.statementTimeout(Duration.ofMillis(50));
        assertThat(FakeLanes.errorOf(FakeLanes.read(session, FakeQuery.endless())))
                .isInstanceOf(LaneTimeoutException.class);
    }

    @Test
    void transaction_holdsReadsOfOthersBack() {
        Session<FakeConnection> session = house.session();
        FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))).block(FakeLanes.BOUND);
        SignalProbe<String> other = FakeLanes.start(house.query(FakeQuery.table()));
        Throwable late = FakeLanes.errorOf(FakeLanes.read(house.session(Duration.ofMillis(30)), FakeQuery.rows(1)));
        assertThat(late).isInstanceOf(LaneTimeoutException.class);
        assertThat(other.isOver()).isFalse();
        session.commit().block(FakeLanes.BOUND);
        assertThat(other.awaitEnd()).isTrue();
        assertThat(other.values()).containsExactly("a");
    }

    @Test
    void readTransaction_isALeaseOfTheWriter() {
        Session<FakeConnection> session = house.session();
        FakeLanes.beginRead(session).block(FakeLanes.BOUND);
        assertThat(house.stats().leases()).isOne();
        assertThat(FakeLanes.read(session, FakeQuery.rows(50)).count().block(FakeLanes.BOUND))
                .isEqualTo(50);
        session.commit().block(FakeLanes.BOUND);
    }

    @Test
    void dedicate_isRefused() {
        assertThat(FakeLanes.errorOf(house.session().dedicate()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("single connection");
    }

    @Test
    void outcome_unknown_endsParkedCursors() {
        Session<FakeConnection> session = house.session();
        FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))).block(FakeLanes.BOUND);
        house.database.fail(Point.COMMIT, Code.IOERR);
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(house.query(FakeQuery.rows(50)).count().block(FakeLanes.BOUND))
                .isEqualTo(50);
    }

    @Test
    void queue_ofWritesAndReads_isOne() {
        List<SignalProbe<?>> probes = new java.util.ArrayList<>();
        var held = house.holdWriter();
        for (int i = 0; i < 100; i++) {
            probes.add(FakeLanes.start(house.query(FakeQuery.rows(3))));
        }
        house.awaitQueued(100);
        probes.subList(0, 50).forEach(SignalProbe::cancel);
        house.awaitQueued(50);
        held.open();
        probes.subList(50, 100).forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
    }
}
