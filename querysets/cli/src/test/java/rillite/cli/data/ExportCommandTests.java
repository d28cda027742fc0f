package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

final class ExportCommandTests {

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n";

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** What is in the folder beside the database and its log. */
    private List<String> others() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("shop.db"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void table_goesToAFileInTheFormOfItsName() throws IOException {
        Ran ran = Cli.run("export", shop, "book", folder.resolve("book.csv"));

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("4 rows to " + folder.resolve("book.csv") + " in ");
        assertThat(text("book.csv")).isEqualTo("""
                        id,title,author_id,pages,price,in_print,cover
                        1,The Quiet Harbour,1,320,12.5,1,x'89504e47'
                        2,Harbour Lights,1,280,11,0,
                        3,A Field of Numbers,2,410,24.9,1,
                        4,Été,3,150,,1,x''
                        """);
        assertThat(Cli.run("export", shop, "tag", folder.resolve("tag.ndjson")).code())
                .isZero();
        assertThat(text("tag.ndjson")).isEqualTo("{\"name\":\"math\"}\n{\"name\":\"sea\"}\n{\"name\":\"winter\"}\n");
        assertThat(Cli.run("export", shop, "order line", folder.resolve("o.json"))
                        .code())
                .isZero();
        assertThat(text("o.json")).startsWith("[\n{\"id\":1,").endsWith("}\n]\n");
        assertThat(others()).containsExactly("book.csv", "o.json", "tag.ndjson");
    }

    @Test
    void query_goesToStandardOutput() {
        assertThat(Cli.run("export", shop, "book.filter(pages__gt=300).values(title)")
                        .out())
                .isEqualTo("title\nThe Quiet Harbour\nA Field of Numbers\n");
        assertThat(Cli.run("export", shop, "SELECT '' AS a, NULL AS b, 'x,\"y' AS c", "-")
                        .out())
                .isEqualTo("a,b,c\n\"\",,\"x,\"\"y\"\n");
        assertThat(Cli.run("export", shop, "SELECT 1 AS a", "--json").out()).isEqualTo("[\n{\"a\":1}\n]\n");
    }

    @Test
    void noRows_stillHaveTheirTitles() {
        Cli.jdbc(shop, "CREATE TABLE none(a, \"b c\")");

        assertThat(Cli.run("export", shop, "none").out()).isEqualTo("a,b c\n");
        assertThat(Cli.run("export", shop, "SELECT id, count(*) AS n FROM book WHERE id > 99 GROUP BY id")
                        .out())
                .isEqualTo("id,n\n");
        assertThat(Cli.run("export", shop, "book.filter(id=99).values(id)").out())
                .isEqualTo("id\n");
        assertThat(Cli.run("export", shop, "none", "-f", "ndjson").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void whatWasExported_canBeImported(String form) {
        Path file = folder.resolve("copy." + form);
        Cli.jdbc(
                shop,
                "CREATE TABLE odd(i INTEGER, r REAL, t TEXT, b BLOB, d DATETIME, n, j JSON); CREATE TABLE copy AS SELECT * FROM"
                        + " odd WHERE 0; DROP TABLE copy; CREATE TABLE copy(i INTEGER, r REAL, t TEXT, b BLOB, d DATETIME, n, j"
                        + " JSON); INSERT INTO odd VALUES (9223372036854775807, 0.1, '', x'', '2024-01-05', NULL, '[1,{}]'),"
                        + " (-9223372036854775808, 1e300, 'a\"\n,\r\nb', x'00ff', NULL, 7, NULL), (NULL, NULL, NULL, NULL,"
                        + " 'soon', '007', 'x'), (0, 9e999, 'NULL', x'27', '', 1.5, '')");

        assertThat(Cli.run("export", shop, "odd", file).code()).isZero();
        Ran ran = Cli.run("import", shop, file);

        assertThat(ran.out()).contains("4 rows into copy");
        assertThat(Cli.rows(shop, "SELECT i, r, t, hex(b), typeof(b), d, n, typeof(n), j FROM copy"))
                .isEqualTo(Cli.rows(shop, "SELECT i, r, t, hex(b), typeof(b), d, n, typeof(n), j FROM odd"));
    }

    @Test
    void fileThatExists_isReplacedWithForceOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("tag.csv"), "mine");

        Ran refused = Cli.run("export", shop, "tag", file);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("exists", "--force");
        assertThat(text("tag.csv")).isEqualTo("mine");
        assertThat(Cli.run("export", shop, "tag", file, "--force").code()).isZero();
        assertThat(text("tag.csv")).startsWith("name\n");
    }

    @Test
    void databaseItself_isNeverReplaced() throws IOException {
        byte[] before = Files.readAllBytes(shop);
        List<Path> same = List.of(
                shop,
                Files.createSymbolicLink(folder.resolve("link.db"), shop),
                Files.createLink(folder.resolve("second.db"), shop),
                folder.resolve("shop.db-wal"),
                folder.resolve("shop.db-shm"),
                folder.resolve("shop.db-journal"));

        for (Path file : same) {
            Ran ran = Cli.run("export", shop, "tag", file, "--format", "csv", "--force");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("belongs to the database itself");
        }
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
    }

    @Test
    void databaseOfAnother_isNotReplacedWhileInUse() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "mine");
        Files.writeString(folder.resolve("other.csv-wal"), "");

        Ran ran = Cli.run("export", shop, "tag", other, "--force");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("other.csv-wal", "seems to use it");
        assertThat(text("other.csv")).isEqualTo("mine");
    }

    @Test
    void failureInTheMiddle_leavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("n.csv"), "mine");
        String sql = "SELECT abs(CASE WHEN i = 2000 THEN -9223372036854775807 - 1 ELSE i END) FROM ("
                + String.format(ENDLESS, 3000) + ")";

        Ran ran = Cli.run("export", shop, sql, file, "--force");

        assertThat(ran.code()).isNotZero();
        assertThat(ran.err()).contains("integer overflow").doesNotContain("\tat ");
        assertThat(text("n.csv")).isEqualTo("mine");
        assertThat(others()).containsExactly("n.csv");
    }

    @Test
    void bar_isThereOnAScreenOnly() {
        Cli.jdbc(shop, "CREATE TABLE many AS " + String.format(ENDLESS, 5000));

        assertThat(Cli.runWatched("export", shop, "many", folder.resolve("a.csv"))
                        .err())
                .contains("Exporting", "rows/s");
        assertThat(Cli.run("export", shop, "many", folder.resolve("b.csv")).err())
                .isEmpty();
    }

    @Test
    void json_tellsWhatWasDone() {
        assertThat(Cli.run("export", shop, "tag", folder.resolve("t.csv"), "--json")
                        .out())
                .contains("\"rows\": 3", "\"milliseconds\": ");
    }

    @Test
    void wrongCalls() {
        assertThat(Cli.run("export", shop, "tag", folder.resolve("t.xls")).err())
                .contains("--format csv, json or ndjson");
        assertThat(Cli.run("export", shop, "tag", folder.resolve("gone/t.csv")).err())
                .contains("There is no folder");
        assertThat(Cli.run("export", shop, "tag", "-f", "table").err()).contains("cannot be read back");
        assertThat(Cli.run("export", shop, "DELETE FROM tag").code()).isEqualTo(2);
        assertThat(Cli.run("export", shop, "tagg", folder.resolve("t.csv")).err())
                .contains("Did you mean tag?");
        assertThat(folder.resolve("t.csv")).doesNotExist();
    }
}
