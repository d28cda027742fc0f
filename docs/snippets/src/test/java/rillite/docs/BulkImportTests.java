package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.BulkOptions;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.BulkRun;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteBulkException;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/bulk-import.md */
final class BulkImportTests {
    private static final String INSERT = "INSERT INTO item (id, name) VALUES (?, ?)";

    private SqliteConnectionFactory connections;
    private final List<Long> shown = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.items(folder, 0);
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private long count() {
        return Scratch.value(connections, Long.class, "SELECT count(*) FROM item");
    }

    @Test
    void import_isOneCall() {
        // tag::import[]
        Flux<Object[]> rows = Flux.range(1, 20_000).map(i -> new Object[] {i, "item " + i});

        Mono<BulkProgress> imported = Mono.usingWhen(
                connections.create(),
                connection -> SqliteCapabilities.require(connection, SqliteBulk.class)
                        .insert("INSERT INTO item (id, name) VALUES (?, ?)", rows)
                        .result(),
                Connection::close);
        // end::import[]

        StepVerifier.create(imported).expectNext(new BulkProgress(20_000, 4)).verifyComplete();
        assertThat(count()).isEqualTo(20_000);
    }

    private void show(BulkProgress now) {
        shown.add(now.rows());
    }

    @Test
    void progress_tellsOfEveryWindow() {
        Flux<Object[]> rows = Flux.range(1, 5_000).map(i -> new Object[] {i, "item " + i});

        // tag::progress[]
        Mono<BulkProgress> imported = Mono.usingWhen(
                connections.create(),
                connection -> {
                    BulkRun run = SqliteCapabilities.require(connection, SqliteBulk.class)
                            .insert(INSERT, rows, new BulkOptions(1_000, 1 << 20));
                    run.progress().subscribe(this::show);
                    return run.result();
                },
                Connection::close);
        // end::progress[]

        StepVerifier.create(imported).expectNext(new BulkProgress(5_000, 5)).verifyComplete();
        assertThat(shown).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
    }

    private Flux<Object[]> source() {
        return Flux.range(1, 5_000).map(i -> {
            if (i == 3_500 && broken.compareAndSet(false, true)) {
                throw new IllegalStateException("the line broke");
            }
            return new Object[] {i, "item " + i};
        });
    }

    // tag::resume[]
    Mono<Long> importFrom(long done) {
        return Mono.usingWhen(
                        connections.create(),
                        connection -> SqliteCapabilities.require(connection, SqliteBulk.class)
                                .insert(INSERT, source().skip(done), new BulkOptions(1_000, 1 << 20))
                                .result(),
                        Connection::close)
                .map(progress -> done + progress.rows())
                .onErrorResume(SqliteBulkException.class, error -> importFrom(done + error.committedRows()));
    }
    // end::resume[]

    @Test
    void brokenSource_goesOnBehindTheCommittedRows() {
        StepVerifier.create(importFrom(0)).expectNext(5_000L).verifyComplete();

        assertThat(broken).isTrue();
        assertThat(count()).isEqualTo(5_000);
    }

    @Test
    void transaction_takesAllOrNothing() {
        Flux<Object[]> rows = source();

        // tag::atomic[]
        Mono<BulkProgress> imported = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(Mono.defer(() -> SqliteCapabilities.require(connection, SqliteBulk.class)
                                .insert(INSERT, rows)
                                .result()))
                        .flatMap(progress ->
                                Mono.from(connection.commitTransaction()).thenReturn(progress)),
                Connection::close);
        // end::atomic[]

        StepVerifier.create(imported).expectError(SqliteBulkException.class).verify(Duration.ofSeconds(10));
        assertThat(count()).isZero();
        StepVerifier.create(imported).expectNextCount(1).verifyComplete();
        assertThat(count()).isEqualTo(5_000);
    }
}
