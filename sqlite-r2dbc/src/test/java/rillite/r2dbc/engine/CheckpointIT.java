package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import rillite.r2dbc.BulkOptions;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** The write-ahead log stays bounded, is cut when it can be, and is left alone when it is somebody else's. */
final class CheckpointIT extends EngineCase {
    private static final long MIB = 1 << 20;

    private TestDatabase database;
    private Connection connection;

    private void start(String... options) {
        database = open(options);
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
    }

    private long wal() {
        return SqliteCapabilities.require(connection, SqliteStatistics.class).walBytes();
    }

    /** Writes so many rows of a kilobyte by single commits and returns the largest log seen. */
    private long writeSingly(int rows) {
        AtomicLong largest = new AtomicLong();
        String text = "x".repeat(1000);
        Await.all(Flux.range(0, rows)
                .flatMap(
                        i -> database.using(c -> TestDatabase.counts(c, "INSERT INTO t (b) VALUES (?)", text))
                                .doOnComplete(() -> {
                                    if (i % 100 == 0) {
                                        largest.accumulateAndGet(wal(), Math::max);
                                    }
                                }),
                        32)
                .ignoreElements());
        return Math.max(largest.get(), wal());
    }

    private long importRows(int rows, int bytes) {
        AtomicLong largest = new AtomicLong();
        String text = "x".repeat(bytes);
        var run = SqliteCapabilities.require(connection, SqliteBulk.class)
                .insert(
                        "INSERT INTO t (b) VALUES (?)",
                        Flux.range(0, rows).map(i -> new Object[] {text}),
                        new BulkOptions(5000, 4 * MIB));
        run.progress().subscribe(progress -> largest.accumulateAndGet(wal(), Math::max));
        done(run.result());
        return Math.max(largest.get(), wal());
    }

    /** Reads a few rows and then nothing more. */
    private static final class Dead extends BaseSubscriber<Integer> {
        final CompletableFuture<Throwable> error = new CompletableFuture<>();
        final CompletableFuture<Long> end = new CompletableFuture<>();
        final AtomicLong rows = new AtomicLong();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(5);
        }

        @Override
        protected void hookOnNext(Integer value) {
            rows.incrementAndGet();
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error.complete(throwable);
        }

        @Override
        protected void hookOnComplete() {
            end.complete(rows.get());
        }
    }

    private Dead deadReader() {
        Dead dead = new Dead();
        Connection session = connect(database);
        TestDatabase.column(session, Integer.class, "SELECT a FROM t").subscribe(dead);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> dead.rows.get() == 5 && stats(session).openCursors() == 1);
        return dead;
    }

    @Test
    void sustainedSingleWrites_keepItBounded() {
        start("synchronous=NORMAL");

        assertThat(writeSingly(20_000)).isLessThan(32 * MIB);
    }

    @Test
    void import_keepsItBounded() {
        start("synchronous=NORMAL");

        assertThat(importRows(150_000, 1000)).isLessThan(40 * MIB);
        assertThat(Files.exists(database.file())).isTrue();
    }

    @Test
    void oneHugeTransaction_isCutAfterwards() {
        start("synchronous=NORMAL");
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t SELECT x, hex(zeroblob(500)) FROM (" + ENDLESS + " LIMIT 60000)");
        done(connection.commitTransaction());
        exec(connection, "INSERT INTO t (b) VALUES ('one more')");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(wal()).isLessThan(4 * MIB));
    }

    @Test
    void close_leavesNoLog() {
        start("synchronous=NORMAL");
        writeSingly(2000);
        assertThat(wal()).isPositive();
        done(connection.close());
        database.close();

        assertThat(database.file().resolveSibling("app.db-wal")).doesNotExist();
        assertThat(database.file().resolveSibling("app.db-shm")).doesNotExist();
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(2000);
    }

    @Test
    void readers_oneAfterTheOther_doNotKeepIt() {
        start("synchronous=NORMAL");
        writeSingly(200);
        var reading = Flux.range(0, 100_000)
                .flatMap(i -> database.using(c -> TestDatabase.column(c, Long.class, "SELECT count(*) FROM t")), 2)
                .subscribe();

        long largest = writeSingly(15_000);
        reading.dispose();

        assertThat(largest).isLessThan(64 * MIB);
    }

    @Test
    void deadReader_smallRest_goesToTheHeap_theLogIsCut() {
        start("synchronous=NORMAL", "walSoftLimit=4194304", "cursorIdleTimeout=PT1M");
        writeSingly(3000);
        Dead dead = deadReader();

        long largest = writeSingly(12_000);

        assertThat(largest)
                .as("the limit of 4 MiB and what came before it took effect")
                .isLessThan(24 * MIB);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(wal()).isLessThan(5 * MIB));
        assertThat(stats(connection).openCursors()).isZero();
        dead.requestUnbounded();
        assertThat(dead.end).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(3000L);
    }

    @Test
    void deadReader_largeRest_losesItsSnapshot_andIsTold() {
        start("synchronous=NORMAL", "walSoftLimit=4194304", "maxMaterializeBytes=16384", "cursorIdleTimeout=PT1M");
        writeSingly(30_000);
        Dead dead = deadReader();

        long largest = writeSingly(12_000);
        dead.requestUnbounded();

        assertThat(largest).isLessThan(24 * MIB);
        assertThat(dead.error).succeedsWithin(Duration.ofSeconds(30));
        assertThat(dead.error.join())
                .isInstanceOf(R2dbcTransientResourceException.class)
                .hasMessageContaining("walSoftLimit");
        assertThat(((R2dbcException) dead.error.join()).getSqlState()).isEqualTo("57014");
    }

    @Test
    void deadReader_whenTheWritesStop_theLogIsCutAllTheSame() {
        start("synchronous=NORMAL", "walSoftLimit=4194304", "cursorIdleTimeout=PT1M");
        writeSingly(1000);
        deadReader();
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t SELECT x + 10000, hex(zeroblob(500)) FROM (" + ENDLESS + " LIMIT 10000)");
        done(connection.commitTransaction());

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(wal()).isLessThan(MIB));
    }

    @Test
    void external_isLeftAlone_andItsSizeIsTold() throws Exception {
        start("synchronous=NORMAL", "checkpoints=external");
        try (var owner = database.jdbc();
                var statement = owner.createStatement()) {
            statement.execute("SELECT count(*) FROM t");
            long after = writeSingly(10_000);
            assertThat(after).isGreaterThan(10 * MIB);
            assertThat(wal()).isEqualTo(Files.size(database.file().resolveSibling("app.db-wal")));
            done(connection.close());
            database.close();

            assertThat(database.file().resolveSibling("app.db-wal"))
                    .as("not checkpointed by us")
                    .exists();
            assertThat(Files.size(database.file().resolveSibling("app.db-wal"))).isGreaterThan(10 * MIB);
            try (var rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertThat(rows.getInt(1)).isZero();
            }
        }
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(10_000);
    }

    @Test
    void memoryDatabase_hasNone() {
        Connection memory = connect(factory("r2dbc:sqlite:mem:///"));
        exec(memory, "CREATE TABLE t (a)");
        for (int i = 0; i < 1000; i++) {
            exec(memory, "INSERT INTO t VALUES (?)", i);
        }

        assertThat(SqliteCapabilities.require(memory, SqliteStatistics.class).walBytes())
                .isZero();
    }
}
