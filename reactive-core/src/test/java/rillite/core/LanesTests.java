package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;

@Timeout(30)
final class LanesTests {
    private final FakeLanes house = FakeLanes.open();

    @AfterEach
    void leaks() {
        house.close();
    }

    @Test
    void write_single_isCommittedBeforeItIsTold() {
        StepVerifier.create(house.insert("a")
                        .doOnNext(count ->
                                assertThat(house.database.isCommitted("a")).isTrue()))
                .expectNext(1L)
                .expectComplete()
                .verify(FakeLanes.BOUND);
    }

    @Test
    void write_many_shareCommits() {
        Gate gate = house.database.gate(Point.STATEMENT);
        var first = house.insert("first").toFuture();
        gate.awaitArrival();
        var rest = Flux.range(0, 100)
                .flatMap(i -> house.insert("v" + i), 100)
                .collectList()
                .toFuture();
        await().until(() -> house.stats().writerQueueDepth() == 101);
        gate.open();
        assertThat(first).succeedsWithin(FakeLanes.BOUND);
        assertThat(rest).succeedsWithin(FakeLanes.BOUND);
        assertThat(house.database.committed()).hasSize(101);
        assertThat(house.stats().groups()).isPositive();
        assertThat(house.stats().groupedWrites()).isEqualTo(100);
        assertThat(house.stats().writes()).isEqualTo(101);
    }

    @Test
    void transaction_committed_isVisibleAfterwards() {
        Session<FakeConnection> session = house.session();
        Mono<List<String>> work = FakeLanes.begin(session)
                .then(session.write(FakeWrite.insert("a")))
                .then(session.write(FakeWrite.insert("b", "c")))
                .thenMany(FakeLanes.read(session, FakeQuery.table()))
                .collectList()
                .delayUntil(rows -> session.commit());
        StepVerifier.create(work)
                .expectNext(List.of("a", "b", "c"))
                .expectComplete()
                .verify(FakeLanes.BOUND);
        assertThat(house.database.committed()).containsExactly("a", "b", "c");
        assertThat(session.inTransaction()).isFalse();
    }

    @Test
    void transaction_rolledBack_leavesNothing() {
        Session<FakeConnection> session = house.session();
        FakeLanes.begin(session)
                .then(session.write(FakeWrite.insert("a")))
                .then(session.rollback())
                .block(FakeLanes.BOUND);
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void readTransaction_seesOneSnapshot() {
        Session<FakeConnection> session = house.session();
        house.insert("a").block(FakeLanes.BOUND);
        FakeLanes.beginRead(session).block(FakeLanes.BOUND);
        assertThat(FakeLanes.read(session, FakeQuery.table()).collectList().block(FakeLanes.BOUND))
                .containsExactly("a");
        house.insert("b").block(FakeLanes.BOUND);
        assertThat(FakeLanes.read(session, FakeQuery.table()).collectList().block(FakeLanes.BOUND))
                .containsExactly("a");
        session.commit().block(FakeLanes.BOUND);
        assertThat(FakeLanes.read(session, FakeQuery.table()).collectList().block(FakeLanes.BOUND))
                .containsExactly("a", "b");
    }

    @Test
    void cursor_short_isReadInOneVisit() {
        StepVerifier.create(house.query(FakeQuery.rows(10)))
                .expectNextSequence(
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .expectComplete()
                .verify(FakeLanes.BOUND);
    }

    @Test
    void cursor_unbounded_deliversAllInOrder() {
        StepVerifier.create(house.query(FakeQuery.rows(100_000)))
                .expectNextSequence(
                        IntStream.range(0, 100_000).mapToObj(Integer::toString).toList())
                .expectComplete()
                .verify(FakeLanes.BOUND);
    }

    @Test
    void cursor_oneByOne_readsAtMostTwoChunksAhead() {
        StepVerifier.create(house.query(FakeQuery.rows(2_000)), 0)
                .thenRequest(1)
                .expectNext("0")
                .then(() -> assertThat(house.database.rowsRead()).isLessThanOrEqualTo(16 + 64))
                .thenRequest(11)
                .expectNextCount(11)
                .then(() -> assertThat(house.database.rowsRead()).isLessThanOrEqualTo(16 + 64))
                .thenRequest(1_000)
                .expectNextCount(1_000)
                .thenRequest(10_000)
                .expectNextCount(988)
                .expectComplete()
                .verify(FakeLanes.BOUND);
    }

    @Test
    void cursor_parked_holdsAConnectionAndNoThread() {
        StepVerifier.create(house.query(FakeQuery.rows(1_000_000)), 5)
                .expectNextCount(5)
                .then(() -> await().until(() -> house.stats().openCursors() == 1))
                .then(() -> assertThat(Flux.range(0, 20)
                                .flatMap(i -> house.query(FakeQuery.rows(3)), 20)
                                .count()
                                .block(FakeLanes.BOUND))
                        .isEqualTo(60))
                .thenCancel()
                .verify(FakeLanes.BOUND);
    }

    @Test
    void cursor_cancelledWhileItRuns_isInterrupted() {
        var waiting = house.query(FakeQuery.endless()).subscribe();
        await().until(() -> house.database.hanging() == 1);
        waiting.dispose();
        house.assertLeakFree();
        assertThat(house.stats().interrupts()).isPositive();
    }

    @Test
    void close_withWorkOfEveryKind_endsEverything() {
        Session<FakeConnection> holder = house.session();
        FakeLanes.begin(holder).then(holder.write(FakeWrite.insert("gone"))).block(FakeLanes.BOUND);
        var endless = house.query(FakeQuery.endless()).collectList().toFuture();
        var parked = StepVerifier.create(house.query(FakeQuery.rows(1_000_000)), 1)
                .expectNext("0")
                .expectError(LaneClosedException.class)
                .verifyLater();
        var queued = house.insert("never").toFuture();
        await().until(() -> house.database.hanging() == 1 && house.stats().writerQueueDepth() == 1);
        long started = System.nanoTime();
        house.shutDown();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        parked.verify(FakeLanes.BOUND);
        assertThat(endless)
                .failsWithin(FakeLanes.BOUND)
                .withThrowableThat()
                .withCauseInstanceOf(LaneClosedException.class);
        assertThat(queued)
                .failsWithin(FakeLanes.BOUND)
                .withThrowableThat()
                .withCauseInstanceOf(LaneClosedException.class);
        assertThat(house.database.committed()).isEmpty();
    }
}
