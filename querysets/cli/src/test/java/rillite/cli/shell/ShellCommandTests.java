package rillite.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;
import rillite.cli.Main;

/** The shell behind a pipe: a runner of scripts. */
final class ShellCommandTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    private Ran type(String script, Object... options) {
        Object[] words = new Object[options.length + 2];
        words[0] = "shell";
        words[1] = shop;
        System.arraycopy(options, 0, words, 2, options.length);
        return Cli.runWith(script, false, words);
    }

    @Test
    void statements_runAtTheirSemicolons() {
        Ran ran = type(
                "SELECT name\n  FROM tag -- ; not here\n WHERE name <> ';'\nORDER BY 1;; SELECT 1 AS one, NULL AS none;\n");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).containsExactly("name", "math", "sea", "winter", "one  none", "  1  NULL");
    }

    @Test
    void lastStatement_needsNoSemicolon() {
        assertThat(type("SELECT 42 AS answer").lines()).containsExactly("answer", "    42");
        assertThat(type("").out()).isEmpty();
        assertThat(type("-- nothing\n/* at all */\n").out()).isEmpty();
    }

    @Test
    void querySets_runToo() {
        Ran ran = type("book.filter(\n  pages__gt=300\n).orderBy(-pages).values(title, pages)\ntag.limit(1);\n");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines())
                .containsExactly(
                        "title               pages",
                        "A Field of Numbers    410",
                        "The Quiet Harbour     320",
                        "name",
                        "math");
    }

    @Test
    void json_isOneObjectInALine() {
        assertThat(type("SELECT 1 AS a, 'x' AS b, x'01' AS c;\ntag.limit(1)\n", "--json")
                        .lines())
                .containsExactly("{\"a\":1,\"b\":\"x\",\"c\":{\"$base64\":\"AQ==\"}}", "{\"name\":\"math\"}");
    }

    @Test
    void writes_areRefusedWithoutTheOption() {
        Ran ran = type("SELECT 1;\nDELETE FROM tag;\nSELECT 2;\n");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.lines()).containsExactly("1", "1");
        assertThat(ran.err()).startsWith("Line 2: ").contains("--write").doesNotContain("\tat ");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM tag")).isEqualTo(List.of(List.of(3)));
    }

    @Test
    void script_withTriggersAndTransactions_runs() {
        Ran ran = type(
                "CREATE TRIGGER t AFTER INSERT ON tag BEGIN\n  SELECT 1;\n  UPDATE author SET born = NULL;\nEND;\n"
                        + "BEGIN;\nINSERT INTO tag VALUES ('gone');\nROLLBACK;\n"
                        + "BEGIN IMMEDIATE;\nINSERT INTO tag VALUES ('kept') RETURNING name;\nCOMMIT;\n",
                "--write");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("Writing to ");
        assertThat(ran.lines()).containsExactly("name", "kept");
        assertThat(Cli.rows(shop, "SELECT name FROM tag WHERE name IN ('gone', 'kept')"))
                .isEqualTo(List.of(List.of("kept")));
    }

    @Test
    void error_endsTheScript_andWhatRanBeforeStays() {
        Ran ran = type(
                "INSERT INTO tag VALUES ('one');\n\n\nINSERT INTO\n tagg VALUES (2);\nINSERT INTO tag VALUES ('three');",
                "--write");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("Line 4: ", "tagg").doesNotContain("\tat ");
        assertThat(Cli.rows(shop, "SELECT name FROM tag WHERE name IN ('one', 'three')"))
                .isEqualTo(List.of(List.of("one")));
        assertThat(type("SELECT * FROM tag WHERE nam = 1;").err()).contains("Line 1: ", "nam");
        assertThat(type("bok.limit(1)").err()).contains("Line 1: ", "Did you mean book?");
        assertThat(type("SELECT 'no end").code()).isEqualTo(1);
    }

    @Test
    void endlessStatements_areRefused_andLineEndsOfAnyKindRead() {
        Ran endless = type("SELECT '" + "x".repeat(51_000_000));

        assertThat(endless.code()).isEqualTo(2);
        assertThat(endless.err()).contains("The statement that begins in line 1 is longer than 50,000,000 characters");
        assertThat(type("\ufeffSELECT\r\n1 AS n;\r\n").lines()).containsExactly("n", "1");
    }

    @Test
    void dotCommands_tellOfTheDatabase() {
        Ran ran = type(
                ".tables\n.schema \"order line\"\n.explain SELECT * FROM book WHERE author_id = 1\n.exit\nSELECT 1;");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.lines())
                .contains("bestseller (view)  id, title, sold", "CREATE TABLE \"order line\" (")
                .anyMatch(line -> line.startsWith("SEARCH book USING INDEX book_author"))
                .doesNotContain("1");
        assertThat(type(".help").out()).contains(".explain SELECT ..");
    }

    @Test
    void dotCommands_misspelt_nameTheNearest() {
        assertThat(type(".tables;").out()).isEqualTo(type(".tables").out()).isNotEmpty();
        assertThat(type(".tabels").err()).contains("There is no command \".tabels\".", "Did you mean .tables?");
        assertThat(type(".schema boook").err()).contains("There is no table \"boook\".", "Did you mean book?");
        assertThat(type(".explain").err()).contains("A statement is missing");
    }

    @Test
    void explain_ofSeveralStatements_isRefused_andRunsNone() {
        for (String several : List.of(
                "SELECT 1; DELETE FROM tag",
                "; SELECT 1; DELETE FROM tag;",
                "CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT 1; DELETE FROM tag; END; DELETE FROM tag")) {
            Ran ran = type(".explain " + several + "\n", "--write");

            assertThat(Cli.rows(shop, "SELECT count(*) FROM tag")).as(several).isEqualTo(List.of(List.of(3)));
            assertThat(ran.code()).as(several).isEqualTo(1);
            assertThat(ran.err()).contains(".explain takes one statement");
        }
        type(".explain CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT 1; DELETE FROM tag; END", "--write");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM tag")).isEqualTo(List.of(List.of(3)));
        assertThat(type(".explain DELETE FROM tag;", "--write").code()).isZero();
        assertThat(type(".explain -- nothing").err()).contains("A statement is missing");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM tag")).isEqualTo(List.of(List.of(3)));
    }

    @Test
    void longTexts_areRead() {
        String text = "x".repeat(100_000);

        assertThat(type("tag.filter(\nname='" + text + "');\nSELECT length('" + text + "') AS n;\n")
                        .lines())
                .containsExactly("     n", "100000");
    }

    @Test
    void repeatedTitles_areNumbered() {
        assertThat(type("SELECT 1 AS a, 2 AS b, 3 AS a, 4 AS a_2, 5 AS a;", "--json")
                        .lines())
                .containsExactly("{\"a\":1,\"b\":2,\"a_2\":3,\"a_2_2\":4,\"a_3\":5}");
    }

    @Test
    void scriptThatEndsInATransaction_fails() {
        for (String script : List.of(
                "BEGIN;\nINSERT INTO tag VALUES ('lost');\n",
                "SAVEPOINT s;\nINSERT INTO tag VALUES ('lost');",
                "BEGIN; INSERT INTO tag VALUES ('lost');\n.exit\nCOMMIT;")) {
            Ran ran = type(script, "--write");

            assertThat(ran.code()).as(script).isEqualTo(1);
            assertThat(ran.err()).contains("The transaction was not committed").doesNotContain("\tat ");
        }
        assertThat(Cli.rows(shop, "SELECT name FROM tag WHERE name = 'lost'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void longRows_needNoRoom(boolean json) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "shell",
                shop.toString()));
        if (json) {
            command.add("--json");
        }
        Path script = Files.writeString(
                folder.resolve("script.sql"),
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)"
                        + " SELECT i, printf('%.*c', 1000000, 'x') AS x FROM n;");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectInput(script.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (Stream<String> lines = Files.lines(out)) {
            assertThat(lines.mapToInt(String::length).summaryStatistics()).satisfies(lengths -> {
                assertThat(lengths.getCount()).isEqualTo(json ? 300 : 301);
                if (json) {
                    assertThat(lengths.getMin()).isGreaterThan(1_000_000);
                } else {
                    assertThat(lengths.getMax())
                            .as("no screen: 1000 characters a cell")
                            .isLessThanOrEqualTo(1_100);
                }
            });
        }
    }

    @Test
    void hostileValues_doNotSteerTheScreen() {
        assertThat(type("SELECT char(27) || '[2J' AS \"\u001b]0;x\";").out()).doesNotContain("\u001b");
    }

    @Test
    void manyRows_areCut() {
        Ran ran = type("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).hasSize(1001);
        assertThat(ran.err()).contains("There are more rows than 1,000: add a LIMIT.");
    }
}
