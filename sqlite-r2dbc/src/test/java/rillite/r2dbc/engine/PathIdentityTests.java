package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import rillite.r2dbc.SqliteConnectionFactory;

/** However a file is named, there is one engine for it. */
final class PathIdentityTests extends EngineCase {
    private void assertOneEngine(SqliteConnectionFactory first, SqliteConnectionFactory second) {
        Connection one = connect(first);
        Connection two = connect(second);
        exec(one, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");

        assertThat(exec(two, "INSERT INTO t VALUES (2)")).containsExactly(1L);
        assertThat(read(one, Integer.class, "SELECT a FROM t")).containsExactly(1, 2);
        assertThat(stats(first)).isEqualTo(stats(second));
        assertThat(stats(first).writes()).isEqualTo(3);
    }

    private SqliteConnectionFactory file(Path path) {
        return factory("r2dbc:sqlite:file:///" + path);
    }

    @Test
    void symbolicLink_isTheFileItPointsTo() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("real"));
        Path link = directory.resolve("link.db");
        Files.createSymbolicLink(link, folder.resolve("app.db"));
        Files.createFile(folder.resolve("app.db"));

        assertOneEngine(file(link), file(folder.resolve("app.db")));

        assertThat(folder.resolve("app.db-wal")).exists();
        assertThat(directory.resolve("link.db-wal")).doesNotExist();
    }

    @Test
    void linkedFolder_isTheFolder() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), folder);

        assertOneEngine(file(link.resolve("app.db")), file(folder.resolve("app.db")));
    }

    @Test
    void parentOfALinkedFolder_isTheParentOfWhatItPointsTo() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("deep/real"));
        Files.createSymbolicLink(directory.resolve("link"), folder);

        assertOneEngine(file(directory.resolve("link/../app.db")), file(directory.resolve("deep/app.db")));

        assertThat(directory.resolve("app.db")).doesNotExist();
    }

    @Test
    void hardLink_isTheSameFile() throws IOException {
        Path path = Files.createFile(directory.resolve("app.db"));
        Path link = Files.createLink(directory.resolve("other.db"), path);

        assertOneEngine(file(path), file(link));

        assertThat(directory.resolve("app.db-wal")).exists();
        assertThat(directory.resolve("other.db-wal")).doesNotExist();
    }

    @Test
    void detour_isTheSameFile() throws IOException {
        Files.createDirectory(directory.resolve("sub"));

        assertOneEngine(file(directory.resolve("sub/.././app.db")), file(directory.resolve("app.db")));
    }

    @Test
    void relativePath_isFromTheWorkingFolder() {
        Path here = Path.of("").toAbsolutePath();
        Path relative = here.relativize(directory.toAbsolutePath()).resolve("app.db");

        assertOneEngine(factory("r2dbc:sqlite:file:///" + relative), file(directory.resolve("app.db")));
    }

    @Test
    void tilde_isTheHomeFolder() {
        String name = "rillite-test-" + UUID.randomUUID() + "/none.db";

        assertThat(assertFails(
                        factory("r2dbc:sqlite:file:///~/" + name).create(),
                        R2dbcNonTransientResourceException.class,
                        "08001"))
                .hasMessageContaining(
                        Path.of(System.getProperty("user.home"), name).toString());
    }

    @Test
    void differentFiles_ofOneName_areTwoEngines() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Files.createDirectory(directory.resolve("b"));
        Connection a = connect(file(directory.resolve("a/app.db")));
        Connection b = connect(file(directory.resolve("b/app.db")));

        exec(a, "CREATE TABLE t (a)");
        exec(b, "CREATE TABLE t (b)");

        assertThat(read(b, String.class, "SELECT name FROM pragma_table_info('t')"))
                .containsExactly("b");
    }

    @Test
    void oddNames_work() {
        for (String name :
                new String[] {"with space.db", "per%25cent.db", "größe.db", "it's.db", "a&b=c.db", "semi;.db"}) {
            Connection connection =
                    connect(factory("r2dbc:sqlite:file:///" + directory + "/" + name.replace(" ", "%20")));
            exec(connection, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");

            assertThat(read(connection, Integer.class, "SELECT a FROM t")).containsExactly(1);
            assertThat(directory.resolve(name.replace("%25", "%"))).exists();
        }
    }
}
