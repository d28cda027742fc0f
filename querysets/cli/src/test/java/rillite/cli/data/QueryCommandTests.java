package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;

final class QueryCommandTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    private String json(String query, String... more) {
        String[] all = new String[5 + more.length];
        System.arraycopy(new String[] {"query", shop.toString(), query, "--format", "ndjson"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        Ran ran = Cli.run((Object[]) all);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return ran.out().stripTrailing();
    }

    @Test
    void querySet_table_isForPeople() {
        Ran ran = Cli.run("query", shop, "book.filter(pages__gt=200).orderBy(-pages).values(title, pages, price)");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .containsExactly(
                        "title               pages  price",
                        "A Field of Numbers    410   24.9",
                        "The Quiet Harbour     320   12.5",
                        "Harbour Lights        280     11",
                        "(3 rows)");
    }

    @Test
    void querySet_withoutVerbs_isTheWholeTable() {
        assertThat(json("tag")).isEqualTo("{\"name\":\"math\"}\n{\"name\":\"sea\"}\n{\"name\":\"winter\"}");
        assertThat(json("\"order line\".limit(1)"))
                .isEqualTo("{\"id\":1,\"book_id\":1,\"placed\":\"2024-01-05 08:00:00\",\"copies\":2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    book.count()                                                   | {"count":4}
                    book.filter(in_print=false).exists()                           | {"exists":true}
                    book.filter(author__name='Ada Brook').values(title).first()    | {"title":"The Quiet Harbour"}
                    book.exclude(pages__lt=300).order_by("-pages").values(id)[0]   |
                    author.filter(born__gte=1970-01-01).values(name)               | {"name":"Béla Nagy"}
                    book.filter(id__in=[2, 3]).values(id)                          | {"id":2}\\n{"id":3}
                    author.annotate(n=count(books)).filter(n__gt=1).values(name,n) | {"name":"Ada Brook","n":2}
                    book.aggregate(most=max(pages), least=min(pages))              | {"most":410,"least":150}
                    author.filter(mentor=null).values(id)                          | {"id":1}
                    book.find(4).values(id)                                        |
                    book.only(title).find(4)                                       | {"id":4,"title":"Été"}
                    book.filter(title__contains="d of").toSql()                    | {"sql":"SELECT .. LIKE"}
                    """)
    void querySet_verbs_giveRows(String query, String expected) {
        if (expected == null) {
            assertThat(Cli.run("query", shop, query).code()).isEqualTo(2);
        } else if (expected.contains("..")) {
            assertThat(json(query)).startsWith("{\"sql\":\"SELECT ");
        } else {
            assertThat(json(query)).isEqualTo(expected.replace("\\n", "\n"));
        }
    }

    @Test
    void querySet_relatedRows_areInsideOfTheirRow() {
        assertThat(json("book.only(title, author_id).selectRelated(author).prefetchRelated(tags).filter(id=2)"))
                .isEqualTo(
                        "{\"id\":2,\"title\":\"Harbour Lights\",\"author_id\":1,\"author\":{\"id\":1,\"name\":\"Ada Brook\",\"email\":"
                                + "\"ada@example.org\",\"born\":\"1961-04-02\",\"mentor_id\":null},"
                                + "\"tags\":[{\"name\":\"sea\"},{\"name\":\"winter\"}]}");
    }

    @Test
    void querySet_wrongNames_nameTheNearest() {
        Ran verb = Cli.run("query", shop, "book.fliter(id=1)");
        Ran field = Cli.run("query", shop, "book.filter(titel='x')");
        Ran lookup = Cli.run("query", shop, "book.filter(title__startwith='x')");
        Ran table = Cli.run("query", shop, "bok.count()");

        assertThat(List.of(verb.code(), field.code(), lookup.code(), table.code()))
                .containsOnly(2);
        assertThat(verb.err()).contains("There is no verb \"fliter\". Did you mean filter?");
        assertThat(field.err()).contains("Unknown field \"titel\"", "Did you mean title?");
        assertThat(lookup.err()).contains("startswith");
        assertThat(table.err()).contains("Did you mean book?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    book.filter(                  | expected a value at character 13, where the end is
                    book.filter(id=1              | expected ) or a comma
                    book.filter(title='x)         | expected an end of the quotes that begin here at character 19
                    book filter                   | expected a dot and a verb, or SQL at character 6
                    book.                         | expected the name of a verb
                    book.limit(many)              | limit(..) takes whole numbers
                    book.values(id=1)             | values(..) takes names
                    book.filter(1)                | filter(..) takes conditions
                    book.filter(id=1, id=2)       | "id" stands twice
                    book.count().limit(1)         | "count" ends a query
                    author.annotate(n=cuont(books)) | Did you mean count?
                    SELECT 1; SELECT 2            | One statement is expected, and there are 2
                    `                              `| expected the name of a table
                    """)
    void querySet_thatCannotBeRead_saysWhere(String query, String said) {
        Ran ran = Cli.run("query", shop, query);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(said).doesNotContain("\tat ");
    }

    @Test
    void querySet_nestedBeyondReason_isRefused() {
        Ran ran = Cli.run("query", shop, "book.filter(id__in=" + "[".repeat(100_000));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("fewer brackets");
    }

    @Test
    void sql_formats_writeTheSameRows() {
        String sql = "SELECT id, title, price, cover FROM book WHERE id IN (1, 4) ORDER BY id";

        assertThat(Cli.run("query", shop, sql, "-f", "csv").out())
                .isEqualTo("id,title,price,cover\n1,The Quiet Harbour,12.5,x'89504e47'\n4,Été,,x''\n");
        assertThat(Cli.run("query", shop, sql, "--json").out())
                .isEqualTo(
                        "[\n{\"id\":1,\"title\":\"The Quiet Harbour\",\"price\":12.5,\"cover\":{\"$base64\":\"iVBORw==\"}},\n"
                                + "{\"id\":4,\"title\":\"Été\",\"price\":null,\"cover\":{\"$base64\":\"\"}}\n]\n");
        assertThat(Cli.run("query", shop, sql).lines())
                .containsExactly(
                        "id  title              price  cover",
                        " 1  The Quiet Harbour   12.5  (4 bytes)",
                        " 4  Été                 NULL  (0 bytes)",
                        "(2 rows)");
    }

    @Test
    void sql_columnsOfOneName_areAllThere() {
        assertThat(json("SELECT a.id, b.id, a.id FROM author a JOIN book b ON b.author_id = a.id LIMIT 1"))
                .isEqualTo("{\"id\":1,\"id_2\":1,\"id_3\":1}");
    }

    @Test
    void sql_valuesAreAsStored() {
        Cli.jdbc(
                shop,
                "CREATE TABLE odd(b BOOLEAN, d DATE, t DATETIME, n DECIMAL); INSERT INTO odd VALUES (2, 17, 'soon', 'x')");

        assertThat(json("SELECT * FROM odd")).isEqualTo("{\"b\":2,\"d\":17,\"t\":\"soon\",\"n\":\"x\"}");
        assertThat(json("SELECT in_print FROM book WHERE id = 1")).isEqualTo("{\"in_print\":1}");
    }

    @Test
    void sql_parameters_areBoundInOrder() {
        assertThat(json("SELECT ?, ?, ?, ?, ?", "-p", "5", "-p", "05", "--param", "'7'", "-p", "NULL", "-p", "1.5"))
                .isEqualTo("{\"?\":5,\"?_2\":\"05\",\"?_3\":\"7\",\"?_4\":null,\"?_5\":1.5}");
        assertThat(Cli.run("query", shop, "SELECT ?").err()).contains("has 1 parameter, and --param was given 0 times");
    }

    @Test
    void sql_thatChangesRows_needsToBeAllowed() {
        Ran refused = Cli.run("query", shop, "DELETE FROM book_tag");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("add --write");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM book_tag")).isEqualTo(List.of(List.of(4)));

        Ran allowed = Cli.run("query", shop, "DELETE FROM book_tag WHERE book_id = 2", "--write", "-f", "ndjson");

        assertThat(allowed.code()).isZero();
        assertThat(allowed.err()).startsWith("Writing to " + shop);
        assertThat(allowed.out()).isEqualTo("{\"changed\":2}\n");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM book_tag")).isEqualTo(List.of(List.of(2)));
    }

    @Test
    void sql_hiddenWrite_isRefusedByTheFile() {
        Ran ran = Cli.run("query", shop, "WITH x AS (SELECT 1) DELETE FROM book_tag");

        assertThat(ran.code()).isNotZero();
        assertThat(Cli.rows(shop, "SELECT count(*) FROM book_tag")).isEqualTo(List.of(List.of(4)));
    }

    @Test
    void sql_withBeforeAWrite_isAWrite() {
        String delete = "WITH x AS (SELECT 2 AS id) DELETE FROM book_tag WHERE book_id IN (SELECT id FROM x)";

        Ran refused = Cli.run("query", shop, delete);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("The statement changes the file, which is only read here: add --write to let it.\n");

        Ran allowed = Cli.run("query", shop, delete, "--write", "-f", "ndjson");

        assertThat(allowed.code()).isZero();
        assertThat(allowed.out()).isEqualTo("{\"changed\":2}\n");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM book_tag")).isEqualTo(List.of(List.of(2)));
    }

    @Test
    void sql_withBeforeAWriteThatReturns_givesItsRowsOnce() {
        String insert = "WITH x(n) AS (SELECT 'new' WHERE ?) INSERT INTO tag SELECT n FROM x RETURNING name";

        Ran one = Cli.run("query", shop, insert, "--write", "-p", 1, "-f", "csv");
        Ran none = Cli.run("query", shop, insert, "--write", "-p", 0);

        assertThat(one.code()).isZero();
        assertThat(one.out()).isEqualTo("name\nnew\n");
        assertThat(none.code()).isZero();
        assertThat(none.out()).isEqualTo("(0 rows)\n");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM tag WHERE name = 'new'"))
                .isEqualTo(List.of(List.of(1)));
    }

    @Test
    void sql_wordReturningInAText_isNoClause() {
        Ran ran = Cli.run("query", shop, "UPDATE author SET name = 'returning' WHERE id = 3", "--write", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("[\n{\"changed\":1}\n]\n");
    }

    @Test
    void sql_titlesOfNoRows_areAskedWithoutRunningItAgain() {
        // each row of it would be an overflow
        var statement = Statements.single("SELECT abs(-9223372036854775807 - id) AS a, title FROM book GROUP BY id");
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop))) {
            assertThat(SqlAnswer.of(open, statement, List.of()).names().get()).containsExactly("a", "title");
        }
    }

