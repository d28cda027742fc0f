package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
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

/** Sessions with a connection of their own, which still need the writer's ticket to write. */
@Timeout(30)
final class DedicatedTests {
    private final FakeLanes house = FakeLanes.open();
    private final Session<FakeConnection> session = house.session();

    @AfterEach
    void leaks() {
        done(session.close());
        house.close();
    }

    private static void done(Mono<?> work) {
        work.block(FakeLanes.BOUND);
    }

    private long own() {
        return house.database.openConnections(FakeConnection.Kind.DEDICATED);
    }

    @Test
    void connection_isOpenedOnceAndClosedWithTheSession() {
        assertThat(own()).isZero();
        done(session.dedicate());
        done(session.dedicate());
        assertThat(own()).isOne();
        done(session.close());
        assertThat(own()).isZero();
    }

    @Test
    void opening_fails_leavesTheSessionUsable() {
        house.database.fail(Point.OPEN_DEDICATED, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(session.dedicate())).isInstanceOf(FakeError.class);
        done(session.write(FakeWrite.insert("a")));
        done(session.dedicate());
    }

    @Test
    void opening_insideATransaction_isRefused() {
        done(FakeLanes.begin(session));
        assertThat(FakeLanes.errorOf(session.dedicate()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has an open transaction");
    }

    @Test
    void opening_cancelled_closesTheSession() {
        Session<FakeConnection> gone = house.session();
        Gate gate = house.database.gate(Point.OPEN_DEDICATED);
        SignalProbe<Void> probe = FakeLanes.start(gone.dedicate());
        gate.awaitArrival();
        probe.cancel();
        gate.open();
        await().until(() -> own() == 0);
        house.assertLeakFree();
    }

    @Test
    void reads_runOnIt() {
        done(session.dedicate());
        assertThat(FakeLanes.read(session, FakeQuery.rows(500)).count().block(FakeLanes.BOUND))
                .isEqualTo(500);
        assertThat(house.stats().readerConnections()).isZero();
    }

    @Test
    void writes_waitForTheTicketAndHoldIt() {
        done(session.dedicate());
        Gate held = house.holdWriter();
        SignalProbe<Long> mine = FakeLanes.start(session.write(FakeWrite.insert("mine")));
        house.awaitQueued(1);
        held.open();
        assertThat(mine.awaitEnd()).isTrue();
        Gate statement = house.database.gate(Point.STATEMENT);
        SignalProbe<Long> second = FakeLanes.start(session.write(FakeWrite.insert("second")));
        statement.awaitArrival();
        SignalProbe<Long> other = FakeLanes.start(house.insert("other"));
        assertThat(house.stats().leases()).isOne();
        statement.open();
        assertThat(second.awaitEnd() && other.awaitEnd()).isTrue();
        assertThat(house.database.committed()).endsWith("mine", "second", "other");
    }

    @Test
    void transactions_holdTheTicket() {
        done(session.dedicate());
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("a"))));
        SignalProbe<Long> other = FakeLanes.start(house.insert("other"));
        assertThat(FakeLanes.read(session, FakeQuery.table()).count().block(FakeLanes.BOUND))
                .isOne();
        assertThat(other.isOver()).isFalse();
        done(session.commit());
        assertThat(other.awaitEnd()).isTrue();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("b"))).then(session.rollback()));
        assertThat(house.database.committed()).containsExactly("a", "other");
    }

    @Test
    void readTransactions_needNoTicket() {
        done(session.dedicate());
        done(FakeLanes.beginRead(session));
        done(house.insert("a"));
        assertThat(house.stats().readerConnections()).isZero();
        done(session.commit());
    }

    @Test
    void lockedByOther_triesAgainOnItsOwnConnection() {
        done(session.dedicate());
        house.database.lockedByOther(true);
        SignalProbe<Long> write = FakeLanes.start(session.write(FakeWrite.insert("a")));
        await().pollDelay(Duration.ofMillis(30)).until(() -> !write.isOver());
        house.database.lockedByOther(false);
        assertThat(write.awaitEnd()).isTrue();
        house.database.fail(Point.BEGIN, Code.BUSY, Code.BUSY);
        done(FakeLanes.begin(session).then(session.commit()));
    }

    @Test
    void lockedByOther_cancelled_neverRuns() {
        done(session.dedicate());
        house.database.lockedByOther(true);
        SignalProbe<Long> write = FakeLanes.start(session.write(FakeWrite.insert("a")));
        await().until(() -> house.stats().leases() == 1);
        write.cancel();
        house.database.lockedByOther(false);
        house.assertLeakFree();
        assertThat(house.database.committed()).isEmpty();
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.begin(session));
        begin.cancel();
        // a transaction that was told of before the cancel came is its caller's to end
        done(session.rollback());
        house.assertLeakFree();
    }

    @Test
    void hanging_write_isStoppedByItsDeadline() {
        done(session.dedicate());
        session.statementTimeout(Duration.ofMillis(50));
        for (Atomicity atomicity : Atomicity.values()) {
            assertThat(FakeLanes.errorOf(
                            session.write(FakeWrite.insert("a").as(atomicity).hanging())))
                    .isInstanceOf(LaneTimeoutException.class);
        }
        session.statementTimeout(Duration.ZERO);
        done(session.write(FakeWrite.insert("b")));
        assertThat(house.database.committed()).containsExactly("b");
    }

    @Test
    void killed_transaction_givesTheTicketBack() {
        done(session.dedicate());
        done(FakeLanes.begin(session));
        FakeLanes.errorOf(session.write(FakeWrite.insert("bad").failing(Code.KILLED)));
        done(house.insert("other"));
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(TransactionLostException.class);
    }

    @Test
    void many_sessions_takeTurns() {
        Long written = Flux.range(0, 40)
                .flatMap(
                        i -> {
                            Session<FakeConnection> one = house.session();
                            return one.dedicate()
                                    .then(one.write(FakeWrite.insert("d" + i)))
                                    .delayUntil(count -> one.close());
                        },
                        10)
                .count()
                .block(FakeLanes.BOUND);
        assertThat(written).isEqualTo(40);
        assertThat(own()).isZero();
    }
}
