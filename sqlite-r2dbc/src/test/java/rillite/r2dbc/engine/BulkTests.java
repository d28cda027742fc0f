package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import rillite.r2dbc.BulkOptions;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.BulkRun;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteBulkException;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Imports: in windows, bounded, counted, honest about what is stored when they end early. */
final class BulkTests extends EngineCase {
    private static final String INSERT = "INSERT INTO t VALUES (?, ?)";
    private static final BulkOptions SMALL = new BulkOptions(100, 1 << 20);

    private TestDatabase database;
    private Connection connection;
    private SqliteBulk bulk;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        bulk = SqliteCapabilities.require(connection, SqliteBulk.class);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
    }

    private static Flux<Object[]> rows(int from, int count) {
        return Flux.range(from, count).map(i -> new Object[] {i, "row " + i});
    }

    private long stored() {
        return database.value(Long.class, "SELECT count(*) FROM t");
    }

    private SqliteBulkException failure(BulkRun run) {
        Throwable error = Await.error(run.result());
        assertThat(error).isInstanceOf(SqliteBulkException.class);
        SqliteBulkException known = (SqliteBulkException) error;
        assertThat(stored()).as("what is stored is what the error says").isEqualTo(known.committedRows());
        return known;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 1000, 12_345})
    void rows_allArrive_inWindows(int count) {
        BulkRun run = bulk.insert(INSERT, rows(0, count), SMALL);

        BulkProgress end = Await.one(run.result());

        assertThat(end.rows()).isEqualTo(count);
        assertThat(end.windows()).isEqualTo((count + 99) / 100);
        assertThat(stored()).isEqualTo(count);
        assertThat(stats(connection).writerQueueBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void anyLimitOfBytes_isTaken(long bytes) {
        BulkProgress end = Await.one(
                bulk.insert(INSERT, rows(0, 1000), new BulkOptions(400, bytes)).result());

        assertThat(end).isEqualTo(new BulkProgress(1000, bytes == 1 ? 1000 : 3));
        assertThat(stored()).isEqualTo(1000);
    }

    @Test
    void untilSubscribed_nothingHappens_everySubscriptionIsAnImport() {
        AtomicInteger subscribed = new AtomicInteger();
        BulkRun run = bulk.insert(
                "INSERT OR IGNORE INTO t VALUES (?, ?)", rows(0, 10).doOnSubscribe(s -> subscribed.incrementAndGet()));
        assertThat(subscribed).hasValue(0);

        done(run.result());
        done(run.result());

        assertThat(subscribed).hasValue(2);
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void progress_growsAndEnds() {
        BulkRun run = bulk.insert(INSERT, rows(0, 1050), SMALL);
        Mono<List<BulkProgress>> told = run.progress().collectList().cache();
        told.subscribe();

        BulkProgress end = Await.one(run.result());

        List<BulkProgress> all = Await.one(told);
        assertThat(all)
                .isSortedAccordingTo((x, y) -> Long.compare(x.rows(), y.rows()))
                .hasSize(11);
        assertThat(all.get(10)).isEqualTo(end).isEqualTo(new BulkProgress(1050, 11));
        assertThat(Await.all(run.progress())).containsExactly(end);
    }

    @Test
    void source_isAskedForTwoWindowsAtMost() {
        done(connection.beginTransaction());
        Connection other = connect(database);
        AtomicLong given = new AtomicLong();
        AtomicLong largest = new AtomicLong();
        BulkRun run = SqliteCapabilities.require(other, SqliteBulk.class)
                .insert(
                        INSERT,
                        rows(0, 5000)
                                .doOnRequest(n -> largest.accumulateAndGet(n, Math::max))
                                .doOnNext(row -> given.incrementAndGet()),
                        SMALL);
        var running = run.result().toFuture();

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> given.get() >= 200);
        assertThat(given).hasValue(200);
        assertThat(largest.get()).isLessThanOrEqualTo(100);
        done(connection.rollbackTransaction());

        assertThat(running).succeedsWithin(Duration.ofSeconds(10));
        assertThat(stored()).isEqualTo(5000);
    }

    @Test
    void source_ofBigRows_isBoundedByBytes() {
        done(connection.beginTransaction());
        Connection other = connect(database);
        AtomicLong given = new AtomicLong();
        String big = "x".repeat(100_000);
        BulkRun run = SqliteCapabilities.require(other, SqliteBulk.class)
                .insert(
                        INSERT,
                        Flux.range(0, 300).map(i -> new Object[] {i, big}).doOnNext(row -> given.incrementAndGet()),
                        new BulkOptions(1000, 2 << 20));
        var running = run.result().toFuture();

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> given.get() >= 16);
        assertThat(given.get())
                .as("rows of 200 KB in two windows of 2 MiB, and a slice")
                .isLessThan(60);
        done(connection.rollbackTransaction());

        assertThat(running).succeedsWithin(Duration.ofSeconds(20));
        assertThat(stored()).isEqualTo(300);
    }

    @Test
    void singleWrites_goBetweenWindows() {
        exec(connection, "CREATE TABLE s (n)");
        BulkRun run = bulk.insert(INSERT, rows(0, 200_000), new BulkOptions(1000, 1 << 20));
        var running = run.result().toFuture();
        int singles = 0;
        while (!running.isDone() && singles < 10_000) {
            database.run("INSERT INTO s VALUES (?)", singles++);
        }

        assertThat(running).succeedsWithin(Duration.ofSeconds(20));
        assertThat(singles).as("single writes that did not wait for the end").isGreaterThan(5);
        assertThat(stored()).isEqualTo(200_000);
    }

    @Test
    void sourceFails_whatIsCommittedIsCounted() {
        BulkRun run = bulk.insert(
                INSERT, Flux.concat(rows(0, 550), Flux.error(new IllegalStateException("the source broke"))), SMALL);

        SqliteBulkException error = failure(run);

        assertThat(error.committedRows()).isEqualTo(500);
        assertThat(error).hasMessageContaining("500").hasRootCauseMessage("the source broke");
    }

    @Test
    void sourceFails_withAnErrorOfTheDatabase_theWindowBeingWrittenIsCounted() {
        for (int i = 0; i < 50; i++) {
            exec(connection, "DELETE FROM t");
            Flux<Object[]> query = TestDatabase.column(connection, Integer.class, "SELECT json('broken')")
                    .map(x -> new Object[] {x, x});
            SqliteBulkException error = failure(SqliteCapabilities.require(connect(database), SqliteBulk.class)
                    .insert(INSERT, Flux.concat(rows(0, 300), query), SMALL));

            assertThat(error.committedRows()).isEqualTo(300);
            assertThat(error.getCause()).isInstanceOf(io.r2dbc.spi.R2dbcException.class);
        }
    }

    @Test
    void rowRefusedByTheTable_itsWindowIsUndone_theErrorIsTyped() {
        exec(connection, "INSERT INTO t VALUES (255, 'there')");
        Throwable error = Await.error(bulk.insert(INSERT, rows(0, 1000), SMALL).result());

        assertThat(error).isInstanceOf(SqliteBulkException.class);
        SqliteBulkException known = (SqliteBulkException) error;
        assertThat(known.committedRows()).isEqualTo(200);
        assertThat(known.getSqlState()).isEqualTo("23505");
        assertThat(known.getCause()).isInstanceOf(R2dbcDataIntegrityViolationException.class);
        assertThat(stored()).isEqualTo(201);
    }

    @Test
    void rowOfWrongWidth_andBadValues_nameTheRow() {
        Object[][] bad = {
            {1}, {1, "x", 2}, {}, {1, Double.NaN}, {1, new Object()}, {1, Blob.from(Mono.empty())}, {1, "\uD800"}
        };
        for (Object[] row : bad) {
            exec(connection, "DELETE FROM t");
            SqliteBulkException error = failure(
                    bulk.insert(INSERT, Flux.concat(rows(0, 250), Flux.<Object[]>just(row), rows(300, 5)), SMALL));

            assertThat(error.committedRows()).isEqualTo(200);
            assertThat(error).hasMessageContaining("Row 251");
        }
    }

    @Test
    void values_ofEveryKind_areStored() {
        exec(connection, "CREATE TABLE k (n INTEGER PRIMARY KEY, v)");
        Object[] values = {
            null,
            1,
            2L,
            (short) 3,
            4.5,
            5.5f,
            true,
            "text",
            'c',
            new byte[] {1},
            ByteBuffer.wrap(new byte[] {2, 3}),
            new BigDecimal("1.10"),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5),
            UUID.fromString("00000000-0000-0000-0000-000000000001"),
            io.r2dbc.spi.Parameters.in(7),
            io.r2dbc.spi.Parameters.in(String.class)
        };
        done(bulk.insert(
                        "INSERT INTO k VALUES (:n, :v)",
                        Flux.range(0, values.length).map(i -> new Object[] {i, values[i]}))
                .result());

        assertThat(read(connection, String.class, "SELECT ifnull(CAST(v AS TEXT), 'null') || '/' || typeof(v) FROM k"))
                .contains(
                        "null/null",
                        "1/integer",
                        "4.5/real",
                        "text/text",
                        "1.10/text",
                        "2026-01-02 03:04:05/text",
                        "7/integer")
                .hasSize(16);
    }

    @Test
    void numberedMarkers_meanTheirNumbers() {
        done(bulk.insert("INSERT INTO t (b, a) VALUES ($2, $1)", rows(7, 2)).result());

        assertThat(read(connection, String.class, "SELECT a || b FROM t")).containsExactly("7row 7", "8row 8");
    }

    @Test
    void updatesAndDeletes_work() {
        done(bulk.insert(INSERT, rows(0, 300)).result());
        done(bulk.insert("UPDATE t SET b = ?1 WHERE a = ?2", Flux.range(0, 300).map(i -> new Object[] {"n" + i, i}))
                .result());
        done(bulk.insert("DELETE FROM t WHERE a = ?", Flux.range(0, 150).map(i -> new Object[] {i * 2}))
                .result());

        assertThat(read(connection, Long.class, "SELECT count(*) FROM t WHERE b = 'n' || a"))
                .containsExactly(150L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE TABLE x (a)",
                "",
                "INSERT INTO t VALUES (?, ?) RETURNING a",
                "INSERT INTO t VALUES (?, ?); DELETE FROM t",
                "BEGIN"
            })
    void otherStatements_areRefusedAtOnce(String sql) {
        assertThatThrownBy(() -> bulk.insert(sql, rows(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INSERT");
    }

    @Test
    void cancelled_sourceIsCancelled_nothingMoreIsWritten() {
        AtomicInteger cancelled = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            exec(connection, "DELETE FROM t");
            Sinks.Empty<Void> enough = Sinks.empty();
            BulkRun run = bulk.insert(
                    INSERT,
                    rows(0, 1_000_000).doOnCancel(cancelled::incrementAndGet).doOnNext(row -> {
                        if (row[0].equals(1234)) {
                            enough.tryEmitEmpty();
                        }
                    }),
                    SMALL);
            done(run.result().takeUntilOther(enough.asMono()));
            done(run.progress());

            exec(connection, "PRAGMA user_version = 1");
            long stored = stored();
            assertThat(stored % 100).isZero();
            exec(connection, "PRAGMA user_version = 2");
            assertThat(stored()).as("nothing is written afterwards").isEqualTo(stored);
        }
        assertThat(cancelled).hasValue(20);
    }

    @Test
    void inATransaction_allBelongToIt() {
        done(connection.beginTransaction());
        done(bulk.insert(INSERT, rows(0, 1000), SMALL).result());
        assertThat(stored()).isZero();
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(1000L);
        done(connection.rollbackTransaction());
        assertThat(stored()).isZero();

        done(connection.setAutoCommit(false));
        done(bulk.insert(INSERT, rows(0, 1000), SMALL).result());
        assertThat(stored()).isZero();
        done(connection.commitTransaction());
        assertThat(stored()).isEqualTo(1000);
        done(connection.setAutoCommit(true));
    }

    @Test
    void inATransaction_aFailedWindowIsUndone_theTransactionLives() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (250, 'there')");
        Throwable error = Await.error(bulk.insert(INSERT, rows(0, 1000), SMALL).result());

        assertThat(error).isInstanceOf(SqliteBulkException.class);
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(201L);
        done(connection.commitTransaction());
        assertThat(stored()).isEqualTo(201);
    }

    @Test
    void lockWait_isATypedError() {
        done(connection.beginTransaction());
        Connection other = connect(database);
        done(other.setLockWaitTimeout(Duration.ofMillis(200)));

        Throwable error = Await.error(SqliteCapabilities.require(other, SqliteBulk.class)
                .insert(INSERT, rows(0, 1000), SMALL)
                .result());

        assertThat(error).isInstanceOf(SqliteBulkException.class).hasCauseInstanceOf(R2dbcTimeoutException.class);
        assertThat(((SqliteBulkException) error).committedRows()).isZero();
        done(connection.rollbackTransaction());
    }

    @Test
    void byTheFactory_alone() {
        SqliteBulk factory = SqliteCapabilities.require(database.factory(), SqliteBulk.class);
        BulkRun run = factory.insert(INSERT, rows(0, 500), SMALL);

        assertThat(Await.one(run.result())).isEqualTo(new BulkProgress(500, 5));
        assertThat(Await.all(run.progress())).containsExactly(new BulkProgress(500, 5));
        assertThat(read(connection, Long.class, "SELECT sum(a) FROM t"))
                .containsExactly(LongStream.range(0, 500).sum());
    }
}