    @Test
    void querySet_withParam_isRefused() {
        Ran ran = Cli.run("query", shop, "book.filter(pages__gt=300)", "--param", "300");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("--param gives values to the ? of SQL");
    }

    @Test
    void sql_mistake_isAWrongCall_withTheNearestName() {
        Ran ran = Cli.run("query", shop, "SELECT titel FROM book");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("no such column: titel", "Did you mean title?")
                .doesNotContain("\tat ");
    }

    @Test
    void sql_noRows_isNoError() {
        assertThat(Cli.run("query", shop, "SELECT 1 WHERE 0").out()).isEqualTo("1\n(0 rows)\n");
        assertThat(Cli.run("query", shop, "SELECT 1 WHERE 0", "--json").out()).isEqualTo("[]\n");
        assertThat(Cli.run("query", shop, "book.filter(id=99)").lines())
                .containsExactly("id  title  author_id  pages  price  in_print  cover", "(0 rows)");
    }

    private static final String MANY =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT i FROM n";

    @Test
    void table_manyRows_keepTheirColumns() {
        Ran ran = Cli.run("query", shop, MANY, "--limit", 0);

        assertThat(ran.lines()).hasSize(1202).startsWith("  i", "  1").endsWith("1200", "(1,200 rows)");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void table_withoutALimit_showsThousandRowsAndSaysSo() {
        Ran ran = Cli.run("query", shop, MANY);

        assertThat(ran.code()).isZero();
        assertThat(ran.lines()).hasSize(1002).endsWith("1000", "(1,000 rows)");
        assertThat(ran.err()).isEqualTo("There are more rows than 1,000: add --limit 0, or --format csv.\n");
        assertThat(Cli.run("query", shop, MANY, "--limit", 2).lines()).containsExactly("i", "1", "2", "(2 rows)");
        assertThat(Cli.run("query", shop, MANY, "--limit", 1200).err()).isEmpty();
        assertThat(Cli.run("query", shop, MANY, "--limit", "-1").code()).isEqualTo(2);
    }

    @Test
    void otherForms_haveAllRows() {
        Ran ran = Cli.run("query", shop, MANY, "-f", "csv");

        assertThat(ran.lines()).hasSize(1201).endsWith("1200");
        assertThat(ran.err()).isEmpty();
        assertThat(Cli.run("query", shop, MANY, "-f", "ndjson", "-n", 1).out()).isEqualTo("{\"i\":1}\n");
    }
}
