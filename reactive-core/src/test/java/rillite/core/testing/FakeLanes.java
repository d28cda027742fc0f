package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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
    private boolean over;

    private FakeLanes(FakeDatabase database, Lanes<FakeConnection> lanes) {
        this.database = database;
        this.lanes = lanes;
    }

    public static FakeLanes open() {
        return open(new FakeDatabase(), options -> options);
    }

    public static FakeLanes open(UnaryOperator<LaneOptions.Builder> options) {
        return open(new FakeDatabase(), options);
    }

    public static FakeLanes open(FakeDatabase database, UnaryOperator<LaneOptions.Builder> options) {
        LaneOptions.Builder builder =
                LaneOptions.builder().name("t" + NUMBERS.incrementAndGet()).readerThreads(2);
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

    /** Asserts on the lanes and on the resource that nothing is left over from the work so far. */
    public void assertLeakFree() {
        LaneLeaks.assertIdle(lanes);
        LaneLeaks.assertIdle(database);
    }

    /** Closes the lanes and asserts that every connection and every thread has gone. */
    public void shutDown() {
        over = true;
        lanes.close().block(BOUND);
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
