package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.ManualTime;
import rillite.core.testing.SignalProbe;

/** The writer's queue: its bounds, its order, its deadlines, and that what did not run never runs. */
@Timeout(30)
final class WriterQueueTests {
    private final ManualTime time = new ManualTime();
    private final FakeLanes house = FakeLanes.open(
            options -> options.ticker(time).timer(time).writerQueueLimit(5).writerQueueBytes(1_000));

    @AfterEach
    void leaks() {
        house.close();
    }

    private SignalProbe<Long> insert(String value) {
        return FakeLanes.start(house.insert(value));
    }

    private List<String> stored() {
        return house.database.committed().stream()
                .filter(value -> !value.startsWith("holder"))
                .toList();
    }

    @Test
    void limit_items_refusesAtOnceAndLeavesNoTrace() {
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> waiting =
                IntStream.range(0, 4).mapToObj(i -> insert("v" + i)).toList();
        house.awaitQueued(4);
        Throwable error = FakeLanes.errorOf(house.insert("refused"));
        assertThat(error).isInstanceOfSatisfying(LaneFullException.class, full -> {
            assertThat(full.bound()).isEqualTo("writerQueueLimit");
            assertThat(full.limit()).isEqualTo(5);
            assertThat(full.value()).isEqualTo(5);
        });
        assertThat(house.stats().writerQueueDepth()).isEqualTo(5);
        held.open();
        waiting.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        house.assertLeakFree();
        assertThat(stored()).containsExactly("v0", "v1", "v2", "v3");
        assertThat(insert("after").awaitEnd()).isTrue();
    }

    @Test
    void limit_bytes_refusesButLetsASingleLargeOneIn() {
        assertThat(FakeLanes.start(
                                house.session().write(FakeWrite.insert("large").bytes(5_000)))
                        .awaitEnd())
                .isTrue();
        Gate held = house.holdWriter();
        SignalProbe<Long> waiting =
                FakeLanes.start(house.session().write(FakeWrite.insert("a").bytes(900)));
        Throwable error =
                FakeLanes.errorOf(house.session().write(FakeWrite.insert("b").bytes(500)));
        assertThat(error).isInstanceOfSatisfying(LaneFullException.class, full -> {
            assertThat(full.bound()).isEqualTo("writerQueueBytes");
            assertThat(full.limit()).isEqualTo(1_000);
        });
        held.open();
        assertThat(waiting.awaitEnd()).isTrue();
        house.assertLeakFree();
        assertThat(stored()).containsExactly("large", "a");
    }

