package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

final class BackupCommandTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
        copy = folder.resolve("copy.db");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void copy_isWholeAndChecked() throws IOException {
        byte[] before = Files.readAllBytes(shop);

        Ran ran = Cli.run("backup", shop, copy);

        assertThat(ran.err()).isEqualTo("Writing to " + copy + "\n");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(" KB to " + copy, "integrity_check: ok.");
        assertThat(Cli.rows(copy, "SELECT title FROM book")).isEqualTo(Cli.rows(shop, "SELECT title FROM book"));
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        assertThat(names()).containsExactly("copy.db", "shop.db");
    }

    @Test
    void whileOthersWrite_itIsOneMoment() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + shop);
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.executeUpdate("INSERT INTO tag VALUES ('done')");
            other.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO tag VALUES ('open')");

            Ran ran = Cli.run("backup", shop, copy);
            assertThat(ran.code()).as(ran.err()).isZero();

            other.commit();
            assertThat(Cli.rows(copy, "SELECT count(*) FROM tag").toString()).isEqualTo("[[4]]");
            assertThat(Cli.run("backup", shop, copy, "--force", "--json").out()).contains("\"integrity\": \"ok\"");
            assertThat(Cli.rows(copy, "SELECT count(*) FROM tag").toString()).isEqualTo("[[5]]");
        }
    }

    @Test
    void fileThatExists_isReplacedWithForceOnly() throws IOException {
        Files.writeString(copy, "mine");

        Ran refused = Cli.run("backup", shop, copy);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("exists", "--force");
        assertThat(Files.readString(copy)).isEqualTo("mine");
        assertThat(Cli.run("backup", shop, copy, "--force").code()).isZero();
        assertThat(Cli.rows(copy, "SELECT count(*) FROM tag").toString()).isEqualTo("[[3]]");
    }

    @Test
    void filesInUse_areNeverReplaced() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.db"), shop);
        Files.writeString(copy, "");
        Files.writeString(folder.resolve("copy.db-wal"), "");

        assertThat(Cli.run("backup", shop, shop, "--force").err()).contains("belongs to the database itself");
        assertThat(Cli.run("backup", shop, folder.resolve("link.db"), "--force").err())
                .contains("belongs to the database itself");
        assertThat(Cli.run("backup", shop, copy, "--force").err()).contains("copy.db-wal", "seems to use it");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM tag").toString()).isEqualTo("[[3]]");
    }

    @Test
    void damagedDatabase_givesNoCopy() throws IOException {
        Cli.jdbc(
                shop,
                "CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                        + " SELECT i, hex(randomblob(50)) AS t FROM n");
        byte[] bytes = Files.readAllBytes(shop);
        for (int i = bytes.length - 3 * 4096; i < bytes.length - 4096; i++) {
            bytes[i] = 0x11;
        }
        Files.write(shop, bytes);

        Ran ran = Cli.run("backup", shop, copy);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).doesNotContain("\tat ");
        assertThat(names()).containsExactly("shop.db");
    }

    @Test
    void wrongCalls() {
        assertThat(Cli.run("backup", folder.resolve("gone.db"), copy).err()).contains("There is no file");
        assertThat(Cli.run("backup", shop, folder.resolve("gone/copy.db")).err())
                .contains("There is no folder");
        assertThat(Cli.run("backup", shop, folder).err()).contains("is no file");
        assertThat(Cli.run("backup", shop).err()).contains("COPY");
    }
}
