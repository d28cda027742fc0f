package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.LaneOptions;
import rillite.core.LaneStats;
import rillite.core.Lanes;
import rillite.core.Session;

/** Lanes over a fake, for one test; closing them asserts that nothing leaked. */
public final class FakeLanes implements AutoCloseable {
    public static final Duration BOUND = Duration.ofSeconds(10);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    public final FakeDatabase database;
    public final Lanes<FakeConnection> lanes;
    private final @Nullable ManualTime time;
    private boolean over;

    private FakeLanes(FakeDatabase database, Lanes<FakeConnection> lanes) {
        this.database = database;
        this.lanes = lanes;
        this.time = lanes.options().timer() instanceof ManualTime manual ? manual : null;
    }

    public static FakeLanes open() {
        return open(new FakeDatabase(), options -> options);
    }

    public static FakeLanes open(UnaryOperator<LaneOptions.Builder> options) {
        return open(new FakeDatabase(), options);
    }

    public static FakeLanes open(FakeDatabase database, UnaryOperator<LaneOptions.Builder> options) {
        LaneOptions.Builder builder = LaneOptions.builder()
                .name("t" + NUMBERS.incrementAndGet())
                .readerThreads(2)
                .listener(database.listener());
        Lanes<FakeConnection> lanes =
                Lanes.open(database, options.apply(builder).build()).block(BOUND);
        assertThat(lanes).isNotNull();
        return new FakeLanes(database, lanes);
    }

    public Session<FakeConnection> session() {
        return session(Duration.ZERO);
    }

    public Session<FakeConnection> session(Duration lockWait) {
        return lanes.session(lockWait);
    }

    public LaneStats stats() {
        return lanes.stats();
    }

    public Mono<Long> insert(String value) {
        return session().write(FakeWrite.insert(value));
    }

    public Flux<String> query(FakeQuery query) {
        return read(session(), query);
    }

    public static Flux<String> read(Session<FakeConnection> session, FakeQuery query) {
        return session.read(query, FakeQuery.reader());
    }

    public static Mono<Void> begin(Session<FakeConnection> session) {
        return begin(session, Duration.ZERO);
    }

    public static Mono<Void> begin(Session<FakeConnection> session, Duration lockWait) {
        return session.begin(true, "tx-" + session.id(), lockWait, FakeWrite.begin());
    }

    public static Mono<Void> beginRead(Session<FakeConnection> session) {
        return session.begin(false, "read-" + session.id(), Duration.ZERO, FakeWrite.beginRead());
    }

    /** Keeps the writer busy with a write of its own until the gate is opened, so that what follows queues up. */
    public Gate holdWriter() {
        Gate gate = database.gate(FakeDatabase.Point.STATEMENT);
        insert("holder" + NUMBERS.incrementAndGet()).subscribe();
        return gate.awaitArrival();
    }

    /** Waits until this many writes and leases wait behind the one that {@link #holdWriter} holds. */
    public void awaitQueued(int count) {
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> stats().writerQueueDepth() == count + 1);
    }

    /** Subscribes with unbounded demand. */
    public static <T> SignalProbe<T> start(Publisher<T> publisher) {
        SignalProbe<T> probe = new SignalProbe<>();
        publisher.subscribe(probe);
        return probe.requestAll();
    }

    /** Returns the error a publisher ends with. */
    public static Throwable errorOf(Publisher<?> publisher) {
        SignalProbe<?> probe = start(publisher);
        assertThat(probe.awaitEnd()).as("end within the bound").isTrue();
        Throwable error = probe.error();
        assertThat(error).as("error").isNotNull();
        return error == null ? new AssertionError() : error;
    }

    /** Asserts on the lanes and on the resource that nothing is left over from the work so far. */
    public void assertLeakFree() {
        try {
            LaneLeaks.assertIdle(lanes);
        } finally {
            assertThat(database.violations()).isEmpty();
        }
        LaneLeaks.assertIdle(database);
    }

    /** Closes the lanes and asserts that every connection and every thread has gone. */
    public void shutDown() {
        over = true;
        SignalProbe<Void> closed = start(lanes.close());
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> {
            if (time != null) {
                time.advance(Duration.ofMillis(5));
            }
            return closed.isOver();
        });
        assertThat(closed.isCompleted()).isTrue();
        assertThat(database.openConnections()).as("open connections").isZero();
        LaneLeaks.assertIdle(lanes);
        LaneLeaks.assertIdle(database);
        LaneLeaks.assertNoThreads(lanes.name());
    }

    @Override
    public void close() {
        if (!over) {
            assertLeakFree();
            shutDown();
        }
    }
}
