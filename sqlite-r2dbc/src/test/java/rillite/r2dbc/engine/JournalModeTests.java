package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Journal modes and encodings other than the usual ones. */
final class JournalModeTests extends EngineCase {
    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "MEMORY"})
    void otherThanWal_oneConnectionServesEverything(String mode) {
        TestDatabase database = open("journalMode=" + mode);
        Connection connection = connect(database);
        exec(connection, "CREATE TABLE t (a)");

        Flux<Long> work = Flux.range(1, 100)
                .flatMap(
                        i -> database.using(c -> Flux.concat(
                                TestDatabase.counts(c, "INSERT INTO t VALUES (?)", i),
                                TestDatabase.column(c, Long.class, "SELECT count(*) FROM t WHERE a = ?", i))),
                        50);

        assertThat(Await.all(work)).hasSize(200).containsOnly(1L);
        assertThat(read(connection, String.class, "PRAGMA journal_mode")).containsExactly(mode.toLowerCase());
        assertThat(stats(database.factory()).readerConnections()).isZero();
        done(connection.beginTransaction());
        exec(connection, "DELETE FROM t");
        done(connection.rollbackTransaction());
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(100L);
        assertThat(directory.resolve("app.db-wal")).doesNotExist();
    }

    @Test
    void otherThanWal_hasNoDedicatedSessions() {
        assertThat(assertFails(
                        open("journalMode=DELETE", "session=dedicated")
                                .factory()
                                .create(),
                        R2dbcNonTransientException.class,
                        "0A000"))
                .hasMessageContaining("session=dedicated");
    }

    @Test
    void rollbackJournalFile_becomesWal_andBackOnDemand() throws SQLException {
        Path path = directory.resolve("app.db");
        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
        }
        assertThat(TestDatabase.peek(path, "PRAGMA journal_mode")).isEqualTo("delete");

        TestDatabase wal = open();
        assertThat(wal.value(String.class, "PRAGMA journal_mode")).isEqualTo("wal");
        wal.close();
        assertThat(TestDatabase.peek(path, "PRAGMA journal_mode")).isEqualTo("wal");

        TestDatabase back = open("journalMode=DELETE");
        assertThat(back.value(String.class, "PRAGMA journal_mode")).isEqualTo("delete");
        back.close();
        assertThat(TestDatabase.peek(path, "PRAGMA journal_mode")).isEqualTo("delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16le", "UTF-16be", "UTF-8"})
    void encoding_isReadRight(String encoding) throws SQLException {
        Path path = directory.resolve("app.db");
        List<String> texts =
                List.of("", "plain", "größe ÄÖÜ ß", "日本語", "𝄞 and 😀", "tab\tand\nline", "x".repeat(10_000));
        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            statement.execute("PRAGMA encoding='" + encoding + "'");
            statement.execute("CREATE TABLE t (a TEXT, b BLOB, n)");
            statement.execute("INSERT INTO t VALUES ('größe 😀', x'00ff10', 7)");
        }
        TestDatabase database = open();
        Connection connection = connect(database);

        assertThat(read(connection, String.class, "SELECT a FROM t")).containsExactly("größe 😀");
        assertThat(read(connection, byte[].class, "SELECT b FROM t")).containsExactly(new byte[] {0, -1, 16});
        assertThat(read(connection, Integer.class, "SELECT n FROM t")).containsExactly(7);
        exec(connection, "DELETE FROM t");
        for (String text : texts) {
            exec(connection, "INSERT INTO t VALUES (?, ?, ?)", text, ByteBuffer.wrap(new byte[] {1, 2}), 3);
        }
        assertThat(read(connection, String.class, "SELECT a FROM t ORDER BY rowid"))
                .isEqualTo(texts);
        assertThat(read(connection, String.class, "UPDATE t SET n = 4 RETURNING a"))
                .isEqualTo(texts);
        done(connection.beginTransaction());
        assertThat(read(connection, String.class, "SELECT a FROM t ORDER BY rowid"))
                .isEqualTo(texts);
        done(connection.rollbackTransaction());
        assertThat(Await.all(TestDatabase.column(connection, Clob.class, "SELECT a FROM t WHERE rowid = 4")
                        .concatMap(Clob::stream)
                        .collect(StringBuilder::new, StringBuilder::append)
                        .map(StringBuilder::toString)))
                .containsExactly("日本語");
        assertThat(Await.all(TestDatabase.column(connection, Blob.class, "SELECT b FROM t WHERE rowid = 4")
                        .concatMap(Blob::stream)
                        .concatMap(buffer -> Mono.just(buffer.remaining()))))
                .containsExactly(2);
        assertThat(TestDatabase.peek(path, "PRAGMA encoding")).isEqualTo(encoding);
    }

    @Test
    void encodingOption_makesANewFileSo() {
        TestDatabase database = open("pragma.encoding=UTF-16le", "pragma.page_size=8192");
        database.run("CREATE TABLE t (a TEXT)");
        database.run("INSERT INTO t VALUES (?)", "größe 😀");

        assertThat(database.read(String.class, "SELECT a FROM t")).containsExactly("größe 😀");
        database.close();
        assertThat(TestDatabase.peek(database.file(), "PRAGMA encoding")).isEqualTo("UTF-16le");
        assertThat(TestDatabase.peek(database.file(), "PRAGMA page_size")).isEqualTo(8192);
    }
}
