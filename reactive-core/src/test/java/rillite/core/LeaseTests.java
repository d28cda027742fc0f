package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.ManualTime;
import rillite.core.testing.SignalProbe;

/** Transactions: who holds the writer, how it is given back, and what a lost one means for its session. */
@Timeout(30)
final class LeaseTests {
    private final ManualTime time = new ManualTime();
    private final FakeLanes house = FakeLanes.open(options -> options.ticker(time)
            .timer(time)
            .maxReaderConnections(4)
            .maxOpenCursors(2)
            .transactionIdleTimeout(Duration.ofSeconds(30)));

    @AfterEach
    void leaks() {
        house.close();
    }

    private static Mono<Long> insert(Session<FakeConnection> session, String value) {
        return session.write(FakeWrite.insert(value));
    }

    private static void done(Mono<?> work) {
        work.block(FakeLanes.BOUND);
    }

    @Test
    void leases_areGrantedInOrder() {
        List<Session<FakeConnection>> granted = new CopyOnWriteArrayList<>();
        List<Session<FakeConnection>> sessions = List.of(house.session(), house.session(), house.session());
        Gate held = house.holdWriter();
        for (Session<FakeConnection> session : sessions) {
            FakeLanes.begin(session)
                    .then(Mono.fromRunnable(() -> granted.add(session)))
                    .then(session.rollback())
                    .subscribe();
            house.awaitQueued(sessions.indexOf(session) + 1);
        }
        held.open();
        house.assertLeakFree();
        await().until(() -> granted.size() == 3);
        assertThat(granted).containsExactlyElementsOf(sessions);
    }

