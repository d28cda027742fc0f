package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.core.LaneStats;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/streaming-and-backpressure.md */
final class StreamingTests {
    @TempDir
    Path folder;

    private SqliteConnectionFactory connections;

    @AfterEach
    void close() {
        Awaitility.await().until(() -> connections.statistics().idle());
        Scratch.close(connections);
    }

    private Flux<String> names() {
        // tag::stream[]
        Flux<String> names = Flux.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT name FROM item ORDER BY id")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("name", String.class))),
                Connection::close);
        // end::stream[]
        return names;
    }

    private Mono<String> send(String name) {
        return Mono.just(name).delayElement(Duration.ofMillis(1));
    }

    @Test
    void demand_reachesTheStatement() {
        connections = Scratch.items(folder, 10_000);

        // tag::slow[]
        Flux<String> sent = names().concatMap(this::send).take(20);
        // end::slow[]

        StepVerifier.create(sent).expectNextCount(20).verifyComplete();
        assertThat(connections.statistics().rowsRead()).isLessThan(200);
    }

    @Test
    void oneRowRequested_readsTheFirstChunkOnly() {
        connections = Scratch.items(folder, 10_000);

        StepVerifier.create(names(), 1)
                .expectNextCount(1)
                .then(() -> assertThat(connections.statistics().rowsRead()).isEqualTo(16))
                .thenCancel()
                .verify();
    }

    @Test
    void fetchSize_isTheChunk() {
        connections = Scratch.items(folder, 10_000);

        // tag::fetch[]
        Flux<String> names = Flux.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT name FROM item ORDER BY id")
                                .fetchSize(100)
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("name", String.class))),
                Connection::close);
        // end::fetch[]

        StepVerifier.create(names, 1)
                .expectNextCount(1)
                .then(() -> assertThat(connections.statistics().rowsRead()).isEqualTo(100))
                .thenCancel()
                .verify();
    }

    @Test
    void statistics_showOpenCursors() {
        connections = Scratch.items(folder, 10_000);

        StepVerifier.create(names(), 1)
                .expectNextCount(1)
                .then(() -> {
                    // tag::statistics[]
                    LaneStats now = connections.statistics();
                    int cursors = now.openCursors();
                    Duration oldest = now.oldestSnapshot();
                    long log = connections.walBytes();
                    // end::statistics[]
                    assertThat(cursors).isEqualTo(1);
                    assertThat(oldest).isPositive();
                    assertThat(log).isPositive();
                })
                .thenCancel()
                .verify();
    }

    @Test
    void idleSubscriber_smallRest_isTakenToTheHeap() {
        connections = Scratch.items(folder, 1_000, "cursorIdleTimeout=PT0.1S");

        StepVerifier.create(names(), 1)
                .expectNextCount(1)
                .then(() ->
                        Awaitility.await().until(() -> connections.statistics().openCursors() == 0))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(999)
                .verifyComplete();
    }

    @Test
    void idleSubscriber_largeRest_fails() {
        connections = Scratch.items(folder, 1_000, "cursorIdleTimeout=PT0.1S", "maxMaterializeBytes=1000");

        StepVerifier.create(names(), 1)
                .expectNextCount(1)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                R2dbcTransientResourceException.class,
                                idle -> assertThat(idle.getSqlState()).isEqualTo("57014"))
                        .hasMessageContaining("CURSOR_IDLE"))
                .verify(Duration.ofSeconds(10));
    }
}
