package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.Gate;
import rillite.core.testing.SignalProbe;

/** Streams by demand: chunks, prefetch, where signals arrive, and every way a cursor ends. */
@Timeout(30)
final class CursorTests {
    private FakeLanes house = FakeLanes.open();

    @AfterEach
    void leaks() {
        house.close();
    }

    private SignalProbe<String> subscribe(FakeQuery query) {
        return subscribe(house.query(query));
    }

    private static <T> SignalProbe<T> subscribe(Flux<T> flux) {
        SignalProbe<T> probe = new SignalProbe<>();
        flux.subscribe(probe);
        return probe;
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private void awaitCount(SignalProbe<?> probe, int count) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> probe.count() == count);
    }

    @Test
    void subscription_withoutDemand_doesNothing() {
        SignalProbe<String> probe = subscribe(FakeQuery.rows(5));
        assertThat(house.stats().activeCommands()).isZero();
        probe.cancel();
        probe.request(5);
        assertThat(house.stats().activeCommands()).isZero();
        assertThat(house.database.rowsRead()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 79, 80, 81, 1_000, 10_000})
    void rows_ofAnyNumber_arriveInOrder(int rows) {
        SignalProbe<String> all = subscribe(FakeQuery.rows(rows)).requestAll();
        SignalProbe<String> single = new SignalProbe<>(probe -> probe.request(1));
        house.query(FakeQuery.rows(rows)).subscribe(single);
        single.request(1);
        SignalProbe<String> batches = new SignalProbe<>(probe -> {
            if (probe.count() % 7 == 0) {
                probe.request(7);
            }
        });
        house.query(FakeQuery.rows(rows)).subscribe(batches);
        batches.request(7);
        for (SignalProbe<String> probe : List.of(all, single, batches)) {
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.values()).isEqualTo(numbers(rows));
            assertThat(probe.broken()).isEmpty();
        }
    }

    @Test
    void chunks_growFrom16To1024() {
        SignalProbe<String> probe = subscribe(FakeQuery.rows(100_000));
        long delivered = 0;
        long[] bounds = {16, 64, 256, 1024, 1024, 1024};
        for (int i = 0; i + 1 < bounds.length; i++) {
            probe.request(bounds[i]);
            delivered += bounds[i];
            awaitCount(probe, (int) delivered);
            await().until(() -> house.stats().openCursors() == 1);
            long ahead = house.database.rowsRead() - delivered;
            assertThat(ahead).as("read ahead after %s rows", delivered).isLessThanOrEqualTo(bounds[i + 1]);
        }
        probe.cancel();
    }

    @Test
    void chunks_ofAFetchSize_keepIt() {
        SignalProbe<String> probe = subscribe(FakeQuery.rows(100).fetchSize(10)).request(10);
        awaitCount(probe, 10);
        await().until(() -> house.database.rowsRead() == 20);
        probe.request(1);
        awaitCount(probe, 11);
        assertThat(house.database.rowsRead()).isEqualTo(20);
        probe.cancel();
    }

    @Test
    void chunks_ofWideRows_areCutByBytes() {
        house.close();
        house = FakeLanes.open(options -> options.chunkBytes(1_000));
        SignalProbe<String> wide = subscribe(FakeQuery.rows(10).rowBytes(5_000)).request(1);
        awaitCount(wide, 1);
        assertThat(house.database.rowsRead()).isLessThanOrEqualTo(2);
        wide.requestAll();
        assertThat(wide.awaitEnd()).isTrue();
        assertThat(wide.values()).hasSize(10);
    }

    /** Rows read minus rows delivered stay within the chunk in hand and one more, whatever the consumer does. */
    @Test
    void prefetch_neverExceedsTwoChunks() {
        house.close();
        house = FakeLanes.open(options -> options.chunkRows(64));
        long[] most = new long[1];
        SignalProbe<String> probe = new SignalProbe<>(self -> {
            most[0] = Math.max(most[0], house.database.rowsRead() - self.count());
            self.request(1);
        });
        house.query(FakeQuery.rows(20_000)).subscribe(probe);
        probe.request(1);
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(most[0]).isPositive().isLessThanOrEqualTo(2 * 64);
    }

    @Test
    void demand_unbounded_readsAtMostOneChunkAhead() {
        house.close();
        house = FakeLanes.open(options -> options.chunkRows(64));
        CountDownLatch slow = new CountDownLatch(1);
        SignalProbe<String> probe = new SignalProbe<>(self -> {
            if (self.count() == 100) {
                pass(slow);
            }
        });
        house.query(FakeQuery.rows(20_000)).subscribe(probe);
        probe.requestAll();
        awaitCount(probe, 100);
        await().pollDelay(Duration.ofMillis(20)).until(() -> house.stats().openCursors() == 1);
        assertThat(house.database.rowsRead()).isLessThanOrEqualTo(100 + 2 * 64);
        slow.countDown();
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(probe.count()).isEqualTo(20_000);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connection_isGivenBackBeforeTheLastRows() {
        SignalProbe<String> probe = subscribe(FakeQuery.rows(10)).request(1);
        awaitCount(probe, 1);
        house.assertLeakFree();
        assertThat(probe.isOver()).isFalse();
        probe.request(9);
        assertThat(probe.awaitEnd()).isTrue();
    }

    @Test
    void threads_oneChunkOnTheReader_severalOnTheEmissionScheduler() {
        SignalProbe<String> small = subscribe(FakeQuery.rows(10)).requestAll();
        assertThat(small.awaitEnd()).isTrue();
        assertThat(small.terminalThread()).startsWith("rillite-reader-");
        SignalProbe<String> large = subscribe(FakeQuery.rows(100)).requestAll();
        assertThat(large.awaitEnd()).isTrue();
        assertThat(large.terminalThread()).startsWith("parallel-");
    }

    @Test
    void threads_ofAGivenScheduler_areAlwaysUsed() {
        house.close();
        Scheduler single = Schedulers.newSingle("given");
        house = FakeLanes.open(options -> options.emitOn(single));
        SignalProbe<String> small = subscribe(FakeQuery.rows(10)).requestAll();
        SignalProbe<Long> write = FakeLanes.start(house.insert("a"));
        assertThat(small.awaitEnd() && write.awaitEnd()).isTrue();
        assertThat(small.terminalThread()).startsWith("given");
        assertThat(write.terminalThread()).startsWith("given");
        single.dispose();
        SignalProbe<String> late = subscribe(FakeQuery.rows(100)).requestAll();
        assertThat(late.awaitEnd())
                .as("signals are not lost with their scheduler")
                .isTrue();
    }

    @Test
    void parked_manyCursors_holdConnectionsAndNoThread() {
        List<SignalProbe<String>> parked = IntStream.range(0, 30)
                .mapToObj(i -> subscribe(FakeQuery.rows(1_000)).request(1))
                .toList();
        parked.forEach(probe -> awaitCount(probe, 1));
        await().until(() -> house.stats().openCursors() == 30);
        assertThat(house.stats().readersBusy()).isEqualTo(30);
        assertThat(house.query(FakeQuery.rows(5)).count().block(FakeLanes.BOUND))
                .isEqualTo(5);
        parked.forEach(SignalProbe::cancel);
        house.assertLeakFree();
    }

    @Test
    void cancel_inOnNext_isTheLastRow() {
        SignalProbe<String> probe = new SignalProbe<>(self -> {
            if (self.count() == 30) {
                self.cancel();
            }
        });
        house.query(FakeQuery.rows(1_000)).subscribe(probe);
        probe.requestAll();
        awaitCount(probe, 30);
        house.assertLeakFree();
        assertThat(probe.count()).isEqualTo(30);
        assertThat(probe.isOver()).isFalse();
    }

    @Test
    void cancel_whileItWaitsForAThread_takesNoConnection() {
        Gate gate = house.database.gate(Point.OPEN_CURSOR);
        Gate gate2 = house.database.gate(Point.OPEN_CURSOR);
        SignalProbe<String> first = subscribe(FakeQuery.rows(1)).requestAll();
        SignalProbe<String> second = subscribe(FakeQuery.rows(1)).requestAll();
        gate.awaitArrival();
        gate2.awaitArrival();
        List<SignalProbe<String>> waiting = IntStream.range(0, 3_000)
                .mapToObj(i -> subscribe(FakeQuery.rows(1)).requestAll())
                .toList();
        assertThat(house.stats().readQueueDepth()).isEqualTo(3_000);
        waiting.forEach(SignalProbe::cancel);
        assertThat(house.stats().readQueueDepth()).isZero();
        gate.open();
        gate2.open();
        assertThat(first.awaitEnd() && second.awaitEnd()).isTrue();
        house.assertLeakFree();
        assertThat(house.database.rowsRead()).isEqualTo(2);
    }

    @Test
    void queue_full_refusesAtOnce() {
        house.close();
        house = FakeLanes.open(options -> options.readerThreads(1).readerQueueLimit(3));
        Gate gate = house.database.gate(Point.OPEN_CURSOR);
        SignalProbe<String> running = subscribe(FakeQuery.rows(1)).requestAll();
        gate.awaitArrival();
        List<SignalProbe<String>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> subscribe(FakeQuery.rows(1)).requestAll())
                .toList();
        assertThat(FakeLanes.errorOf(house.query(FakeQuery.rows(1))))
                .isInstanceOfSatisfying(LaneFullException.class, full -> {
                    assertThat(full.bound()).isEqualTo("readerQueueLimit");
                    assertThat(full.limit()).isEqualTo(3);
                });
        assertThat(FakeLanes.errorOf(FakeLanes.beginRead(house.session()))).isInstanceOf(LaneFullException.class);
        gate.open();
        assertThat(running.awaitEnd()).isTrue();
        waiting.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
    }

    @Test
    void error_atAnyRow_comesAfterTheRowsBeforeIt() {
        for (int row : new int[] {0, 1, 16, 17, 80, 500}) {
            SignalProbe<String> probe =
                    subscribe(FakeQuery.rows(1_000).failAt(row, Code.IOERR)).requestAll();
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(FakeError.class);
            assertThat(probe.count()).isLessThanOrEqualTo(row);
            assertThat(probe.broken()).isEmpty();
        }
        house.database.fail(Point.OPEN_CURSOR, Code.CANTOPEN);
        assertThat(FakeLanes.errorOf(house.query(FakeQuery.rows(5)))).isInstanceOf(FakeError.class);
    }

    @Test
    void mapper_throwing_endsTheStreamOnce() {
        for (int row : new int[] {0, 5, 50, 500}) {
            Flux<String> rows = house.session().read(FakeQuery.rows(1_000), (chunk, index) -> {
                String value = chunk.values().get(index);
                if (value.equals(Integer.toString(row))) {
                    throw new IllegalStateException("mapper");
                }
                return value;
            });
            SignalProbe<String> probe = subscribe(rows).requestAll();
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(IllegalStateException.class).hasMessage("mapper");
            assertThat(probe.count()).isEqualTo(row);
            house.assertLeakFree();
            assertThat(probe.broken()).isEmpty();
        }
    }

    @Test
    void mapper_skippingRows_takesNoDemandForThem() {
        Flux<String> odd = house.session().read(FakeQuery.rows(2_000), (chunk, index) -> {
            String value = chunk.values().get(index);
            return Integer.parseInt(value) % 100 == 99 ? value : null;
        });
        SignalProbe<String> probe = new SignalProbe<>(self -> self.request(1));
        odd.subscribe(probe);
        probe.request(1);
        assertThat(probe.awaitEnd()).isTrue();
        assertThat(probe.count()).isEqualTo(20);
    }

    @Test
    void subscriber_throwing_leavesNothingOpen() {
        SignalProbe<String> rude = new SignalProbe<>(self -> {
            throw new IllegalStateException("rude");
        });
        house.query(FakeQuery.rows(1_000)).subscribe(rude);
        rude.request(1);
        house.assertLeakFree();
        assertThat(house.query(FakeQuery.rows(5)).count().block(FakeLanes.BOUND))
                .isEqualTo(5);
    }

    @Test
    void demand_ofNothing_isAnError() {
        for (long demand : new long[] {0, -1, Long.MIN_VALUE}) {
            SignalProbe<String> fresh = subscribe(FakeQuery.rows(5));
            fresh.subscription().request(demand);
            assertThat(fresh.awaitEnd()).isTrue();
            assertThat(fresh.error())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3.9");
            SignalProbe<String> parked = subscribe(FakeQuery.rows(5_000)).request(3);
            awaitCount(parked, 3);
            parked.subscription().request(demand);
            assertThat(parked.awaitEnd()).isTrue();
            assertThat(parked.error()).isInstanceOf(IllegalArgumentException.class);
            SignalProbe<Long> write = new SignalProbe<>();
            house.insert("never").subscribe(write);
            write.subscription().request(demand);
            assertThat(write.awaitEnd()).isTrue();
            assertThat(write.error()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(house.database.committed()).isEmpty();
    }

    @Test
    void subscriptions_ofOneFlux_areIndependent() {
        Flux<String> flux = house.query(FakeQuery.rows(200));
        assertThat(flux.count().block(FakeLanes.BOUND)).isEqualTo(200);
        assertThat(flux.count().block(FakeLanes.BOUND)).isEqualTo(200);
    }

    @Test
    void session_severalCursors_donotHoldEachOtherUp() {
        Session<FakeConnection> session = house.session();
        SignalProbe<String> outer =
                subscribe(FakeLanes.read(session, FakeQuery.rows(1_000))).request(5);
        awaitCount(outer, 5);
        assertThat(FakeLanes.read(session, FakeQuery.rows(10)).count().block(FakeLanes.BOUND))
                .isEqualTo(10);
        assertThat(session.write(FakeWrite.insert("beside")).block(FakeLanes.BOUND))
                .isOne();
        outer.requestAll();
        assertThat(outer.awaitEnd()).isTrue();
        assertThat(outer.count()).isEqualTo(1_000);
    }

    @Test
    void nested_flatMap_needsNoMoreConnectionsThanThereAre() {
        house.close();
        house = FakeLanes.open(options -> options.maxReaderConnections(2).maxOpenCursors(1));
        Long inner = house.query(FakeQuery.rows(300))
                .flatMap(row -> house.query(FakeQuery.rows(20)), 8)
                .count()
                .block(FakeLanes.BOUND);
        assertThat(inner).isEqualTo(300 * 20);
    }

    @Test
    void shared_snapshots_showWhatWasAcknowledged() {
        house.close();
        FakeDatabase database = new FakeDatabase().withSharedSnapshots();
        house = FakeLanes.open(database, options -> options.readerThreads(1));
        for (int round = 0; round < 50; round++) {
            Gate gate = database.gate(Point.OPEN_CURSOR);
            SignalProbe<String> first = subscribe(FakeQuery.table()).requestAll();
            gate.awaitArrival();
            assertThat(house.insert("v" + round).block(FakeLanes.BOUND)).isOne();
            int size = round + 1;
            List<SignalProbe<String>> queued = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 5; i++) {
                queued.add(subscribe(FakeQuery.table()).requestAll());
            }
            queued.add(subscribe(FakeQuery.rows(500)).requestAll());
            queued.add(subscribe(FakeQuery.table().failAt(0, Code.IOERR)).requestAll());
            queued.add(subscribe(FakeQuery.table()).requestAll());
            gate.open();
            assertThat(first.awaitEnd()).isTrue();
            queued.forEach(probe -> assertThat(probe.awaitEnd()).isTrue());
            assertThat(queued.subList(0, 5)).allMatch(probe -> probe.count() == size);
            assertThat(queued.get(7).count()).isEqualTo(size);
            house.assertLeakFree();
        }
    }
}