    @Test
    void cancel_queued_runsNothingAndRestoresTheDepth() {
        Gate held = house.holdWriter();
        for (int round = 0; round < 1_000; round++) {
            List<SignalProbe<Long>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(insert("c" + round + "-" + i));
            }
            waiting.forEach(SignalProbe::cancel);
            assertThat(house.stats().writerQueueDepth()).isOne();
        }
        held.open();
        house.assertLeakFree();
        assertThat(stored()).isEmpty();
        assertThat(house.database.statements()).isOne();
    }

    @Test
    void order_ofOneSession_isKept() {
        Session<FakeConnection> session = house.session();
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> probes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            probes.add(FakeLanes.start(session.write(FakeWrite.insert("s" + i))));
        }
        held.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(stored())
                .containsExactlyElementsOf(
                        IntStream.range(0, 6).mapToObj(i -> "s" + i).toList());
    }

    @Test
    void order_acrossSessions_isThatOfArrival() {
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> probes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            probes.add(insert("a" + i));
            house.awaitQueued(i + 1);
        }
        held.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(stored()).containsExactly("a0", "a1", "a2", "a3");
    }

    @Test
    void session_queueFull_refusesTheRest() {
        Session<FakeConnection> session = house.session();
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> probes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            probes.add(FakeLanes.start(session.write(FakeWrite.insert("s" + i))));
        }
        Throwable error = FakeLanes.errorOf(session.write(FakeWrite.insert("refused")));
        assertThat(error).isInstanceOf(LaneFullException.class).hasMessageContaining("one session");
        held.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(stored()).hasSize(6);
    }

    @Test
    void lockWait_expiresAlsoWhileTheWriterIsBusy() {
        Gate held = house.holdWriter();
        SignalProbe<Long> late =
                FakeLanes.start(house.session(Duration.ofMillis(100)).write(FakeWrite.insert("late")));
        SignalProbe<Void> lateBegin = FakeLanes.start(FakeLanes.begin(house.session(), Duration.ofMillis(100)));
        SignalProbe<Long> patient =
                FakeLanes.start(house.session(Duration.ofSeconds(100)).write(FakeWrite.insert("patient")));
        house.awaitQueued(3);
        time.advance(Duration.ofMillis(99));
        assertThat(house.stats().writerQueueDepth()).isEqualTo(4);
        time.advance(Duration.ofMillis(30));
        assertThat(late.awaitEnd()).isTrue();
        assertThat(lateBegin.awaitEnd()).isTrue();
        for (Throwable error : List.of(late.error(), lateBegin.error())) {
            assertThat(error).isInstanceOfSatisfying(LaneTimeoutException.class, timeout -> {
                assertThat(timeout.kind()).isEqualTo(LaneTimeoutException.Kind.LOCK_WAIT);
                assertThat(timeout.bound()).isEqualTo(Duration.ofMillis(100));
                assertThat(timeout).hasMessageContaining("nothing was done and nothing will run later");
            });
        }
        held.open();
        assertThat(patient.awaitEnd()).isTrue();
        house.assertLeakFree();
        assertThat(stored()).containsExactly("patient");
    }

    @Test
    void lockWait_namesTheHolder() {
        Session<FakeConnection> holder = house.session();
        FakeLanes.begin(holder).then(holder.write(FakeWrite.insert("a"))).block(FakeLanes.BOUND);
        SignalProbe<Long> late =
                FakeLanes.start(house.session(Duration.ofMillis(100)).write(FakeWrite.insert("late")));
        time.advance(Duration.ofMillis(150));
        assertThat(late.awaitEnd()).isTrue();
        assertThat(late.error())
                .hasMessageContaining("transaction tx-" + holder.id())
                .hasMessageContaining("insert 1")
                .hasMessageContaining("A write inside a write transaction must use the same connection");
        holder.rollback().block(FakeLanes.BOUND);
        assertThat(stored()).isEmpty();
    }

    @Test
    void lockWait_isNotArmedByAnIdleWriter() {
        insert("a").awaitEnd();
        house.assertLeakFree();
        assertThat(time.pending()).isZero();
    }

    @Test
    void lockedByOther_triesAgainWithoutAThread() {
        house.database.lockedByOther(true);
        SignalProbe<Long> first = insert("a");
        SignalProbe<Long> second = insert("b");
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.begin(house.session()));
        for (int i = 0; i < 20; i++) {
            await().until(() -> time.pending() > 0);
            time.advance(Duration.ofMillis(10));
        }
        assertThat(first.isOver() || second.isOver() || begin.isOver()).isFalse();
        house.database.lockedByOther(false);
        await().until(() -> {
            time.advance(Duration.ofMillis(10));
            return first.isCompleted() && second.isCompleted() && begin.isCompleted();
        });
        assertThat(stored()).containsExactly("a", "b");
        house.lanes.sessions().forEach(session -> session.close().block(FakeLanes.BOUND));
    }

    @Test
    void lockedByOther_atTheDeadline_failsAndNeverRuns() {
        house.database.lockedByOther(true);
        Session<FakeConnection> session = house.session(Duration.ofMillis(200));
        SignalProbe<Long> write = FakeLanes.start(session.write(FakeWrite.insert("a")));
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.begin(house.session(), Duration.ofMillis(200)));
        await().until(() -> {
            time.advance(Duration.ofMillis(10));
            return write.isOver() && begin.isOver();
        });
        assertThat(write.error()).isInstanceOf(LaneTimeoutException.class);
        assertThat(begin.error()).isInstanceOf(LaneTimeoutException.class);
        house.database.lockedByOther(false);
        time.advance(Duration.ofSeconds(1));
        house.assertLeakFree();
        assertThat(stored()).isEmpty();
    }

    @Test
    void lockedByOther_cancelled_neverRuns() {
        house.database.lockedByOther(true);
        SignalProbe<Long> write = insert("a");
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.begin(house.session()));
        await().until(() -> time.pending() > 0);
        write.cancel();
        begin.cancel();
        house.database.lockedByOther(false);
        time.advance(Duration.ofSeconds(1));
        house.assertLeakFree();
        assertThat(stored()).isEmpty();
    }

    @Test
    void statementTimeout_whileQueued_removesTheWrite() {
        Gate held = house.holdWriter();
        Session<FakeConnection> session = house.session();
        session.statementTimeout(Duration.ofMillis(50));
        SignalProbe<Long> late = FakeLanes.start(session.write(FakeWrite.insert("late")));
        house.awaitQueued(1);
        time.advance(Duration.ofMillis(60));
        assertThat(late.awaitEnd()).isTrue();
        assertThat(late.error())
                .isInstanceOfSatisfying(
                        LaneTimeoutException.class,
                        error -> assertThat(error.kind()).isEqualTo(LaneTimeoutException.Kind.STATEMENT));
        assertThat(house.stats().writerQueueDepth()).isOne();
        held.open();
        house.assertLeakFree();
        assertThat(stored()).isEmpty();
    }

    @Test
    void flood_beyondTheBound_failsTypedAndLosesNothing() {
        List<Object> outcomes = Flux.range(0, 2_000)
                .flatMap(
                        i -> house.insert("f" + i)
                                .map(Object.class::cast)
                                .onErrorResume(LaneFullException.class, Mono::just),
                        500)
                .collectList()
                .block(FakeLanes.BOUND);
        assertThat(outcomes).hasSize(2_000);
        long done = outcomes.stream().filter(Long.class::isInstance).count();
        assertThat(stored()).hasSize((int) done);
    }
}
