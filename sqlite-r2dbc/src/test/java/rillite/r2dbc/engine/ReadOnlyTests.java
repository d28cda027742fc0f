package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** mode=ro reads whatever there is, changes nothing, and refuses writes in words. */
final class ReadOnlyTests extends EngineCase {
    private Path existing(String journal) throws SQLException {
        Path path = directory.resolve(journal + ".db");
        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            statement.execute("PRAGMA journal_mode=" + journal);
            statement.execute("CREATE TABLE t (a INTEGER)");
            statement.execute("INSERT INTO t VALUES (1), (2), (3)");
        }
        return path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete", "truncate", "persist"})
    void everyJournal_isReadAndKept(String journal) throws Exception {
        Path path = existing(journal);
        byte[] before = Files.readAllBytes(path);
        TestDatabase database = openAt(path, "mode=ro");
        Connection connection = connect(database);

        assertThat(read(connection, Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactly(1, 2, 3);
        assertThat(read(connection, String.class, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(Await.all(Flux.range(0, 50)
                        .flatMap(i -> database.using(c -> TestDatabase.column(c, Long.class, "SELECT sum(a) FROM t")))))
                .hasSize(50)
                .containsOnly(6L);
        done(connection.close());
        database.close();

        assertThat(Files.readAllBytes(path)).isEqualTo(before);
        Object after = TestDatabase.peek(path, "PRAGMA journal_mode");
        assertThat(after).isEqualTo(journal.equals("wal") ? "wal" : "delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (4)",
                "DELETE FROM t",
                "WITH x AS (SELECT 9) INSERT INTO t SELECT * FROM x",
                "CREATE TABLE u (a)",
                "DROP TABLE t",
                "PRAGMA user_version = 3",
                "PRAGMA journal_mode = DELETE",
                "VACUUM",
                "ANALYZE",
                "PRAGMA wal_checkpoint"
            })
    void writes_areRefused(String sql) throws Exception {
        Connection connection = connect(openAt(existing("wal"), "mode=ro"));

        assertThat(assertFails(connection, sql, R2dbcPermissionDeniedException.class, "25006"))
                .hasMessageContaining("mode");
        done(connection.beginTransaction());
        assertFails(connection, sql, R2dbcPermissionDeniedException.class, "25006");
        done(connection.rollbackTransaction());
    }

    @Test
    void batchesAndTransactions_read() throws Exception {
        Connection connection = connect(openAt(existing("wal"), "mode=ro"));

        assertThat(Await.all(Flux.from(connection
                                .createBatch()
                                .add("SELECT 1")
                                .add("SELECT max(a) FROM t")
                                .execute())
                        .concatMap(result -> result.map(row -> row.get(0, Integer.class)))))
                .containsExactly(1, 3);
        done(connection.beginTransaction());
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(3L);
        done(connection.createSavepoint("s"));
        done(connection.rollbackTransactionToSavepoint("s"));
        done(connection.commitTransaction());
        done(connection.setAutoCommit(false));
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(3L);
        done(connection.commitTransaction());
    }

    @Test
    void othersWrites_areSeen() throws Exception {
        Path path = existing("wal");
        Connection connection = connect(openAt(path, "mode=ro"));
        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            for (int i = 4; i < 20; i++) {
                statement.execute("INSERT INTO t VALUES (" + i + ")");
                assertThat(read(connection, Integer.class, "SELECT max(a) FROM t"))
                        .containsExactly(i);
            }
        }
    }

    @Test
    void backupAndDedicatedSession_work() throws Exception {
        Path path = existing("wal");
        Connection connection = connect(openAt(path, "mode=ro"));
        Connection own = connect(openAt(path, "mode=ro", "session=dedicated"));

        done(SqliteCapabilities.require(connection, SqliteBackup.class).backup(directory.resolve("copy.db")));
        assertThat(TestDatabase.peek(directory.resolve("copy.db"), "SELECT sum(a) FROM t"))
                .isEqualTo(6);
        exec(own, "CREATE TEMP TABLE x (a)");
        assertThat(read(own, Long.class, "SELECT count(*) FROM x")).containsExactly(0L);
        assertFails(own, "INSERT INTO t VALUES (1)", R2dbcPermissionDeniedException.class, "25006");
    }

    @Test
    void rollbackJournal_backupWorks() throws Exception {
        Connection connection = connect(openAt(existing("delete"), "mode=ro"));

        done(SqliteCapabilities.require(connection, SqliteBackup.class).backup(directory.resolve("copy.db")));

        assertThat(TestDatabase.peek(directory.resolve("copy.db"), "SELECT sum(a) FROM t"))
                .isEqualTo(6);
    }

    @Test
    void immutable_readsWithoutTouchingTheFolder() throws Exception {
        Path path = existing("wal");
        Connection connection = connect(openAt(path, "immutable=true"));

        assertThat(read(connection, Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactly(1, 2, 3);
        assertFails(connection, "DELETE FROM t", R2dbcPermissionDeniedException.class, "25006");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void immutable_oddPath_isTheFileMeant() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("a b%41&c=d"));
        Path path = Files.move(existing("wal"), folder.resolve("x y.db"));
        Connection connection = connect(factory(
                "r2dbc:sqlite:file:///" + path.toString().replace("%", "%25").replace(" ", "%20") + "?immutable=true"));

        assertThat(read(connection, Integer.class, "SELECT a FROM t ORDER BY a"))
                .containsExactly(1, 2, 3);
    }

    @Test
    void missingFile_isNotMade() throws IOException {
        assertThat(Await.error(openAt(directory.resolve("none.db"), "mode=ro")
                        .factory()
                        .create()))
                .isInstanceOf(R2dbcException.class)
                .hasMessageContaining("does not exist");
        try (var files = Files.list(directory)) {
            List<Path> left = files.toList();
            assertThat(left).as(Arrays.toString(left.toArray())).isEmpty();
        }
    }
}
