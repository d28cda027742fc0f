package rillite.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

final class MermaidTests {

    @TempDir
    Path folder;

    @Test
    void mermaid_printsTablesColumnsAndKeys() {
        Ran ran = Cli.run("inspect", Cli.shop(folder), "--mermaid");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .startsWith("erDiagram", "    \"author\" {", "        INTEGER id PK", "        TEXT name")
                .contains(
                        "        TEXT email UK",
                        "        DECIMAL price",
                        "        INTEGER book_id PK, FK",
                        "    \"order line\" {",
                        "    \"author\" }o--o| \"author\" : \"mentor_id\"",
                        "    \"book\" }o--|| \"author\" : \"author_id\"",
                        "    \"order line\" }o--|| \"book\" : \"book_id\"");
    }

    @Test
    void mermaid_namesThatItsGrammarCannotHold_areQuotedOrReplaced() {
        Path odd = Cli.database(
                folder.resolve("odd.db"),
                "CREATE TABLE \"a\"\"b%%{init}\n<img>\" (\"pk\" UNSIGNED BIG INT, \"1 st\" \"we\"\"ird(\", \"日本\" TEXT);"
                        + "CREATE TABLE \"x direction TB\" (y UNIQUE REFERENCES \"a\"\"b%%{init}\n<img>\"(pk))");

        List<String> lines = Cli.run("inspect", odd, "--mermaid").lines();

        assertThat(lines)
                .containsExactly(
                        "erDiagram",
                        "    \"table 0 -\"[\"a_b___init__n_img_\"] {",
                        "        UNSIGNED_BIG_INT _pk \"pk\"",
                        "        we_ird _1_st \"1 st\"",
                        "        TEXT 日本",
                        "    }",
                        "    \"table 1 -\"[\"x direction_ TB\"] {",
                        "        any y FK, UK",
                        "    }",
                        "    \"table 1 -\" |o--o| \"table 0 -\" : \"y\"");
    }

    @Test
    void mermaid_standsAlone() {
        Path shop = Cli.shop(folder);

        assertThat(Cli.run("inspect", shop, "--mermaid", "--json").err()).contains("--mermaid stands alone");
        assertThat(Cli.run("inspect", shop, "--mermaid", "--html", folder.resolve("a.html"))
                        .code())
                .isEqualTo(2);
    }
}
