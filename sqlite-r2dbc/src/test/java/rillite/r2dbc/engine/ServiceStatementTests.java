package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Statements that need the writer to themselves or a connection apart: VACUUM, checkpoints, checks, copies. */
final class ServiceStatementTests extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
        exec(connection, "INSERT INTO t SELECT x, hex(randomblob(20)) FROM (" + ENDLESS + " LIMIT 2000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM",
                "ANALYZE",
                "ANALYZE t",
                "REINDEX",
                "PRAGMA optimize",
                "PRAGMA incremental_vacuum",
                "PRAGMA wal_checkpoint",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA journal_mode = WAL"
            })
    void barriers_runAmongWritesAndReads(String sql) {
        Flux<Object> work = Flux.range(0, 60)
                .flatMap(
                        i -> i % 20 == 10
                                ? database.using(c -> TestDatabase.rows(c, row -> (Object) "row", sql))
                                : database.using(c -> Flux.concat(
                                        TestDatabase.counts(c, "INSERT INTO t (b) VALUES ('x')"),
                                        TestDatabase.column(c, Long.class, "SELECT count(*) FROM t"))),
                        60);

        Await.all(work);

        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(2057L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM",
                "PRAGMA wal_checkpoint",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "PRAGMA journal_mode = DELETE"
            })
    void barriers_inATransaction_areRefused_andItLives(String sql) {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t (a) VALUES (9999)");

        assertFails(connection, sql, R2dbcNonTransientException.class, "25001");

        done(connection.commitTransaction());
        assertThat(read(connection, Integer.class, "SELECT max(a) FROM t")).containsExactly(9999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANALYZE", "REINDEX t", "PRAGMA incremental_vacuum"})
    void harmlessBarriers_inATransaction_run(String sql) {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t (a) VALUES (9999)");
        exec(connection, sql);
        done(connection.rollbackTransaction());

        assertThat(read(connection, Long.class, "SELECT count(*) FROM t WHERE a = 9999"))
                .containsExactly(0L);
    }

    @Test
    void barriers_withAutoCommitOff_runOutsideATransaction() {
        done(connection.setAutoCommit(false));

        exec(connection, "VACUUM");
        assertThat(read(connection, Integer.class, "PRAGMA wal_checkpoint(TRUNCATE)"))
                .containsExactly(0);

        done(connection.setAutoCommit(true));
    }

    @Test
    void attach_afterVacuum_isStillRefused() {
        exec(connection, "VACUUM");

        assertFails(connection, "ATTACH ':memory:' AS x", R2dbcNonTransientException.class, "0A000");
    }

    @Test
    void checks_runBesideAnOpenTransaction() {
        Connection other = connect(database);
        done(other.beginTransaction());
        exec(other, "INSERT INTO t (a) VALUES (9999)");

        assertThat(read(connection, String.class, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(read(connection, String.class, "PRAGMA quick_check(5)")).containsExactly("ok");
        assertThat(read(other, String.class, "PRAGMA integrity_check")).containsExactly("ok");

        done(other.rollbackTransaction());
    }

    @Test
    void vacuumInto_boundPath_isACopy_oldFileIsRefused() {
        Path copy = directory.resolve("it's a copy.db");

        exec(connection, "VACUUM INTO ?", copy.toString());

        assertThat(TestDatabase.peek(copy, "SELECT count(*) FROM t")).isEqualTo(2000);
        assertThat(Await.error(TestDatabase.counts(connection, "VACUUM INTO ?", copy.toString())))
                .isInstanceOf(R2dbcException.class);
    }

    @Test
    void backup_underWrites_isASnapshot_privateAndWhole() throws Exception {
        SqliteBackup backup = SqliteCapabilities.require(connection, SqliteBackup.class);
        exec(connection, "CREATE TABLE log (n INTEGER PRIMARY KEY)");
        CompletableFuture<Long> writes = Flux.range(1, 3000)
                .concatMap(i -> database.using(c -> TestDatabase.counts(c, "INSERT INTO log VALUES (?)", i)))
                .count()
                .toFuture();
        for (int i = 0; i < 8; i++) {
            Path copy = directory.resolve("copy" + i + ".db");
            done(backup.backup(copy));

            assertThat(TestDatabase.peek(copy, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(TestDatabase.peek(copy, "SELECT count(*) = ifnull(max(n), 0) FROM log"))
                    .as("a prefix of what was committed")
                    .isEqualTo(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
        }
        assertThat(writes).succeedsWithin(25, TimeUnit.SECONDS).isEqualTo(3000L);
        assertNoRemains();
    }

    private void assertNoRemains() throws Exception {
        try (var files = Files.list(directory)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(".part"));
        }
    }

    @Test
    void backup_atOnce_toOnePlace_oneWins() throws Exception {
        SqliteBackup backup = SqliteCapabilities.require(connection, SqliteBackup.class);
        Path copy = directory.resolve("copy.db");

        List<String> outcome = Await.all(Flux.range(0, 6)
                .flatMap(i -> backup.backup(copy)
                        .thenReturn("done")
                        .onErrorResume(
                                R2dbcNonTransientResourceException.class,
                                e -> reactor.core.publisher.Mono.just("refused"))));

        assertThat(outcome).hasSize(6).contains("done");
        assertThat(TestDatabase.peek(copy, "PRAGMA integrity_check")).isEqualTo("ok");
        assertNoRemains();
    }

    @Test
    void backup_impossible_isATypedError() throws Exception {
        SqliteBackup backup = SqliteCapabilities.require(connection, SqliteBackup.class);
        Path present = Files.writeString(directory.resolve("present.db"), "mine");

        assertThat(assertFails(backup.backup(present), R2dbcNonTransientResourceException.class, "08001"))
                .hasMessageContaining("exists");
        assertThat(assertFails(
                        backup.backup(directory.resolve("none/copy.db")),
                        R2dbcNonTransientResourceException.class,
                        "08001"))
                .hasMessageContaining("folder");
        assertThat(Files.readString(present)).isEqualTo("mine");
        assertNoRemains();
    }

    @Test
    void backup_cancelled_leavesNothing() throws Exception {
        SqliteBackup backup = SqliteCapabilities.require(connection, SqliteBackup.class);
        for (int i = 0; i < 20; i++) {
            var running = backup.backup(directory.resolve("copy" + i + ".db")).subscribe();
            Thread.onSpinWait();
            if (i % 2 == 0) {
                Await.done(TestDatabase.column(connection, Integer.class, "SELECT 1"));
            }
            running.dispose();
        }

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(10))
                .untilAsserted(this::assertNoRemains);
        assertThat(read(connection, String.class, "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void deferForeignKeys_holdsForItsTransaction() {
        exec(connection, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec(connection, "CREATE TABLE child (p INTEGER REFERENCES parent)");

        assertThat(assertFails(connection, "PRAGMA defer_foreign_keys = ON", R2dbcNonTransientException.class, "25P01"))
                .hasMessageContaining("transaction");

        done(connection.beginTransaction());
        exec(connection, "PRAGMA defer_foreign_keys = ON");
        exec(connection, "INSERT INTO child VALUES (1)");
        exec(connection, "INSERT INTO parent VALUES (1)");
        done(connection.commitTransaction());
        assertFails(connection, "INSERT INTO child VALUES (2)", R2dbcDataIntegrityViolationException.class, "23503");

        done(connection.beginTransaction());
        exec(connection, "PRAGMA defer_foreign_keys = ON");
        exec(connection, "INSERT INTO child VALUES (3)");
        assertFails(connection.commitTransaction(), R2dbcDataIntegrityViolationException.class, "23503");
        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(read(connection, Integer.class, "SELECT p FROM child")).containsExactly(1);
    }

    @Test
    void deferForeignKeys_withAutoCommitOff_beginsTheTransaction() {
        exec(connection, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec(connection, "CREATE TABLE child (p INTEGER REFERENCES parent)");
        done(connection.setAutoCommit(false));

        exec(connection, "PRAGMA defer_foreign_keys = 1");
        exec(connection, "INSERT INTO child VALUES (1)");
        exec(connection, "INSERT INTO parent VALUES (1)");
        done(connection.commitTransaction());
        done(connection.setAutoCommit(true));

        assertThat(read(connection, Integer.class, "SELECT p FROM child")).containsExactly(1);
    }

    @Test
    void filePragmas_areKept() {
        exec(connection, "PRAGMA user_version = 42");
        exec(connection, "PRAGMA application_id = 7");

        assertThat(read(connection, Integer.class, "PRAGMA user_version")).containsExactly(42);
        assertThat(TestDatabase.peek(database.file(), "PRAGMA application_id")).isEqualTo(7);
        done(connection.beginTransaction());
        exec(connection, "PRAGMA user_version = 43");
        done(connection.rollbackTransaction());
        assertThat(read(connection, Integer.class, "PRAGMA user_version")).containsExactly(42);
    }
}
