package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** What cannot be opened says so in one typed error, and can be opened once its cause is gone. */
final class OpenFailureTests extends EngineCase {
    private R2dbcException failure(SqliteConnectionFactory factory, String sqlState) {
        return assertFails(factory.create(), R2dbcNonTransientResourceException.class, sqlState);
    }

    private SqliteConnectionFactory file(Path path, String options) {
        return factory("r2dbc:sqlite:file:///" + path + options);
    }

    @Test
    void folder_missing_thenMade() throws IOException {
        Path path = directory.resolve("none/app.db");
        SqliteConnectionFactory factory = file(path, "");

        assertThat(failure(factory, "08001")).hasMessageContaining("folder").hasMessageContaining(path.toString());
        assertThat(failure(factory, "08001")).hasMessageContaining("folder");

        Files.createDirectory(path.getParent());
        assertThat(exec(connect(factory), "CREATE TABLE t (a); INSERT INTO t VALUES (1)"))
                .containsExactly(1L);
    }

    @Test
    void file_missing_withModeRw_thenMade() throws Exception {
        Path path = directory.resolve("app.db");
        SqliteConnectionFactory factory = file(path, "?mode=rw");

        assertThat(failure(factory, "08001"))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("mode");
        assertThat(path).doesNotExist();

        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
        }
        assertThat(exec(connect(factory), "INSERT INTO t VALUES (1)")).containsExactly(1L);
    }

    @Test
    void directory_isNoDatabase() {
        assertThat(failure(file(directory, ""), "08001")).hasMessageContaining("directory");
    }

    @Test
    void specialFile_isNoDatabase() {
        assertThat(failure(file(Path.of("/dev/null"), ""), "08001")).hasMessageContaining("regular file");
    }

    @Test
    void link_toNothing_isNoDatabase() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("nothing.db"));

        assertThat(failure(file(link, ""), "08001")).hasMessageContaining("does not exist");
    }

    @Test
    void text_isNoDatabase_thenReplaced() throws IOException {
        Path path = directory.resolve("app.db");
        Files.writeString(path, "this is no database, but a letter of more than one hundred bytes. ".repeat(30));
        SqliteConnectionFactory factory = file(path, "");

        assertThat(failure(factory, "XX001")).hasMessageContaining("not a database");

        assertThat(Files.readString(path)).as("the file is not touched").startsWith("this is no database");
        Files.delete(path);
        assertThat(exec(connect(factory), "CREATE TABLE t (a); INSERT INTO t VALUES (1)"))
                .containsExactly(1L);
    }

    @Test
    void randomBytes_behindAGoodHeader_areATypedError() throws IOException {
        byte[] bytes = new byte[64 * 1024];
        new Random(7).nextBytes(bytes);
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        Path path = Files.write(directory.resolve("app.db"), bytes);

        Throwable error = Await.error(file(path, "").create());

        assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo("XX001");
    }

    @Test
    void truncated_isATypedErrorOfTheStatement() throws Exception {
        Path path = directory.resolve("app.db");
        try (var jdbc = TestDatabase.jdbc(path);
                var statement = jdbc.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)"
                    + " INSERT INTO t SELECT hex(randomblob(50)) FROM n");
        }
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length / 2 / 4096 * 4096));
        SqliteConnectionFactory factory = file(path, "");

        Throwable error = Await.error(
                factory.create().flatMapMany(c -> TestDatabase.column(c, Long.class, "SELECT sum(length(a)) FROM t")));

        assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo("XX001");
    }

    @Test
    void emptyFile_isADatabase() throws IOException {
        Path path = Files.createFile(directory.resolve("app.db"));

        assertThat(exec(connect(file(path, "?mode=rw")), "CREATE TABLE t (a); INSERT INTO t VALUES (1)"))
                .containsExactly(1L);
    }

    @Test
    void fullPath_withQuestionMark_isRefused_notTruncated() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("what?"));
        Path link = Files.createSymbolicLink(directory.resolve("plain"), odd);

        assertThat(failure(file(link.resolve("app.db"), ""), "08001")).hasMessageContaining("?");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(odd, link);
        }
    }
}
