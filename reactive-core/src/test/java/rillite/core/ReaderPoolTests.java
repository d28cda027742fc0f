package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.Gate;
import rillite.core.testing.ManualTime;
import rillite.core.testing.SignalProbe;

/** Reader connections: opened on demand, reused, closed when nobody needs them, and what a failing one does. */
@Timeout(30)
final class ReaderPoolTests {
    private final ManualTime time = new ManualTime();
    private FakeLanes house = FakeLanes.open(
            options -> options.ticker(time).timer(time).maxReaderConnections(6).maxOpenCursors(5));

    @AfterEach
    void leaks() {
        house.close();
    }

    private SignalProbe<String> park() {
        int before = house.stats().openCursors();
        SignalProbe<String> probe = new SignalProbe<>();
        house.query(FakeQuery.rows(1_000)).subscribe(probe);
        probe.request(1);
        await().until(() -> probe.count() == 1 && house.stats().openCursors() == before + 1);
        return probe;
    }

    private long readers() {
        return house.database.openConnections(FakeConnection.Kind.READER);
    }

    private long count(FakeQuery query) {
        Long count = house.query(query).count().block(FakeLanes.BOUND);
        return count == null ? -1 : count;
    }

    @Test
    void connections_growOnDemandAndAreReused() {
        assertThat(readers()).isZero();
        for (int i = 0; i < 50; i++) {
            count(FakeQuery.rows(3));
        }
        assertThat(readers()).isLessThanOrEqualTo(2);
        List<SignalProbe<String>> parked =
                IntStream.range(0, 5).mapToObj(i -> park()).toList();
        assertThat(readers()).isLessThanOrEqualTo(6).isGreaterThanOrEqualTo(5);
        parked.forEach(SignalProbe::cancel);
        house.assertLeakFree();
        assertThat(house.stats().readersBusy()).isZero();
    }

    @Test
    void connections_beyondTheThreads_areClosedAfterAQuietTime() {
        List<SignalProbe<String>> parked =
                IntStream.range(0, 5).mapToObj(i -> park()).toList();
        parked.forEach(SignalProbe::cancel);
        house.assertLeakFree();
        assertThat(readers()).isGreaterThanOrEqualTo(5);
        time.advance(Duration.ofSeconds(11));
        await().until(() -> {
            house.lanes.readLane().pool.shrink();
            return readers() == 2;
        });
        house.lanes.readLane().pool.shrink();
        assertThat(readers()).isEqualTo(2);
        assertThat(count(FakeQuery.rows(3))).isEqualTo(3);
    }

    @Test
    void opening_firstFails_isToldAndTriedAgain() {
        house.database.fail(Point.OPEN_READER, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(house.query(FakeQuery.rows(1)))).isInstanceOf(FakeError.class);
        assertThat(count(FakeQuery.rows(3))).isEqualTo(3);
        house.database.fail(Point.OPEN_READER, Code.CANTOPEN);
        SignalProbe<String> parked = park();
        parked.cancel();
    }

    @Test
    void opening_oneMoreFails_waitsForAnother() {
        Gate cursor = house.database.gate(Point.OPEN_CURSOR);
        SignalProbe<String> running = FakeLanes.start(house.query(FakeQuery.rows(3)));
        cursor.awaitArrival();
        house.database.fail(Point.OPEN_READER, Code.CANTOPEN);
        SignalProbe<String> waiting = FakeLanes.start(house.query(FakeQuery.rows(3)));
        await().until(() -> house.lanes.readLane().pool.waiting().size() == 1);
        cursor.open();
        assertThat(running.awaitEnd() && waiting.awaitEnd()).isTrue();
        assertThat(waiting.isCompleted()).isTrue();
    }

    @Test
    void opening_alwaysFails_leavesNobodyWaiting() {
        house.database.chance((point, connection) -> point == Point.OPEN_READER ? Code.CANTOPEN : null);
        List<SignalProbe<String>> probes = IntStream.range(0, 200)
                .mapToObj(i -> FakeLanes.start(house.query(FakeQuery.rows(1))))
                .toList();
        probes.forEach(probe -> {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(FakeError.class);
        });
        assertThat(FakeLanes.errorOf(FakeLanes.beginRead(house.session()))).isInstanceOf(FakeError.class);
        house.assertLeakFree();
        house.database.chance(null);
        assertThat(count(FakeQuery.rows(1))).isOne();
    }

    @Test
    void waiting_forAConnection_isServedInOrderAndExpires() {
        house.close();
        house = FakeLanes.open(options -> options.ticker(time)
                .timer(time)
                .readerThreads(1)
                .maxReaderConnections(1)
                .maxOpenCursors(1));
        Session<FakeConnection> holder = house.session();
        FakeLanes.beginRead(holder).block(FakeLanes.BOUND);
        SignalProbe<String> late =
                FakeLanes.start(FakeLanes.read(house.session(Duration.ofMillis(50)), FakeQuery.rows(1)));
        SignalProbe<String> patient = FakeLanes.start(house.query(FakeQuery.rows(1)));
        SignalProbe<String> cancelled = FakeLanes.start(house.query(FakeQuery.rows(1)));
        cancelled.cancel();
        await().until(() -> {
            time.advance(Duration.ofMillis(20));
            return late.isOver();
        });
        assertThat(late.error()).isInstanceOf(LaneTimeoutException.class);
        assertThat(house.stats().readQueueDepth()).isOne();
        holder.commit().block(FakeLanes.BOUND);
        assertThat(patient.awaitEnd()).isTrue();
        assertThat(patient.isCompleted()).isTrue();
    }

    @Test
    void threads_oneBusyForLong_donotKeepOthersFromWork() {
        for (int round = 0; round < 300; round++) {
            Gate gate = house.database.gate(Point.OPEN_CURSOR);
            SignalProbe<String> slow = FakeLanes.start(house.query(FakeQuery.rows(1)));
            SignalProbe<String> quick = FakeLanes.start(house.query(FakeQuery.rows(1)));
            gate.awaitArrival();
            await().pollInterval(Duration.ofMillis(1)).until(() -> slow.isOver() || quick.isOver());
            gate.open();
            assertThat(slow.awaitEnd() && quick.awaitEnd()).isTrue();
        }
    }
}
