package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli.Ran;

final class DoctorCommandTests {

    @TempDir
    Path folder;

    private Path healthy() {
        return Cli.database(
                folder.resolve("healthy.db"),
                "PRAGMA journal_mode = WAL; CREATE TABLE a(id INTEGER PRIMARY KEY);"
                        + "CREATE TABLE b(id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a(id)); CREATE INDEX i ON b(a_id);");
    }

    @Test
    void doctor_healthyFile_findsNothing() {
        Ran ran = Cli.run("doctor", healthy());

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("ok      integrity", "ok      foreign keys", "ok      indexes", "Nothing to repair.")
                .doesNotContain("warning", "error");
    }

    @Test
    void doctor_json_listsFindings() {
        Ran ran = Cli.run("doctor", healthy(), "--json", "--quick");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("\"level\": \"ok\"", "\"check\": \"integrity\"", "\"fix\": null");
    }

    @Test
    void doctor_journalModeAndMissingIndexes_areFindingsWithTheirFix() {
        Ran ran = Cli.run("doctor", Cli.shop(folder));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "warning journal mode    delete",
                        "PRAGMA journal_mode = WAL",
                        "author(mentor_id) -> author(id) has none",
                        "CREATE INDEX \"author_mentor_id\" ON \"author\"(\"mentor_id\")",
                        "CREATE INDEX \"order line_book_id\" ON \"order line\"(\"book_id\")",
                        "CREATE INDEX \"book_tag_tag_name\" ON \"book_tag\"(\"tag_name\")",
                        "4 findings.")
                .doesNotContain("book(author_id) -> author(id) has none");
    }

    @Test
    void doctor_fix_isAcceptedBySqlite() {
        Path shop = Cli.shop(folder);
        Cli.run("doctor", shop).lines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("fix"))
                .map(line -> line.substring(3).strip())
                .filter(fix -> fix.startsWith("CREATE INDEX"))
                .forEach(fix -> Cli.jdbc(shop, fix));

        assertThat(Cli.run("doctor", shop).out()).contains("ok      indexes");
    }

    @Test
    void doctor_violations_areCountedByKey_withAQueryThatShowsThem() {
        Path file = healthy();
        Cli.jdbc(file, "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1), (2, 7), (3, 8), (4, NULL)");

        Ran ran = Cli.run("doctor", file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("b(a_id) -> a(id): 2 rows point to nothing, for example rowid 2")
                .contains("SELECT * FROM \"b\" AS c WHERE c.\"a_id\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"a\""
                        + " AS p WHERE p.\"id\" = c.\"a_id\")");
        assertThat(Cli.rows(
                        file,
                        "SELECT * FROM \"b\" AS c WHERE c.\"a_id\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"a\" AS"
                                + " p WHERE p.\"id\" = c.\"a_id\")"))
                .hasSize(2);
    }

    @Test
    void doctor_damagedIndex_isAnError() throws IOException {
        Path file = healthy();
        Cli.jdbc(
                file,
                "PRAGMA journal_mode = DELETE; INSERT INTO a VALUES (1);"
                        + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO b SELECT i, 1 FROM n");
        int root =
                (Integer) Objects.requireNonNull(Cli.rows(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'i'")
                        .get(0)
                        .get(0));
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (root - 1) * 4096, root * 4096, (byte) 0x5a);
        Files.write(file, bytes);

        Ran ran = Cli.run("doctor", file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("error   integrity").contains("restore a backup");
    }

    @Test
    void doctor_viewsAndKeysThatLeadNowhere_areFindings() {
        Path file = Cli.database(
                folder.resolve("odd.db"),
                "PRAGMA journal_mode = WAL; CREATE TABLE t(a REFERENCES gone(x)); CREATE VIEW v AS SELECT 1 FROM gone");

        Ran ran = Cli.run("doctor", file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "warning declarations    v cannot be read: ", "DROP VIEW \"v\"", "t(a) -> gone(x) is dangling");
    }

    @Test
    void doctor_writerWithTheResetBug_isNamed() throws IOException {
        Path file = healthy();
        byte[] bytes = Files.readAllBytes(file);
        int version = 3_045_001;
        for (int i = 0; i < 4; i++) {
            bytes[96 + i] = (byte) (version >> 24 - 8 * i);
        }
        Files.write(file, bytes);

        assertThat(Cli.run("doctor", file).out())
                .contains("a program with SQLite 3.45.1 wrote this file last", "update that program");
    }
}
