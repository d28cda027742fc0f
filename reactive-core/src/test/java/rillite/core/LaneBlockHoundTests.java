package rillite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;
import rillite.core.testing.FakeWrite;
import rillite.core.testing.SignalProbe;

/** The lanes wait where they may and nowhere else; what a user blocks is reported. */
@Tag("blockhound")
@Timeout(60)
final class LaneBlockHoundTests {
    private static final List<String> REPORTED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void install() {
        BlockHound.install(builder -> builder.blockingMethodCallback(method -> {
            BlockingOperationError error = new BlockingOperationError(method);
            StackTraceElement[] trace = error.getStackTrace();
            REPORTED.add(Thread.currentThread().getName() + " " + method + " " + List.of(trace));
            throw error;
        }));
    }

    @BeforeEach
    void forget() {
        REPORTED.clear();
    }

    private static SignalProbe<String> mapped(FakeLanes house, Runnable inMapper) {
        return FakeLanes.start(house.session().read(FakeQuery.rows(3), (chunk, row) -> {
            inMapper.run();
            return chunk.values().get(row);
        }));
    }

    @Test
    void mapper_parking_isReported() {
        try (FakeLanes house = FakeLanes.open()) {
            SignalProbe<String> probe = mapped(house, () -> LockSupport.parkNanos(1_000_000));
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error()).isInstanceOf(BlockingOperationError.class);
            assertThat(REPORTED).hasSize(1).allMatch(report -> report.startsWith("rillite-reader-"));
        }
    }

    @Test
    void mapper_calling_block_isRefused() {
        try (FakeLanes house = FakeLanes.open()) {
            SignalProbe<String> probe =
                    mapped(house, () -> Mono.delay(Duration.ofMillis(1)).block());
            assertThat(probe.awaitEnd()).isTrue();
            assertThat(probe.error())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not supported in thread rillite-reader-");
        }
    }

    @Test
    void lanes_idleAndBusy_reportNothing() {
        try (FakeLanes house = FakeLanes.open()) {
            Flux<Long> writes = Flux.range(0, 300).flatMap(i -> house.insert("v" + i), 30);
            Flux<Long> reads = Flux.range(0, 300)
                    .flatMap(i -> house.query(FakeQuery.rows(i)).count(), 30);
            Flux<Void> transactions = Flux.range(0, 30).flatMap(i -> transaction(house, "t" + i), 30);
            Flux<Void> dedicated = Flux.range(0, 10).flatMap(i -> dedicated(house, "d" + i), 5);
            Flux.merge(writes, reads, transactions, dedicated).blockLast(FakeLanes.BOUND);
            await().pollDelay(Duration.ofMillis(100)).until(() -> house.stats().idle());
        }
        assertThat(REPORTED).isEmpty();
    }

    private static Mono<Void> transaction(FakeLanes house, String value) {
        Session<FakeConnection> session = house.session();
        session.statementTimeout(Duration.ofSeconds(5));
        return FakeLanes.begin(session, Duration.ofSeconds(5))
                .then(session.write(FakeWrite.insert(value)))
                .then(session.commit())
                .then(session.close());
    }

    private static Mono<Void> dedicated(FakeLanes house, String value) {
        Session<FakeConnection> session = house.session();
        return session.dedicate().then(session.write(FakeWrite.insert(value))).then(session.close());
    }
}
