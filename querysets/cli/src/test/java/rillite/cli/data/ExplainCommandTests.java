package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

final class ExplainCommandTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    @Test
    void explain_fullScan_isMarkedAndTheIndexProposed() {
        Ran ran = Cli.run("explain", shop, "SELECT * FROM book WHERE title = ? ORDER BY pages");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.lines())
                .containsExactly(
                        "├─ SCAN book  <- full scan",
                        "└─ USE TEMP B-TREE FOR ORDER BY",
                        "",
                        "With this index:",
                        "  CREATE INDEX \"book_title_pages\" ON \"book\"(\"title\", \"pages\");",
                        "",
                        "it would be, as tried on a copy:",
                        "└─ SEARCH book USING INDEX book_title_pages (title=?)");
    }

    @Test
    void explain_querySet_showsItsSql() {
        Ran ran = Cli.run("explain", shop, "book.filter(author__name='Ada').values(title)");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("SELECT \"book\".\"title\" FROM \"book\" JOIN \"author\"")
                .contains("CREATE INDEX");
    }

    @Test
    void explain_goodPlan_isNoFinding() {
        Ran ran = Cli.run("explain", shop, "SELECT * FROM book WHERE id = 1");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .containsExactly("└─ SEARCH book USING INTEGER PRIMARY KEY (rowid=?)", "", "No table is read whole.");
        assertThat(Cli.run("explain", shop, "SELECT * FROM book").out())
                .contains("No index over the columns of the query would change that.");
    }

    @Test
    void explain_json_hasTheTrees() {
        assertThat(Cli.run("explain", shop, "SELECT * FROM book WHERE title = 'x'", "--json")
                        .out())
                .contains(
                        "\"detail\": \"SCAN book\"",
                        "\"fullScan\": true",
                        "\"CREATE INDEX \\\"book_title\\\" ON \\\"book\\\"(\\\"title\\\")\"");
    }

    @Test
    void explain_onAScreen_isRed() {
        assertThat(Cli.runWatched("explain", shop, "SELECT * FROM book").out())
                .contains("\u001b[31mSCAN book  <- full scan\u001b[0m");
    }

    @Test
    void explain_write_isNotRun() {
        Ran ran = Cli.run("explain", shop, "DELETE FROM book WHERE title = 'x'");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(Cli.rows(shop, "SELECT count(*) FROM book").get(0)).containsExactly(4);
    }

    @Test
    void explain_wrongCalls() {
        assertThat(Cli.run("explain", shop, "SELECT * FROM boook").code()).isEqualTo(2);
        assertThat(Cli.run("explain", shop, "book.count()").err()).contains("\"count\" cannot stand here");
        assertThat(Cli.run("explain", shop, "SELECT 1; SELECT 2").err()).contains("there are 2");
    }
}
