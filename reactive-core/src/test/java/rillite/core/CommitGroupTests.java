package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.core.WriteWork.Atomicity;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.SignalProbe;

@Timeout(30)
final class CommitGroupTests {
    private FakeLanes house = FakeLanes.open();

    @AfterEach
    void leaks() {
        house.close();
    }

    /** Queues the writes behind a busy writer, so that they meet in one group, and lets them run. */
    private List<SignalProbe<Long>> together(FakeWrite... writes) {
        return together(() -> {}, writes);
    }

    private List<SignalProbe<Long>> together(Runnable before, FakeWrite... writes) {
        List<SignalProbe<Long>> probes = queue(writes);
        before.run();
        held.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        return probes;
    }

    private Gate held;

    private List<SignalProbe<Long>> queue(FakeWrite... writes) {
        held = house.holdWriter();
        List<SignalProbe<Long>> probes = new ArrayList<>();
        for (FakeWrite write : writes) {
            probes.add(FakeLanes.start(house.session().write(write)));
        }
        house.awaitQueued(writes.length);
        return probes;
    }

    private static FakeWrite insert(String... values) {
        return FakeWrite.insert(values);
    }

    private List<String> stored() {
        return house.database.committed().stream()
                .filter(value -> !value.startsWith("holder"))
                .toList();
    }

    private static Code codeOf(SignalProbe<?> probe) {
        assertThat(probe.error()).isInstanceOf(FakeError.class);
        return ((FakeError) probe.error()).code();
    }

    @Test
    void single_alone_needsNoTransaction() {
        long begins = house.database.begins();
        house.insert("a").block(FakeLanes.BOUND);
        assertThat(house.database.begins()).isEqualTo(begins);
        assertThat(house.stats().groups()).isZero();
    }

    @Test
    void several_waiting_shareOneCommit() {
        together(insert("a"), insert("b"), insert("c"));
        assertThat(stored()).containsExactly("a", "b", "c");
        assertThat(house.database.begins()).isOne();
        assertThat(house.stats().groupedWrites()).isEqualTo(3);
    }

    @Test
    void limit_one_switchesGroupsOff() {
        house.close();
        house = FakeLanes.open(options -> options.groupLimit(1));
        together(insert("a"), insert("b"));
        assertThat(house.stats().groups()).isZero();
    }

    @Test
    void limit_items_closesTheGroup() {
        house.close();
        house = FakeLanes.open(options -> options.groupLimit(2));
        together(insert("a"), insert("b"), insert("c"), insert("d"));
        assertThat(house.stats().groups()).isEqualTo(2);
    }

    @Test
    void limit_bytes_closesTheGroup() {
        together(insert("a").bytes(1 << 20), insert("b"), insert("c"));
        assertThat(stored()).containsExactly("a", "b", "c");
        assertThat(house.stats().groupedWrites()).isEqualTo(2);
    }

    @Test
    void limit_time_closesTheGroup() {
        FakeWrite slow = insert("slow").doing(connection -> spin(Duration.ofMillis(6)));
        together(slow, insert("b"), insert("c"));
        assertThat(house.stats().groupedWrites()).isEqualTo(2);
        assertThat(stored()).containsExactly("slow", "b", "c");
    }

    private static void spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void slow_known_runsAlone() {
        together(insert("a"), insert("slow").expectedNanos(10_000_000), insert("b"));
        assertThat(stored()).containsExactly("a", "slow", "b");
        assertThat(house.database.begins()).isLessThanOrEqualTo(2);
        assertThat(house.stats().groupedWrites()).isZero();
    }

