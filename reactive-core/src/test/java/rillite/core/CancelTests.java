package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import rillite.core.WriteWork.Atomicity;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.SignalProbe;

/** Cancel and statement timeout in every state a command can be in. */
@Timeout(30)
final class CancelTests {
    private static final Duration SOON = Duration.ofMillis(60);

    private final FakeLanes house = FakeLanes.open();

    @AfterEach
    void leaks() {
        house.close();
    }

    private static void done(Mono<?> work) {
        work.block(FakeLanes.BOUND);
    }

    private void awaitHanging() {
        await().pollInterval(Duration.ofMillis(1)).until(() -> house.database.hanging() == 1);
    }

    private Session<FakeConnection> impatient() {
        Session<FakeConnection> session = house.session();
        session.statementTimeout(SOON);
        return session;
    }

    private static void assertTimeout(Throwable error, LaneTimeoutException.Kind kind) {
        assertThat(error).isInstanceOfSatisfying(LaneTimeoutException.class, timeout -> {
            assertThat(timeout.kind()).isEqualTo(kind);
            assertThat(timeout.bound()).isEqualTo(SOON);
        });
    }

    /** How a statement that hangs is stopped. */
    enum Stop {
        CANCEL,
        TIMEOUT
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 16, 40, 300})
    void read_hangingAtAnyRow_isInterruptedAndGivenBack(long row) {
        SignalProbe<String> probe =
                FakeLanes.start(house.query(FakeQuery.rows(1_000).hangAt(row)));
        awaitHanging();
        probe.cancel();
        house.assertLeakFree();
        assertThat(probe.isOver()).isFalse();
        assertThat(house.stats().interrupts()).isOne();
        assertThat(house.query(FakeQuery.rows(40)).count().block(FakeLanes.BOUND))
                .isEqualTo(40);
    }

    @Test
    void read_timeout_endsBeforeTheFirstRow() {
        Throwable error = FakeLanes.errorOf(FakeLanes.read(impatient(), FakeQuery.endless()));
        assertTimeout(error, LaneTimeoutException.Kind.STATEMENT);
        assertThat(error).hasMessageContaining("before the first row of rows").hasCauseInstanceOf(FakeError.class);
        house.assertLeakFree();
    }

    @Test
    void read_timeout_endsWithTheFirstChunk() {
        SignalProbe<String> probe = new SignalProbe<>();
        FakeLanes.read(impatient(), FakeQuery.rows(100)).subscribe(probe);
        probe.request(20);
        await().until(() -> probe.count() == 20);
        await().pollDelay(SOON.multipliedBy(2)).until(() -> !probe.isOver());
        probe.requestAll();
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(probe.isCompleted()).isTrue();
    }

    @Test
    void read_timeoutInTheQueue_removesIt() {
        Gate first = house.database.gate(Point.OPEN_CURSOR);
        Gate second = house.database.gate(Point.OPEN_CURSOR);
        List<SignalProbe<String>> busy = List.of(
                FakeLanes.start(house.query(FakeQuery.rows(1))), FakeLanes.start(house.query(FakeQuery.rows(1))));
        first.awaitArrival();
        second.awaitArrival();
        assertTimeout(
                FakeLanes.errorOf(FakeLanes.read(impatient(), FakeQuery.rows(1))), LaneTimeoutException.Kind.STATEMENT);
        assertThat(house.stats().readQueueDepth()).isZero();
        first.open();
        second.open();
        busy.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
    }

    @Test
    void read_lockWaitInTheQueue_removesIt() {
        Gate first = house.database.gate(Point.OPEN_CURSOR);
        Gate second = house.database.gate(Point.OPEN_CURSOR);
        List<SignalProbe<String>> busy = List.of(
                FakeLanes.start(house.query(FakeQuery.rows(1))), FakeLanes.start(house.query(FakeQuery.rows(1))));
        first.awaitArrival();
        second.awaitArrival();
        assertTimeout(
                FakeLanes.errorOf(FakeLanes.read(house.session(SOON), FakeQuery.rows(1))),
                LaneTimeoutException.Kind.LOCK_WAIT);
        first.open();
        second.open();
        busy.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(Atomicity.class)
    void write_aloneAndHanging_isStoppedAndLeavesNothing(Atomicity atomicity) {
        SignalProbe<Long> cancelled = FakeLanes.start(
                house.session().write(FakeWrite.insert("a").as(atomicity).hanging()));
        awaitHanging();
        cancelled.cancel();
        house.assertLeakFree();
        assertTimeout(
                FakeLanes.errorOf(
                        impatient().write(FakeWrite.insert("b").as(atomicity).hanging())),
                LaneTimeoutException.Kind.STATEMENT);
        assertThat(house.database.committed()).isEmpty();
        assertThat(house.insert("c").block(FakeLanes.BOUND)).isOne();
    }

    @Test
    void write_committedBeforeItsTimeout_isDelivered() {
        Gate commit = house.database.gate(Point.COMMIT);
        SignalProbe<Long> late =
                FakeLanes.start(impatient().write(FakeWrite.insert("a").as(Atomicity.ALONE)));
        commit.awaitArrival();
        await().pollDelay(SOON.multipliedBy(2)).until(() -> !late.isOver());
        commit.open();
        assertThat(late.awaitEnd()).isTrue();
        assertThat(late.isCompleted()).isTrue();
        assertThat(house.database.committed()).containsExactly("a");
        assertThat(house.database.interrupts())
                .as("a commit is never interrupted")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Stop.class)
    void transaction_readHanging_isStoppedAndTheTransactionSurvives(Stop stop) {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        if (stop == Stop.TIMEOUT) {
            session.statementTimeout(SOON);
        }
        SignalProbe<String> probe = FakeLanes.start(FakeLanes.read(session, FakeQuery.endless()));
        awaitHanging();
        if (stop == Stop.CANCEL) {
            probe.cancel();
        } else {
            assertThat(probe.awaitEnd()).isTrue();
            assertTimeout(probe.error(), LaneTimeoutException.Kind.STATEMENT);
        }
        session.statementTimeout(Duration.ZERO);
        done(session.write(FakeWrite.insert("b")).then(session.commit()));
        assertThat(house.database.committed()).containsExactly("a", "b");
    }

    @Test
    void transaction_writeCancelled_runsToItsEnd() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        Gate statement = house.database.gate(Point.STATEMENT);
        SignalProbe<Long> probe = FakeLanes.start(session.write(FakeWrite.insert("a")));
        statement.awaitArrival();
        probe.cancel();
        statement.open();
        done(session.commit());
        assertThat(house.database.interrupts()).isZero();
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void transaction_writeTimeout_endsTheTransaction() {
        Session<FakeConnection> session = impatient();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        Throwable error = FakeLanes.errorOf(session.write(FakeWrite.insert("b").hanging()));
        assertTimeout(error, LaneTimeoutException.Kind.TRANSACTION_STATEMENT);
        assertThat(error).hasMessageContaining("Run the whole transaction again");
        assertThat(session.inTransaction()).isFalse();
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(TransactionLostException.class);
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void transaction_readBesideAParkedCursor_isNotInterruptedByCancel() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        SignalProbe<String> parked = new SignalProbe<>();
        FakeLanes.read(session, FakeQuery.rows(500)).subscribe(parked);
        parked.request(5);
        await().until(() -> house.stats().openCursors() == 1);
        SignalProbe<String> hanging = FakeLanes.start(FakeLanes.read(session, FakeQuery.endless()));
        awaitHanging();
        hanging.cancel();
        assertThat(house.database.interrupts()).isZero();
        house.database.releaseHangs();
        parked.requestAll();
        assertThat(parked.awaitEnd()).isTrue();
        assertThat(parked.isCompleted()).isTrue();
        done(session.close());
    }

    @Test
    void transaction_readBesideAParkedCursor_endsWithTheSession() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        SignalProbe<String> parked = new SignalProbe<>();
        FakeLanes.read(session, FakeQuery.rows(500)).subscribe(parked);
        parked.request(5);
        await().until(() -> house.stats().openCursors() == 1);
        SignalProbe<String> hanging = FakeLanes.start(FakeLanes.read(session, FakeQuery.endless()));
        awaitHanging();
        done(session.close());
        assertThat(parked.error()).isInstanceOf(LaneClosedException.class);
        assertThat(hanging.error()).isInstanceOf(LaneClosedException.class);
    }

    @Test
    void session_closedWhileAReadRuns_endsIt() {
        Session<FakeConnection> session = house.session();
        SignalProbe<String> hanging = FakeLanes.start(FakeLanes.read(session, FakeQuery.endless()));
        awaitHanging();
        SignalProbe<Long> behind = FakeLanes.start(session.write(FakeWrite.insert("behind")));
        done(session.close());
        assertThat(hanging.error()).isInstanceOf(LaneClosedException.class);
        assertThat(behind.awaitEnd()).isTrue();
        house.assertLeakFree();
    }

    /** Hazard 13: a commit that was sent wins over a cancel. */
    @Test
    void commit_cancelledWhileItRuns_staysCommitted() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        Gate commit = house.database.gate(Point.COMMIT);
        SignalProbe<Void> probe = FakeLanes.start(session.commit());
        commit.awaitArrival();
        probe.cancel();
        commit.open();
        done(session.rollback());
        assertThat(house.database.committed()).containsExactly("a");
        assertThat(probe.isOver()).isFalse();
    }

    /** Hazard 14: the transaction started, but nobody is there any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void begin_cancelledWhileItRuns_isRolledBack(boolean write) {
        Session<FakeConnection> session = house.session();
        Gate begin = house.database.gate(Point.BEGIN);
        SignalProbe<Void> probe = FakeLanes.start(write ? FakeLanes.begin(session) : FakeLanes.beginRead(session));
        begin.awaitArrival();
        probe.cancel();
        begin.open();
        house.assertLeakFree();
        assertThat(session.inTransaction()).isFalse();
        assertThat(house.insert("a").block(FakeLanes.BOUND)).isOne();
        assertThat(session.write(FakeWrite.insert("b")).block(FakeLanes.BOUND)).isOne();
    }

    /** Hazard 14, a moment later: the transaction is open, the signal is on its way. */
    @Test
    void begin_cancelledBeforeItIsTold_isRolledBack() {
        int rolledBack = 0;
        for (int i = 0; i < 500; i++) {
            Session<FakeConnection> session = house.session();
            SignalProbe<Void> probe = FakeLanes.start(FakeLanes.begin(session));
            while (!session.inTransaction() && !probe.isOver()) {
                Thread.onSpinWait();
            }
            probe.cancel();
            await().pollInterval(Duration.ofMillis(1)).until(() -> probe.isOver() || !session.inTransaction());
            if (!probe.isOver()) {
                rolledBack++;
            }
            done(session.close());
        }
        house.assertLeakFree();
        assertThat(rolledBack).isBetween(0, 500);
    }

    /** Hazard 15: a ticket that waits is removed. */
    @Test
    void begin_cancelledWhileItWaits_takesNothing() {
        Gate held = house.holdWriter();
        SignalProbe<Void> waiting = FakeLanes.start(FakeLanes.begin(house.session()));
        house.awaitQueued(1);
        waiting.cancel();
        house.awaitQueued(0);
        held.open();
        assertThat(house.insert("a").block(FakeLanes.BOUND)).isOne();
        assertThat(house.database.begins()).isZero();
    }

    @Test
    void begin_failing_givesTheLeaseBack() {
        house.database.fail(Point.BEGIN, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(FakeLanes.begin(house.session()))).isInstanceOf(FakeError.class);
        house.assertLeakFree();
        house.database.fail(Point.BEGIN, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(FakeLanes.beginRead(house.session()))).isInstanceOf(FakeError.class);
        house.assertLeakFree();
    }

    @Test
    void rollback_cancelled_isDoneAllTheSame() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        Gate statement = house.database.gate(Point.STATEMENT);
        SignalProbe<Long> busy = FakeLanes.start(session.write(FakeWrite.insert("b")));
        statement.awaitArrival();
        SignalProbe<Void> rollback = FakeLanes.start(session.rollback());
        rollback.cancel();
        statement.open();
        assertThat(busy.awaitEnd()).isTrue();
        house.assertLeakFree();
        assertThat(session.inTransaction()).isFalse();
    }

    @Test
    void late_interrupt_neverHitsTheNextStatement() {
        for (int i = 0; i < 1_000; i++) {
            Session<FakeConnection> session = house.session();
            SignalProbe<String> cancelled = FakeLanes.start(FakeLanes.read(session, FakeQuery.rows(16)));
            cancelled.cancel();
            SignalProbe<String> next = FakeLanes.start(FakeLanes.read(session, FakeQuery.rows(16)));
            assertThat(next.awaitEnd()).isTrue();
            assertThat(next.isCompleted()).isTrue();
        }
    }

    @Test
    void submit_andCancelAtOnce_neverSticks() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Session<FakeConnection> session = house.session();
            SignalProbe<Long> probe = new SignalProbe<>();
            session.write(FakeWrite.insert("x" + i)).subscribe(probe);
            Thread canceller = new Thread(probe::cancel);
            canceller.start();
            probe.request(1);
            canceller.join();
            done(session.write(FakeWrite.insert("y" + i)));
        }
    }
}