    @Test
    void writes_ofOthers_waitForTheLease() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        SignalProbe<Long> other = FakeLanes.start(house.insert("other"));
        done(insert(session, "mine"));
        assertThat(other.isOver()).isFalse();
        done(session.commit());
        assertThat(other.awaitEnd()).isTrue();
        assertThat(house.database.committed()).containsExactly("mine", "other");
    }

    @Test
    void begin_whenOneIsOpen_doesNothing() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        done(FakeLanes.begin(session));
        assertThat(house.stats().leases()).isOne();
        done(session.rollback());
        assertThat(house.database.begins()).isOne();
    }

    @Test
    void end_withoutATransaction_doesNothing() {
        Session<FakeConnection> session = house.session();
        done(session.commit());
        done(session.rollback());
        done(session.rollback());
        assertThat(house.database.begins()).isZero();
    }

    @Test
    void close_ofTheSession_rollsBackAndIsRepeatable() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        session.close();
        assertThat(session.isClosed()).isFalse();
        SignalProbe<Void> unrequested = new SignalProbe<>();
        session.close().subscribe(unrequested);
        house.assertLeakFree();
        done(session.close());
        assertThat(house.database.committed()).isEmpty();
        assertThat(FakeLanes.errorOf(insert(session, "b")))
                .isInstanceOf(LaneClosedException.class)
                .hasMessageContaining("session " + session.id());
        assertThat(FakeLanes.errorOf(FakeLanes.begin(session))).isInstanceOf(LaneClosedException.class);
        assertThat(FakeLanes.errorOf(FakeLanes.read(session, FakeQuery.rows(1))))
                .isInstanceOf(LaneClosedException.class);
        done(session.commit());
        assertThat(house.stats().sessions()).isZero();
    }

    @Test
    void idle_tooLong_isRolledBackAndToldUntilRollback() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        time.advance(Duration.ofSeconds(29));
        done(insert(session, "b"));
        time.advance(Duration.ofSeconds(29));
        assertThat(session.inTransaction()).isTrue();
        time.advance(Duration.ofSeconds(2));
        await().until(() -> !session.inTransaction());
        house.assertLeakFree();
        for (int i = 0; i < 2; i++) {
            assertThat(FakeLanes.errorOf(insert(session, "c")))
                    .isInstanceOfSatisfying(
                            LaneIdleException.class,
                            error -> assertThat(error.bound()).isEqualTo(Duration.ofSeconds(30)))
                    .hasMessageContaining("tx-" + session.id())
                    .hasMessageContaining("age 59000 ms");
        }
        assertThat(FakeLanes.errorOf(FakeLanes.read(session, FakeQuery.rows(1))))
                .isInstanceOf(LaneIdleException.class);
        done(session.rollback());
        done(insert(session, "d"));
        assertThat(house.database.committed()).containsExactly("d");
    }

    @Test
    void idle_toldAtCommit_thenTheSessionIsAsGoodAsNew() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        time.advance(Duration.ofSeconds(31));
        await().until(() -> !session.inTransaction());
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(LaneIdleException.class);
        done(insert(session, "b"));
        assertThat(house.database.committed()).containsExactly("b");
    }

    @Test
    void idle_toldAtTheNextBegin_onlyOnce() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        time.advance(Duration.ofSeconds(31));
        await().until(() -> !session.inTransaction());
        assertThat(FakeLanes.errorOf(FakeLanes.begin(session))).isInstanceOf(LaneIdleException.class);
        done(FakeLanes.begin(session).then(insert(session, "a")).then(session.commit()));
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void idle_aLongStatement_isNotIdle() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        Gate statement = house.database.gate(Point.STATEMENT);
        SignalProbe<Long> write = FakeLanes.start(insert(session, "a"));
        statement.awaitArrival();
        time.advance(Duration.ofSeconds(100));
        statement.open();
        assertThat(write.awaitEnd()).isTrue();
        time.advance(Duration.ofSeconds(29));
        assertThat(session.inTransaction()).isTrue();
        done(session.commit());
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void statement_endsTheTransaction_theRestIsRefusedUntilRollback() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        Throwable killed =
                FakeLanes.errorOf(session.write(FakeWrite.insert("bad").failing(Code.KILLED)));
        assertThat(killed).isInstanceOf(FakeError.class);
        assertThat(session.inTransaction()).isFalse();
        house.assertLeakFree();
        assertThat(FakeLanes.errorOf(insert(session, "tail")))
                .isInstanceOfSatisfying(
                        TransactionLostException.class,
                        error -> assertThat(error.transaction()).isEqualTo("tx-" + session.id()))
                .hasCause(killed);
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(TransactionLostException.class);
        done(insert(session, "alone"));
        assertThat(house.database.committed()).containsExactly("alone");
    }

    @Test
    void statement_endsTheTransaction_aNewOneMayBegin() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session));
        FakeLanes.errorOf(session.write(FakeWrite.insert("bad").failing(Code.IOERR)));
        done(FakeLanes.begin(session).then(insert(session, "a")).then(session.commit()));
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void statement_fails_keepsTheTransaction() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        FakeLanes.errorOf(insert(session, "a"));
        FakeLanes.errorOf(session.write(FakeWrite.insert("b", "a")));
        assertThat(session.inTransaction()).isTrue();
        done(insert(session, "c").then(session.commit()));
        assertThat(house.database.committed()).containsExactly("a", "c");
    }

    @Test
    void commit_refused_endsTheTransaction() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(session.write(FakeWrite.insert("bad").deferredViolation())));
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(FakeError.class);
        assertThat(session.inTransaction()).isFalse();
        house.assertLeakFree();
        done(insert(session, "next"));
        assertThat(house.database.committed()).containsExactly("next");
    }

    @Test
    void commit_busy_isSentAgainUntilTheDeadline() {
        Session<FakeConnection> session = house.session(Duration.ofMillis(500));
        done(FakeLanes.begin(session).then(insert(session, "a")));
        house.database.fail(Point.COMMIT, Code.BUSY, Code.BUSY);
        SignalProbe<Void> commit = FakeLanes.start(session.commit());
        await().until(() -> {
            time.advance(Duration.ofMillis(10));
            return commit.isOver();
        });
        assertThat(commit.isCompleted()).isTrue();
        done(FakeLanes.begin(session).then(insert(session, "b")));
        house.database.chance((point, connection) -> point == Point.COMMIT ? Code.BUSY : null);
        SignalProbe<Void> late = FakeLanes.start(session.commit());
        await().until(() -> {
            time.advance(Duration.ofMillis(10));
            return late.isOver();
        });
        house.database.chance(null);
        assertThat(late.error()).isInstanceOf(LaneTimeoutException.class);
        assertThat(house.database.committed()).containsExactly("a");
    }

    @Test
    void commit_busyAndCancelled_leavesTheTransactionOpen() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        house.database.fail(Point.COMMIT, Code.BUSY);
        SignalProbe<Void> commit = FakeLanes.start(session.commit());
        await().until(() -> time.pending() > 1);
        commit.cancel();
        SignalProbe<Long> next = FakeLanes.start(insert(session, "b"));
        time.advance(Duration.ofMillis(20));
        assertThat(next.awaitEnd()).isTrue();
        done(session.commit());
        assertThat(house.database.committed()).containsExactly("a", "b");
    }

    @Test
    void commit_unknown_isToldAndTheWriterReopened() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        house.database.fail(Point.COMMIT, Code.IOERR);
        assertThat(FakeLanes.errorOf(session.commit())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(session.inTransaction()).isFalse();
        done(insert(session, "b"));
        assertThat(house.database.committed()).containsExactly("a", "b");
    }

    @Test
    void rollback_fails_theNextNeverSeesTheTransaction() {
        Session<FakeConnection> session = house.session();
        done(FakeLanes.begin(session).then(insert(session, "a")));
        FakeDatabase database = house.database;
        database.tolerateOpenTransactions();
        database.fail(Point.ROLLBACK, Code.CONSTRAINT);
        assertThat(FakeLanes.errorOf(session.rollback())).isInstanceOf(FakeError.class);
        done(house.insert("b"));
        assertThat(database.committed()).containsExactly("b");
    }

    @Test
    void readTransactions_beyondTheBound_waitTheirTurn() {
        List<Session<FakeConnection>> sessions = List.of(house.session(), house.session(), house.session());
        done(FakeLanes.beginRead(sessions.get(0)));
        done(FakeLanes.beginRead(sessions.get(1)));
        SignalProbe<Void> third = FakeLanes.start(FakeLanes.beginRead(sessions.get(2)));
        await().until(() -> house.stats().readQueueDepth() == 1);
        assertThat(house.query(FakeQuery.rows(3)).count().block(FakeLanes.BOUND))
                .isEqualTo(3);
        done(sessions.get(0).commit());
        assertThat(third.awaitEnd()).isTrue();
        sessions.forEach(session -> done(session.close()));
    }

    @Test
    void readTransaction_waitingTooLong_fails() {
        done(FakeLanes.beginRead(house.session()));
        done(FakeLanes.beginRead(house.session()));
        SignalProbe<Void> third =
                FakeLanes.start(house.session().begin(false, "third", Duration.ofMillis(50), FakeWrite.beginRead()));
        SignalProbe<Void> cancelled = FakeLanes.start(FakeLanes.beginRead(house.session()));
        cancelled.cancel();
        time.advance(Duration.ofMillis(100));
        assertThat(third.awaitEnd()).isTrue();
        assertThat(third.error()).isInstanceOf(LaneTimeoutException.class);
        assertThat(house.stats().readQueueDepth()).isZero();
        house.lanes.sessions().forEach(session -> done(session.close()));
    }

    @Test
    void readTransaction_busyAtBegin_triesAgain() {
        house.database.fail(Point.BEGIN, Code.BUSY);
        Session<FakeConnection> session = house.session();
        SignalProbe<Void> begin = FakeLanes.start(FakeLanes.beginRead(session));
        await().until(() -> {
            time.advance(Duration.ofMillis(10));
            return begin.isOver();
        });
        assertThat(begin.isCompleted()).isTrue();
        done(session.commit());
    }

    @Test
    void manyInteractive_moreThanThreads_allCommit() {
        int count = 200;
        Flux<Long> readers =
                Flux.range(0, count).flatMap(i -> house.query(FakeQuery.rows(5)).count(), 20);
        Flux<Long> writers = Flux.range(0, count).flatMap(i -> interactive("t" + i), count);
        assertThat(Flux.merge(readers, writers).count().block(FakeLanes.BOUND)).isEqualTo(2 * count);
        assertThat(house.database.committed()).hasSize(count);
    }

    /** insert, wait for something remote, select, commit. */
    private Mono<Long> interactive(String value) {
        Session<FakeConnection> session = house.session();
        return FakeLanes.begin(session)
                .then(insert(session, value))
                .then(Mono.delay(Duration.ofMillis(1)))
                .then(FakeLanes.read(session, FakeQuery.table()).count())
                .delayUntil(count -> session.commit())
                .delayUntil(count -> session.close());
    }
}