    @Test
    void statement_fails_othersGoOn() {
        List<SignalProbe<Long>> probes = together(insert("a"), insert("a"), insert("b"));
        assertThat(stored()).containsExactly("a", "b");
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.CONSTRAINT);
        assertThat(house.stats().replays()).isZero();
    }

    @Test
    void several_statements_keepNoHalf() {
        List<SignalProbe<Long>> probes = together(insert("g1"), insert("g2", "g1"), insert("g3"));
        assertThat(stored()).containsExactly("g1", "g3");
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.CONSTRAINT);
    }

    @Test
    void signals_ofAGroup_comeInQueueOrderAfterTheCommit() {
        List<String> order = new CopyOnWriteArrayList<>();
        held = house.holdWriter();
        for (String value : List.of("a", "b", "c", "d")) {
            house.insert(value)
                    .doOnNext(count -> order.add(value + house.database.isCommitted(value)))
                    .subscribe();
        }
        house.awaitQueued(4);
        held.open();
        await().atMost(FakeLanes.BOUND).until(() -> order.size() == 4);
        assertThat(order).containsExactly("atrue", "btrue", "ctrue", "dtrue");
    }

    /** Mode a: a statement that ends the transaction of all. */
    @Test
    void transaction_killedByOne_onlyThatOneFails() {
        List<SignalProbe<Long>> probes = together(insert("a"), insert("bad").failing(Code.KILLED), insert("b"));
        assertThat(stored()).containsExactly("a", "b");
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.KILLED);
        assertThat(house.stats().replays()).isOne();
    }

    @Test
    void statement_aloneByKind_neverJoins() {
        List<SignalProbe<Long>> probes =
                together(insert("a"), insert("bad").as(Atomicity.ALONE).failing(Code.KILLED), insert("b"));
        assertThat(stored()).containsExactly("a", "b");
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.KILLED);
        assertThat(house.stats().replays()).isZero();
    }

    @Test
    void transaction_lostToFullOrIo_isReplayedOneByOne() {
        for (Code code : List.of(Code.FULL, Code.IOERR)) {
            String suffix = code.name();
            List<SignalProbe<Long>> probes = together(
                    () -> house.database.fail(Point.STATEMENT, code), insert("a" + suffix), insert("b" + suffix));
            assertThat(probes).allMatch(SignalProbe::isCompleted);
            assertThat(stored()).contains("a" + suffix, "b" + suffix);
        }
        assertThat(house.stats().replays()).isEqualTo(2);
    }

    /** Mode b: a deferred constraint is found by COMMIT. */
    @Test
    void commit_refusedForOne_onlyThatOneFails() {
        List<SignalProbe<Long>> probes = together(insert("a"), insert("bad").deferredViolation(), insert("b"));
        assertThat(stored()).containsExactly("a", "b");
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.CONSTRAINT);
    }

    /** Modes c and h: what must be outside a transaction closes the group. */
    @Test
    void barrier_inTheMiddle_runsAloneInItsPlace() {
        List<Boolean> inTransaction = new CopyOnWriteArrayList<>();
        FakeWrite barrier = insert("barrier")
                .as(Atomicity.BARRIER)
                .doing(connection -> inTransaction.add(house.database.openTransactions() > 0));
        together(insert("a"), insert("b"), barrier, insert("c"), insert("d"));
        assertThat(inTransaction).containsExactly(false);
        assertThat(stored()).containsExactly("a", "b", "barrier", "c", "d");
        assertThat(house.stats().groups()).isEqualTo(2);
    }

    /** Mode e: nobody knows what a failed COMMIT has done; it is not repeated, and the writer is opened again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commit_unknown_isToldToAllAndNeverReplayed(boolean applied) {
        house.database.applyOnIoError(applied);
        List<SignalProbe<Long>> probes = queue(insert("a"), insert("b"));
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        house.database.fail(Point.COMMIT, Code.IOERR);
        Gate reopened = house.database.gate(Point.OPEN_WRITER);
        begin.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        await().until(() -> house.database.openConnections(FakeConnection.Kind.WRITER) == 0);
        SignalProbe<Long> next = FakeLanes.start(house.insert("next"));
        reopened.awaitArrival();
        assertThat(next.isOver())
                .as("acknowledged before the writer was reopened")
                .isFalse();
        reopened.open();
        assertThat(next.awaitEnd()).isTrue();
        assertThat(probes)
                .allSatisfy(probe -> assertThat(probe.error())
                        .isInstanceOfSatisfying(
                                OutcomeUnknownException.class,
                                error -> assertThat(error.members()).isEqualTo(2)));
        assertThat(stored()).isEqualTo(applied ? List.of("a", "b", "next") : List.of("next"));
        assertThat(house.stats().replays()).isZero();
        assertThat(house.database.openConnections(FakeConnection.Kind.WRITER)).isOne();
    }

    @Test
    void commit_unknownOfASingleWrite_isTold() {
        house.database.fail(Point.COMMIT, Code.IOERR);
        assertThat(FakeLanes.errorOf(house.insert("a"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(house.insert("b").block(FakeLanes.BOUND)).isOne();
    }

    @Test
    void reopening_fails_isToldToEachWriteUntilItWorks() {
        house.database.fail(Point.COMMIT, Code.IOERR);
        assertThat(FakeLanes.errorOf(house.insert("a"))).isInstanceOf(OutcomeUnknownException.class);
        house.database.fail(Point.OPEN_WRITER, Code.CANTOPEN, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(house.insert("b"))).isInstanceOf(FakeError.class);
        assertThat(FakeLanes.errorOf(FakeLanes.begin(house.session()))).isInstanceOf(FakeError.class);
        assertThat(house.insert("c").block(FakeLanes.BOUND)).isOne();
        assertThat(stored()).containsExactly("a", "c");
    }

    /** Mode f: another process holds COMMIT up. */
    @Test
    void commit_busy_isSentAgain() {
        List<SignalProbe<Long>> probes = queue(insert("a"), insert("b"));
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        house.database.fail(Point.COMMIT, Code.BUSY, Code.BUSY);
        begin.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(probes).allMatch(SignalProbe::isCompleted);
        assertThat(house.database.begins()).isOne();
        assertThat(house.stats().replays()).isZero();
    }

    @Test
    void commit_full_failsAllAndLeavesNothing() {
        List<SignalProbe<Long>> probes = queue(insert("a"), insert("b"));
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        house.database.fail(Point.COMMIT, Code.FULL);
        begin.open();
        probes.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(probes).allMatch(probe -> codeOf(probe) == Code.FULL);
        assertThat(stored()).isEmpty();
        assertThat(house.insert("later").block(FakeLanes.BOUND)).isOne();
    }

    /** Mode g: whoever cancels inside a group does not disturb it. */
    @Test
    void cancel_insideAGroup_neverInterrupts() {
        List<SignalProbe<Long>> probes = queue(insert("a"), insert("b"));
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        Gate statement = house.database.gate(Point.STATEMENT);
        begin.open();
        statement.awaitArrival();
        probes.get(0).cancel();
        statement.open();
        assertThat(probes.get(1).awaitEnd()).isTrue();
        assertThat(stored()).containsExactly("a", "b");
        assertThat(probes.get(0).isOver()).isFalse();
        assertThat(house.database.interrupts()).isZero();
    }

    /** Mode g: what is cancelled before it was claimed is not run, also when its group is replayed. */
    @Test
    void cancel_beforeAReplay_dropsTheMember() {
        List<SignalProbe<Long>> probes = queue(insert("a"), insert("b"));
        Gate begin = house.database.gate(Point.BEGIN);
        held.open();
        begin.awaitArrival();
        Gate rollback = house.database.gate(Point.ROLLBACK);
        house.database.fail(Point.COMMIT, Code.CONSTRAINT);
        begin.open();
        rollback.awaitArrival();
        probes.get(0).cancel();
        rollback.open();
        assertThat(probes.get(1).awaitEnd()).isTrue();
        assertThat(stored()).containsExactly("b");
    }

    /** Mode i: a replay runs the captured values again and subscribes to nothing. */
    @Test
    void replay_runsTheSameWork() {
        AtomicInteger runs = new AtomicInteger();
        FakeWrite counted = insert("a").doing(connection -> runs.incrementAndGet());
        together(counted, insert("bad").failing(Code.KILLED));
        assertThat(runs).hasValue(2);
        assertThat(stored()).containsExactly("a");
    }

    /** Mode k: a member over its deadline is stopped; the others are replayed and succeed. */
    @Test
    void deadline_ofAMember_hitsOnlyThatOne() {
        Session<FakeConnection> impatient = house.session();
        impatient.statementTimeout(Duration.ofMillis(150));
        held = house.holdWriter();
        SignalProbe<Long> first = FakeLanes.start(house.session().write(insert("a")));
        house.awaitQueued(1);
        SignalProbe<Long> guilty =
                FakeLanes.start(impatient.write(insert("endless").hanging()));
        house.awaitQueued(2);
        SignalProbe<Long> last = FakeLanes.start(house.session().write(insert("b")));
        house.awaitQueued(3);
        held.open();
        List.of(first, guilty, last)
                .forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
        assertThat(stored()).containsExactly("a", "b");
        assertThat(guilty.error())
                .isInstanceOfSatisfying(
                        LaneTimeoutException.class,
                        error -> assertThat(error.kind()).isEqualTo(LaneTimeoutException.Kind.STATEMENT));
    }

    /** Mode m: an error that was caused by another member is not told before the commit. */
    @Test
    void error_causedByALostMember_isNotTrue() {
        List<SignalProbe<Long>> probes = together(insert("x", "bad").failing(Code.KILLED), insert("x"), insert("y"));
        assertThat(probes.get(0).error()).isNotNull();
        assertThat(probes.get(1).isCompleted()).isTrue();
        assertThat(stored()).containsExactly("x", "y");
    }

    @Test
    void savepoint_cannotBeUndone_rollsTheGroupBack() {
        List<SignalProbe<Long>> probes = together(
                () -> house.database.fail(Point.ROLLBACK_SAVEPOINT, Code.CONSTRAINT), insert("a"), insert("b", "a"));
        assertThat(stored()).containsExactly("a");
        assertThat(probes.get(0).isCompleted()).isTrue();
        assertThat(codeOf(probes.get(1))).isEqualTo(Code.CONSTRAINT);
        assertThat(house.stats().replays()).isOne();
    }

    @Test
    void begin_refused_failsOneAndTriesForTheNext() {
        List<SignalProbe<Long>> probes =
                together(() -> house.database.fail(Point.BEGIN, Code.IOERR), insert("a"), insert("b"), insert("c"));
        assertThat(codeOf(probes.get(0))).isEqualTo(Code.IOERR);
        assertThat(stored()).containsExactly("b", "c");
    }

    @Test
    void subscriber_throwing_doesNotSilenceTheOthers() {
        held = house.holdWriter();
        SignalProbe<Long> rude = new SignalProbe<>(probe -> {
            throw new IllegalStateException("rude");
        });
        house.session().write(insert("a")).subscribe(rude);
        rude.requestAll();
        house.awaitQueued(1);
        SignalProbe<Long> polite = FakeLanes.start(house.session().write(insert("b")));
        house.awaitQueued(2);
        held.open();
        assertThat(polite.awaitEnd()).isTrue();
        assertThat(polite.isCompleted()).isTrue();
    }
}
