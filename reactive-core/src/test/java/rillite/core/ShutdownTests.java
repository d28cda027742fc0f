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
import rillite.core.WriteWork.Atomicity;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.LaneLeaks;
import rillite.core.testing.ManualTime;
import rillite.core.testing.SignalProbe;

/** The end of the lanes, under every load. */
@Timeout(60)
final class ShutdownTests {
    private FakeLanes house = FakeLanes.open(options -> options.closeTimeout(Duration.ofMillis(500)));

    @AfterEach
    void leaks() {
        house.close();
    }

    private Duration timed(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static void done(Mono<?> work) {
        work.block(FakeLanes.BOUND);
    }

    private void awaitHanging(int count) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> house.database.hanging() == count);
    }

    @Test
    void close_idle_isPromptAndRepeatable() {
        house.insert("a").block(FakeLanes.BOUND);
        house.query(FakeQuery.rows(5)).blockLast(FakeLanes.BOUND);
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        done(house.lanes.close());
        done(house.lanes.close());
        assertThat(house.lanes.isClosing()).isTrue();
    }

    @Test
    void close_refusesEverythingNew() {
        Session<FakeConnection> session = house.session();
        house.shutDown();
        assertThat(FakeLanes.errorOf(house.insert("a"))).isInstanceOf(LaneClosedException.class);
        assertThat(FakeLanes.errorOf(house.query(FakeQuery.rows(1)))).isInstanceOf(LaneClosedException.class);
        assertThat(FakeLanes.errorOf(FakeLanes.begin(session))).isInstanceOf(LaneClosedException.class);
        assertThat(FakeLanes.errorOf(FakeLanes.beginRead(session))).isInstanceOf(LaneClosedException.class);
        assertThat(FakeLanes.errorOf(session.dedicate())).isInstanceOf(LaneClosedException.class);
        assertThat(session.isClosed()).isTrue();
        done(session.close());
    }

    @Test
    void close_queuedWrites_failAtOnceWhileAClaimedOneEnds() {
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> queued = IntStream.range(0, 20)
                .mapToObj(i -> FakeLanes.start(house.insert("q" + i)))
                .toList();
        house.awaitQueued(20);
        SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
        queued.forEach(probe -> {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(LaneClosedException.class).hasMessageContaining("was not run");
        });
        assertThat(closing.isOver()).isFalse();
        held.open();
        house.shutDown();
        assertThat(house.database.committed()).hasSize(1);
    }

    @Test
    void close_endlessReads_areInterrupted() {
        List<SignalProbe<String>> endless = IntStream.range(0, 2)
                .mapToObj(i -> FakeLanes.start(house.query(FakeQuery.endless())))
                .toList();
        awaitHanging(2);
        List<SignalProbe<String>> waiting = IntStream.range(0, 20)
                .mapToObj(i -> FakeLanes.start(house.query(FakeQuery.rows(1))))
                .toList();
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        Flux.concat(Flux.fromIterable(endless), Flux.fromIterable(waiting))
                .toIterable()
                .forEach(probe -> {
                    assertThat(probe.awaitEnd()).isTrue();
                    assertThat(probe.error()).isInstanceOf(LaneClosedException.class);
                });
    }

    @Test
    void close_readsWithoutASession_endWhereverTheyStand() {
        FakeQuery rows = FakeQuery.rows(100).fetchSize(2);
        SignalProbe<String> parked = new SignalProbe<>();
        house.lanes.read(rows, FakeQuery.reader(), Duration.ZERO, Duration.ZERO).subscribe(parked);
        parked.request(2);
        await().until(() -> parked.values().size() == 2 && house.stats().openCursors() == 1);
        SignalProbe<String> endless = FakeLanes.start(
                house.lanes.read(FakeQuery.endless(), FakeQuery.reader(), Duration.ZERO, Duration.ZERO));
        awaitHanging(1);
        assertThat(house.stats().sessions()).isZero();
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        for (SignalProbe<String> probe : List.of(parked, endless)) {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(LaneClosedException.class);
        }
    }

    @Test
    void close_endlessWrite_isInterruptedAtTheDeadline() {
        for (Atomicity atomicity : List.of(Atomicity.STATEMENT, Atomicity.ALONE)) {
            house.close();
            ManualTime time = new ManualTime();
            house = FakeLanes.open(options -> options.ticker(time).timer(time).closeTimeout(Duration.ofMillis(500)));
            SignalProbe<Long> write = FakeLanes.start(house.session()
                    .write(FakeWrite.insert("endless").as(atomicity).hanging()));
            awaitHanging(1);
            SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
            time.advance(Duration.ofMillis(499));
            assertThat(house.database.interrupts()).isZero();
            time.advance(Duration.ofMillis(10));
            assertThat(write.error())
                    .isInstanceOf(LaneClosedException.class)
                    .hasMessageContaining("nothing of it is applied");
            assertThat(house.database.committed()).isEmpty();
            house.shutDown();
            assertThat(closing.awaitEnd()).isTrue();
        }
    }

    @Test
    void close_endlessWriteInAGroup_failsTheWholeGroup() {
        Gate held = house.holdWriter();
        SignalProbe<Long> first = FakeLanes.start(house.insert("first"));
        house.awaitQueued(1);
        SignalProbe<Long> endless = FakeLanes.start(
                house.session().write(FakeWrite.insert("endless").hanging()));
        house.awaitQueued(2);
        held.open();
        awaitHanging(1);
        house.shutDown();
        assertThat(first.awaitEnd() && endless.awaitEnd()).isTrue();
        assertThat(first.error()).isInstanceOf(LaneClosedException.class);
        assertThat(endless.error()).isInstanceOf(LaneClosedException.class);
        assertThat(house.database.committed()).hasSize(1);
    }

    @Test
    void close_endlessWriteInATransaction_rollsItBack() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        SignalProbe<Long> endless =
                FakeLanes.start(session.write(FakeWrite.insert("endless").hanging()));
        awaitHanging(1);
        house.shutDown();
        assertThat(endless.awaitEnd()).isTrue();
        assertThat(endless.error()).isInstanceOf(LaneClosedException.class);
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void close_openTransactionsAndCursors_areEndedEachOnce() {
        List<SignalProbe<String>> parked = new ArrayList<>();
        Session<FakeConnection> writing = house.session();
        done(FakeLanes.begin(writing).then(writing.write(FakeWrite.insert("a"))));
        Session<FakeConnection> reading = house.session();
        done(FakeLanes.beginRead(reading));
        Session<FakeConnection> own = house.session();
        done(own.dedicate());
        for (Session<FakeConnection> session : List.of(house.session(), writing, reading, own)) {
            SignalProbe<String> probe = new SignalProbe<>();
            FakeLanes.read(session, FakeQuery.rows(1_000)).subscribe(probe);
            parked.add(probe.request(1));
        }
        await().until(() -> house.stats().openCursors() == 4);
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        parked.forEach(probe -> {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(LaneClosedException.class);
            assertThat(probe.broken()).isEmpty();
        });
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void close_deafStatement_waitsForItsEnd() {
        house.database.deaf(true);
        SignalProbe<String> endless = FakeLanes.start(house.query(FakeQuery.endless()));
        awaitHanging(1);
        SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
        assertThat(endless.awaitEnd()).as("the subscriber hears at once").isTrue();
        await().pollDelay(Duration.ofMillis(700)).until(() -> !closing.isOver());
        house.database.releaseHangs();
        assertThat(closing.awaitEnd()).isTrue();
        house.shutDown();
    }

    @Test
    void close_lockedByOther_givesUp() {
        house.database.lockedByOther(true);
        SignalProbe<Long> write = FakeLanes.start(house.insert("a"));
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.begin(house.session()));
        Session<FakeConnection> own = house.session();
        done(own.dedicate());
        SignalProbe<Long> ticket = FakeLanes.start(own.write(FakeWrite.insert("b")));
        await().pollDelay(Duration.ofMillis(30)).until(() -> !write.isOver());
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        for (SignalProbe<?> probe : List.of(write, begin, ticket)) {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(LaneClosedException.class);
        }
    }

    @Test
    void close_commitHeldUp_rollsBack() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        house.database.chance((point, connection) -> point == Point.COMMIT ? Code.BUSY : null);
        SignalProbe<Void> commit = FakeLanes.start(session.commit());
        await().pollDelay(Duration.ofMillis(30)).until(() -> !commit.isOver());
        assertThat(timed(house::shutDown)).isLessThan(Duration.ofMillis(500));
        assertThat(commit.awaitEnd()).isTrue();
        assertThat(commit.error()).isInstanceOf(LaneClosedException.class);
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void close_commitWithoutAnAnswer_isUnknown() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        Gate gate = house.database.gate(Point.COMMIT);
        SignalProbe<Void> commit = FakeLanes.start(session.commit());
        gate.awaitArrival();
        SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
        assertThat(commit.awaitEnd()).isTrue();
        assertThat(commit.error())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("had not answered when the engine closed");
        assertThat(closing.isOver()).isFalse();
        gate.open();
        house.shutDown();
        assertThat(commit.broken()).isEmpty();
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void close_groupWithoutAnAnswer_isUnknownToAll() {
        Gate held = house.holdWriter();
        List<SignalProbe<Long>> probes =
                List.of(FakeLanes.start(house.insert("a")), FakeLanes.start(house.insert("b")));
        house.awaitQueued(2);
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        Gate commit = house.database.gate(Point.COMMIT);
        begin.open();
        commit.awaitArrival();
        SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
        probes.forEach(probe -> {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(OutcomeUnknownException.class);
        });
        commit.open();
        assertThat(closing.awaitEnd()).isTrue();
        house.shutDown();
        assertThat(probes).allMatch(probe -> probe.broken().isEmpty());
        assertThat(house.database.committed()).endsWith("a", "b");
    }

    @Test
    void close_readersFirst_writerLast() {
        house.query(FakeQuery.rows(5)).blockLast(FakeLanes.BOUND);
        Gate close = house.database.gate(Point.CLOSE);
        SignalProbe<Void> closing = FakeLanes.start(house.lanes.close());
        close.awaitArrival();
        assertThat(house.database.openConnections(FakeConnection.Kind.WRITER)).isOne();
        close.open();
        assertThat(closing.awaitEnd()).isTrue();
        house.shutDown();
    }

    @Test
    void open_failing_isToldAndLeavesNoThread() {
        FakeDatabase database = new FakeDatabase().fail(Point.OPEN_WRITER, Code.CANTOPEN);
        Mono<Lanes<FakeConnection>> lanes =
                Lanes.open(database, LaneOptions.builder().name("failing").build());
        assertThat(FakeLanes.errorOf(lanes)).isInstanceOf(FakeError.class);
        assertThat(FakeLanes.errorOf(lanes)).isInstanceOf(FakeError.class);
        LaneLeaks.assertNoThreads("failing");
    }

    @Test
    void open_sameOptionsAgain_works() {
        house.shutDown();
        Lanes<FakeConnection> again =
                Lanes.open(house.database, house.lanes.options()).block(FakeLanes.BOUND);
        assertThat(again).isNotNull();
        Session<FakeConnection> session = again.session(Duration.ofMillis(50));
        house.database.lockedByOther(true);
        assertThat(FakeLanes.errorOf(session.write(FakeWrite.insert("a")))).isInstanceOf(LaneTimeoutException.class);
        house.database.lockedByOther(false);
        assertThat(session.write(FakeWrite.insert("b")).block(FakeLanes.BOUND)).isOne();
        done(again.close());
        LaneLeaks.assertNoThreads(again.name());
    }

    @Test
    void close_underLoad_isPromptAgainAndAgain() {
        house.shutDown();
        for (int round = 0; round < 40; round++) {
            house = FakeLanes.open(options -> options.closeTimeout(Duration.ofMillis(500)));
            List<SignalProbe<?>> probes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                probes.add(FakeLanes.start(house.insert("r" + i)));
                probes.add(FakeLanes.start(house.query(FakeQuery.rows(5_000))));
                Session<FakeConnection> session = house.session();
                probes.add(FakeLanes.start(FakeLanes.begin(session)
                        .then(session.write(FakeWrite.insert("t" + i)))
                        .then(session.commit())));
                Session<FakeConnection> own = house.session();
                probes.add(FakeLanes.start(own.dedicate().then(own.write(FakeWrite.insert("d" + i)))));
            }
            probes.add(FakeLanes.start(house.query(FakeQuery.endless())));
            long until = System.nanoTime() + round * 200_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(timed(house::shutDown)).as("round %s", round).isLessThan(Duration.ofSeconds(2));
            probes.forEach(probe -> {
                assertThat(probe.awaitEnd()).isTrue();
                assertThat(probe.broken()).isEmpty();
            });
        }
    }
}
