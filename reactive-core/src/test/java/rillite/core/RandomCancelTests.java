package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import rillite.core.WriteWork.Atomicity;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeError;
import rillite.core.testing.FakeError.Code;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.SignalProbe;

/**
 * Work of every kind from several threads, cancelled at a random point. {@code -Drillite.cancels=100000} runs more,
 * {@code -Drillite.seed=1} repeats a seed.
 */
final class RandomCancelTests {
    private static final int CANCELS = Integer.getInteger("rillite.cancels", 10_000);
    private static final int THREADS = 4;
    private static final int ROUND = 500;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong cancels = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    /** What the resource does to the work. */
    enum Weather {
        CALM,
        ROUGH
    }

    @ParameterizedTest
    @EnumSource(Weather.class)
    void cancel_anywhere_leavesNothing(Weather weather) {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        int rounds = Math.max(1, CANCELS / 2 / ROUND);
        for (int round = 0; round < rounds; round++) {
            round(seed + round, weather);
        }
        assertThat(cancels).as("cancels").hasValueGreaterThanOrEqualTo(Math.min(CANCELS / 2, (long) rounds * ROUND));
        assertThat(acknowledged).as("acknowledged writes").hasPositiveValue();
    }

    private void round(long seed, Weather weather) {
        FakeDatabase database = new FakeDatabase();
        if (seed % 5 == 0) {
            database.withoutReaders();
        }
        if (seed % 2 == 0) {
            database.withSharedSnapshots();
        }
        try (FakeLanes house = FakeLanes.open(
                database, options -> options.maxReaderConnections(6).maxOpenCursors(3))) {
            database.chance((point, connection) -> chance(weather, point));
            run(house, seed);
            database.chance(null);
            house.assertLeakFree();
            String last = "last" + seed;
            assertThat(house.insert(last).block(FakeLanes.BOUND)).isOne();
            assertThat(house.query(FakeQuery.table()).collectList().block(FakeLanes.BOUND))
                    .contains(last);
            assertThat(failures).as("seed " + seed).isEmpty();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + " in " + weather + ": " + e.getMessage(), e);
        }
    }

    private static @org.jspecify.annotations.Nullable Code chance(Weather weather, FakeDatabase.Point point) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(4) == 0) {
            Thread.yield();
        }
        if (weather == Weather.CALM || random.nextInt(40) > 0) {
            return null;
        }
        return switch (point) {
            case BEGIN -> Code.BUSY;
            case STATEMENT ->
                List.of(Code.FULL, Code.IOERR, Code.KILLED, Code.CONSTRAINT).get(random.nextInt(4));
            case COMMIT ->
                List.of(Code.FULL, Code.BUSY, Code.IOERR, Code.CONSTRAINT).get(random.nextInt(4));
            case OPEN_CURSOR, PULL -> Code.IOERR;
            case OPEN_READER, OPEN_DEDICATED -> Code.CANTOPEN;
            default -> null;
        };
    }

    private void run(FakeLanes house, long seed) {
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed * THREADS + i);
            Thread worker = new Thread(() -> {
                try {
                    for (int op = 0; op < ROUND / THREADS; op++) {
                        operation(house, random);
                    }
                } catch (Throwable t) {
                    failures.add("worker: " + t);
                } finally {
                    done.countDown();
                }
            });
            worker.start();
        }
        try {
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void operation(FakeLanes house, Random random) {
        List<Session<FakeConnection>> sessions = new ArrayList<>();
        Session<FakeConnection> session = house.session(Duration.ofMillis(random.nextInt(3) * 50L));
        sessions.add(session);
        switch (random.nextInt(8)) {
            case 0, 1 -> write(house, session, random);
            case 2 -> read(house, session, FakeQuery.rows(random.nextInt(40)), random);
            case 3 -> read(house, session, FakeQuery.rows(random.nextInt(3_000)), random);
            case 4 -> read(house, session, FakeQuery.rows(500).hangAt(random.nextInt(300)), random);
            case 5 -> transaction(house, session, random);
            case 6 -> readTransaction(session, random);
            default -> dedicated(house, session, random);
        }
        for (Session<FakeConnection> open : sessions) {
            close(open);
        }
    }

    private void close(Session<FakeConnection> session) {
        SignalProbe<Void> probe = new SignalProbe<>();
        session.close().subscribe(probe);
        probe.requestAll();
        if (!probe.awaitEnd() || !probe.isCompleted()) {
            failures.add("close of a session: " + probe.error());
        }
    }

    private FakeWrite insert(Random random, List<String> values) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            values.add("v" + ids.incrementAndGet());
        }
        FakeWrite write = FakeWrite.insert(values.toArray(String[]::new));
        return random.nextInt(5) == 0 ? write.as(Atomicity.ALONE) : write;
    }

    private void write(FakeLanes house, Session<FakeConnection> session, Random random) {
        List<String> values = new ArrayList<>();
        check(house, values, cancelled(session.write(insert(random, values)), random, true));
        if (random.nextInt(4) == 0) {
            readYourWrite(house, session);
        }
    }

    private void readYourWrite(FakeLanes house, Session<FakeConnection> session) {
        String value = "own" + ids.incrementAndGet();
        SignalProbe<Long> write = new SignalProbe<>();
        session.write(FakeWrite.insert(value)).subscribe(write);
        end(write.requestAll());
        SignalProbe<String> read = new SignalProbe<>();
        house.query(FakeQuery.table()).subscribe(read);
        end(read.requestAll());
        if (write.isCompleted() && read.isCompleted() && !read.values().contains(value)) {
            failures.add("an acknowledged write was not read");
        }
    }

    private void transaction(FakeLanes house, Session<FakeConnection> session, Random random) {
        List<String> values = new ArrayList<>();
        Mono<Void> work = FakeLanes.begin(session, Duration.ofSeconds(2))
                .then(session.write(insert(random, values)))
                .thenMany(FakeLanes.read(session, FakeQuery.rows(100)))
                .then(session.commit());
        check(house, values, cancelled(work, random, true));
    }

    private void readTransaction(Session<FakeConnection> session, Random random) {
        Mono<Void> work = FakeLanes.beginRead(session)
                .thenMany(FakeLanes.read(session, FakeQuery.rows(random.nextInt(500))))
                .then(session.commit());
        cancelled(work, random, true);
    }

    private void dedicated(FakeLanes house, Session<FakeConnection> session, Random random) {
        List<String> values = new ArrayList<>();
        Mono<Long> work = session.dedicate()
                .thenMany(FakeLanes.read(session, FakeQuery.rows(random.nextInt(100))))
                .then(session.write(insert(random, values)));
        check(house, values, cancelled(work, random, true));
    }

    private void read(FakeLanes house, Session<FakeConnection> session, FakeQuery query, Random random) {
        cancelled(FakeLanes.read(session, query), random, random.nextBoolean());
        if (random.nextBoolean()) {
            // a second query right behind it must not be hit by the interrupt of the first
            SignalProbe<String> next = new SignalProbe<>();
            FakeLanes.read(session, FakeQuery.rows(5)).subscribe(next);
            next.requestAll();
            end(next);
        }
    }

    /** Subscribes, and cancels at a random moment: at once, after some time, or at the n-th row. */
    private <T> SignalProbe<T> cancelled(Publisher<T> work, Random random, boolean unbounded) {
        int atRow = random.nextInt(3) == 0 ? random.nextInt(50) : -1;
        SignalProbe<T> probe = new SignalProbe<>(self -> {
            if (self.count() == atRow) {
                cancels.incrementAndGet();
                self.cancel();
            } else if (!unbounded) {
                self.request(1);
            }
        });
        work.subscribe(probe);
        if (unbounded) {
            probe.requestAll();
        } else {
            probe.request(1 + random.nextInt(3));
        }
        long until = System.nanoTime() + (random.nextInt(4) == 0 ? 0 : random.nextInt(2_000_000));
        while (!probe.isOver() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        cancels.incrementAndGet();
        probe.cancel();
        rules(probe);
        return probe;
    }

    private void end(SignalProbe<?> probe) {
        if (!probe.awaitEnd()) {
            failures.add("no end within the bound");
        }
        rules(probe);
    }

    private void rules(SignalProbe<?> probe) {
        probe.broken().forEach(failures::add);
        if (probe.isOver() && probe.error() instanceof FakeError fake && fake.code() == Code.INTERRUPT) {
            failures.add("a live subscriber was told of an interrupt");
        }
    }

    /** What was acknowledged is there; what failed is not, unless nobody can know. */
    private void check(FakeLanes house, List<String> values, SignalProbe<?> probe) {
        long there = values.stream().filter(house.database::isCommitted).count();
        if (there != 0 && there != values.size() && probe.isOver()) {
            failures.add("half a write is there");
        }
        if (probe.isCompleted()) {
            acknowledged.incrementAndGet();
            if (there != values.size()) {
                failures.add("an acknowledged write is not there");
            }
        } else if (probe.isOver() && !(probe.error() instanceof OutcomeUnknownException) && there > 0) {
            failures.add("a failed write is there: " + probe.error());
        }
    }
}
