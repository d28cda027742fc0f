package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli.Ran;

final class InspectCommandTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    @Test
    void inspect_showsTablesRowsAndRelations() {
        Ran ran = Cli.run("inspect", shop);

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines())
                .contains("bestseller (view)        id, title, sold")
                .anyMatch(line -> line.matches("TABLE +ROWS  COLUMNS +KEY +INDEXES"))
                .anyMatch(line -> line.matches("book +4  id, title, author_id, pages, price, in_print, … +id +1"))
                .anyMatch(line -> line.matches("author\\.mentor +one author +author\\(mentor_id\\) -> author\\(id\\)"))
                .anyMatch(line ->
                        line.matches("book\\.tags +many tag +book_tag: book_tag\\(tag_name\\) -> tag\\(name\\)"));
    }

    @Test
    void inspect_tableByName_showsItsColumns() {
        Ran ran = Cli.run("inspect", shop, "book", "order line");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .contains("book (table, 4 rows)", "order line (table, 3 rows)", "  CHECK (pages > 0)")
                .anyMatch(line -> line.matches("  author_id +INTEGER +no +author\\(id\\)"))
                .anyMatch(line -> line.matches("  book_author +author_id"));
    }

    @Test
    void inspect_oneRow_isNoRows() {
        Path one = Cli.database(folder.resolve("one.db"), "CREATE TABLE t(a); INSERT INTO t VALUES (1)");

        assertThat(Cli.run("inspect", one, "t").lines()).contains("t (table, 1 row)");
    }

    @Test
    void inspect_unknownTable_namesTheNearest() {
        Ran ran = Cli.run("inspect", shop, "boook");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("Unknown table \"boook\"", "Did you mean book?")
                .doesNotContain("\tat ", "refresh()");
    }

    @Test
    void inspect_json_isForPrograms() {
        Ran ran = Cli.run("inspect", shop, "tag", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("\"name\": \"tag\"", "\"rows\": 3", "\"withoutRowid\": true", "\"target\": \"book\"")
                .doesNotContain("\u001b");
    }

    @Test
    void inspect_onlyReads() throws IOException {
        byte[] before = Files.readAllBytes(shop);

        Cli.run("inspect", shop, "--exact");

        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("shop.db");
    }

    @Test
    void inspect_exact_countsViewsToo() {
        assertThat(Cli.run("inspect", shop, "--exact").lines())
                .anyMatch(line -> line.matches("bestseller \\(view\\) +2 +id, title, sold"));
    }

    @Test
    void inspect_fileInWalMode_leavesItSo() {
        Cli.jdbc(shop, "PRAGMA journal_mode = WAL");

        Ran ran = Cli.run("inspect", shop);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("journal mode wal");
        assertThat(Cli.rows(shop, "PRAGMA journal_mode")).isEqualTo(List.of(List.of("wal")));
    }

    @Test
    void inspect_emptyFile_saysSo() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.db"));

        Ran ran = Cli.run("inspect", empty);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("There is no table in it.");
    }

    @Test
    void inspect_fiveThousandTables_staysQuick() {
        StringBuilder script = new StringBuilder("BEGIN;");
        for (int i = 0; i < 5000; i++) {
            script.append("CREATE TABLE t")
                    .append(i)
                    .append("(id INTEGER PRIMARY KEY, p INTEGER REFERENCES t")
                    .append(i / 2)
                    .append("(id));");
        }
        Path many =
                Cli.database(folder.resolve("many.db"), script.append("COMMIT;").toString());

        Ran ran = Cli.run("inspect", many);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("5,000 tables").contains("t4999");
    }

    @Test
    void inspect_hostileNames_doNotSteerTheScreen() {
        Path hostile = Cli.database(
                folder.resolve("hostile.db"),
                "CREATE TABLE \"a\u001b[2J\u202eb\nc\" (\"x\u0007\" TEXT DEFAULT '\u001b[31m', \"\"\"\" INT)");

        Ran ran = Cli.run("inspect", hostile);
        Ran full = Cli.run("inspect", hostile, "a\u001b[2J\u202eb\nc");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("a\\u001b[2J\\u202eb\\nc", "x\\u0007");
        assertThat(ran.out() + full.out()).doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void inspect_viewThatLies_isShownWithItsProblem() {
        Path lying = Cli.database(folder.resolve("lying.db"), "CREATE TABLE t(a); CREATE VIEW v AS SELECT b FROM gone");

        Ran ran = Cli.run("inspect", lying);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("v cannot be read: ", "no such table: main.gone");
        assertThat(Cli.run("inspect", lying, "--mermaid"))
                .satisfies(InspectCommandTests::saysWhatCannotBeRead)
                .extracting(Ran::out)
                .asString()
                .startsWith("erDiagram");
        assertThat(Cli.run("inspect", lying, "--html", folder.resolve("v.html")))
                .satisfies(InspectCommandTests::saysWhatCannotBeRead);
    }

    private static void saysWhatCannotBeRead(Ran ran) {
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("v cannot be read: ", "no such table: main.gone");
    }

    @Test
    void inspect_endlessView_isNotWaitedFor() {
        Path endless = Cli.database(
                folder.resolve("endless.db"),
                "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");

        assertThat(Cli.run("inspect", endless).code()).isZero();
    }

    @Test
    void inspect_corruptPages_sayWhichTableCannotBeRead() throws IOException {
        Path corrupt = Cli.database(
                folder.resolve("corrupt.db"),
                "CREATE TABLE good(a); INSERT INTO good VALUES (1); CREATE TABLE bad(a);"
                        + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                        + " INSERT INTO bad SELECT hex(randomblob(100)) FROM n");
        int root = (Integer)
                Objects.requireNonNull(Cli.rows(corrupt, "SELECT rootpage FROM sqlite_schema WHERE name = 'bad'")
                        .get(0)
                        .get(0));
        byte[] bytes = Files.readAllBytes(corrupt);
        Arrays.fill(bytes, (root - 1) * 4096, root * 4096, (byte) 0x5a);
        Files.write(corrupt, bytes);

        Ran ran = Cli.run("inspect", corrupt);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("bad cannot be read: ").contains("SQLITE_CORRUPT");
        assertThat(ran.lines()).anyMatch(line -> line.matches("good +1 +a"));
    }
}
