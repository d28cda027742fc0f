package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Clob;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteReads;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Queries without a connection between. */
final class ReadTests extends EngineCase {
    private static final String ALL = "SELECT id FROM item ORDER BY id";

    private static Flux<Long> ids(TestDatabase database, String sql, @Nullable Object... values) {
        return SqliteCapabilities.require(database.factory(), SqliteReads.class)
                .read(sql, Arrays.asList(values), 2, row -> row.get(0, Long.class));
    }

    private static void awaitIdle(TestDatabase database) {
        Awaitility.await()
                .atMost(Await.LIMIT)
                .until(() -> stats(database.factory()).idle()
                        && stats(database.factory()).sessions() == 0);
    }

    private TestDatabase items(int rows, String... options) {
        TestDatabase database = open(options);
        database.items(rows);
        return database;
    }

    @Test
    void read_givesRowsWithoutASession() {
        TestDatabase database = items(5);
        List<Integer> sessions = new ArrayList<>();
        Flux<Long> ids = ids(database, "SELECT id FROM item WHERE id > ? AND name <> ? ORDER BY id", 3, "x")
                .doOnNext(id -> sessions.add(stats(database.factory()).sessions()));

        StepVerifier.create(ids).expectNext(4L, 5L).expectComplete().verify(Await.LIMIT);
        assertThat(sessions).containsOnly(0);
        StepVerifier.create(ids).expectNextCount(2).expectComplete().verify(Await.LIMIT);
    }

    @Test
    void read_beforeTheFirstConnection_opensTheDatabase() {
        StepVerifier.create(ids(open(), "SELECT 7"))
                .expectNext(7L)
                .expectComplete()
                .verify(Await.LIMIT);
    }

    @Test
    void read_demandOfOne_readsRowByRow() {
        TestDatabase database = items(100);
        AtomicInteger mapped = new AtomicInteger();
        Flux<Long> ids = SqliteCapabilities.require(database.factory(), SqliteReads.class)
                .read(ALL, List.of(), 1, row -> (long) mapped.incrementAndGet());

        StepVerifier.create(ids, 0)
                .expectSubscription()
                .then(() -> assertThat(mapped).hasValue(0))
                .thenRequest(1)
                .expectNext(1L)
                .then(() -> assertThat(mapped).hasValue(1))
                .thenRequest(1)
                .expectNext(2L)
                .then(() -> assertThat(mapped).hasValue(2))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(98)
                .expectComplete()
                .verify(Await.LIMIT);
    }

    @Test
    void read_cancelBeforeTheFirstRow_stopsTheStatement() {
        TestDatabase database = items(1);
        Flux<Long> endless = ids(database, "SELECT count(*) FROM (" + ENDLESS + ")");

        StepVerifier.create(endless)
                .expectSubscription()
                .then(() -> Awaitility.await()
                        .atMost(Await.LIMIT)
                        .until(() -> stats(database.factory()).readersBusy() == 1))
                .thenCancel()
                .verify(Await.LIMIT);
        awaitIdle(database);
    }

    @Test
    void read_cancelAtEveryPlace_leavesNothingOpen() {
        TestDatabase database = items(20);
        for (int taken = 0; taken <= 20; taken++) {
            StepVerifier.create(ids(database, ALL), taken)
                    .expectNextCount(taken)
                    .thenCancel()
                    .verify(Await.LIMIT);
        }
        awaitIdle(database);
        assertThat(database.run("DELETE FROM item")).isEqualTo(20);
    }

    @Test
    void read_wrongSql_isAnErrorOfThePublisher() {
        TestDatabase database = items(1);

        assertFails(ids(database, "SELECT missing FROM item"), R2dbcBadGrammarException.class, "42S22");
        assertThat(Await.error(ids(database, "SELECT '\0'"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Await.error(ids(database, "SELECT ?"))).isInstanceOf(IllegalStateException.class);
        assertThat(Await.error(ids(database, "SELECT ?", new Thread()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_mappingFails_endsWithItsError() {
        TestDatabase database = items(3);
        SqliteReads reads = SqliteCapabilities.require(database.factory(), SqliteReads.class);

        assertThat(Await.error(reads.read(ALL, List.of(), 0, row -> {
                    throw new IllegalStateException("mapping");
                })))
                .hasMessage("mapping");
        assertThat(Await.error(reads.read("SELECT NULL", List.of(), 0, row -> row.get(0, Long.class))))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("mapping function");
        awaitIdle(database);
    }

    @Test
    void read_otherSql_runsOnAConnection() {
        TestDatabase database = items(0);

        StepVerifier.create(ids(database, "INSERT INTO item VALUES (9, ?) RETURNING id", "new"))
                .expectNext(9L)
                .expectComplete()
                .verify(Await.LIMIT);
        StepVerifier.create(ids(database, "SELECT 1; SELECT 2"))
                .expectNext(1L, 2L)
                .expectComplete()
                .verify(Await.LIMIT);
        StepVerifier.create(ids(database, "SELECT length(?) + ifnull(?, 1)", Clob.from(Mono.just("four")), null))
                .expectNext(5L)
                .expectComplete()
                .verify(Await.LIMIT);
        assertThat(Await.error(ids(database, "SELECT last_insert_rowid()")))
                .hasMessageContaining("last_insert_rowid() tells of the connection");
        awaitIdle(database);
    }

    @Test
    void read_dedicatedSessions_haveTheirConnection() {
        TestDatabase database = items(2, "session=dedicated");

        StepVerifier.create(ids(database, ALL))
                .expectNext(1L, 2L)
                .expectComplete()
                .verify(Await.LIMIT);
        awaitIdle(database);
    }

    @Test
    void read_statementTimeout_holds() {
        TestDatabase database = items(1, "statementTimeout=PT0.1S");

        Throwable error = Await.error(ids(database, "SELECT count(*) FROM (" + ENDLESS + ")"));

        assertThat(error).isInstanceOf(R2dbcTimeoutException.class);
        awaitIdle(database);
    }

    @Test
    void close_endsReadsThatWaitForDemand() {
        TestDatabase database = items(100);
        StepVerifier.create(ids(database, ALL), 2)
                .expectNextCount(2)
                .then(() -> Flux.from(((io.r2dbc.spi.Closeable) database.factory()).close())
                        .subscribe())
                .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class))
                .verify(Duration.ofSeconds(10));
        assertThat(Await.error(ids(database, ALL))).isInstanceOf(R2dbcNonTransientResourceException.class);
    }
}
