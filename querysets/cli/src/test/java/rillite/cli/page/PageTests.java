package rillite.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

/** What the page holds; how it looks and acts is for {@link PageInBrowserTests}. */
final class PageTests {

    @TempDir
    Path folder;

    private Path page() {
        return folder.resolve("page.html");
    }

    private String pageOf(Path database, Object... options) throws IOException {
        List<Object> words = new ArrayList<>(List.of("inspect", database, "--html", page()));
        words.addAll(List.of(options));
        Ran ran = Cli.run(words.toArray());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return Files.readString(page());
    }

    /** The page as a tree: it is well-formed as XML too, once its style and script are taken out. */
    private static Document tree(String page) {
        String markup = page.replaceFirst("(?s)<style>.*</style>", "<style></style>")
                .replaceFirst("(?s)<script>.*</script>", "<script></script>")
                .replaceFirst("<!doctype html>", "");
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(markup)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> elements(Document tree, String name) {
        NodeList nodes = tree.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> attributes(Document tree, String name) {
        return elements(tree, "*").stream()
                .filter(element -> element.hasAttribute(name))
                .map(element -> element.getAttribute(name))
                .toList();
    }

    private static void assertLinked(Document tree) {
        List<String> ids = attributes(tree, "id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(attributes(tree, "href"))
                .allSatisfy(href -> assertThat(ids).contains(href.substring(1)))
                .allMatch(href -> href.startsWith("#"));
    }

    /** The same for a large page, without looking at every pair. */
    private static void assertLinkedOnce(String page) {
        Document tree = tree(page);
        List<String> ids = attributes(tree, "id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Set.copyOf(attributes(tree, "href").stream()
                        .map(href -> href.substring(1))
                        .toList()))
                .isSubsetOf(Set.copyOf(ids));
    }

    @Test
    void page_holdsEveryTableWithLinksBothWays() throws IOException {
        Document tree = tree(pageOf(Cli.shop(folder)));

        assertLinked(tree);
        Element book = tree.createElement("none");
        Element author = book;
        for (Element section : elements(tree, "section")) {
            book = section.getAttribute("id").equals("table-book") ? section : book;
            author = section.getAttribute("id").equals("table-author") ? section : author;
        }
        assertThat(book.getTextContent())
                .contains("book table, 4 rows", "author_idINTEGERno", "authorone author", "tagsmany tag")
                .contains("book_authorauthor_id", "CHECK (pages > 0)", "The Quiet Harbour", "x'89504E47'", "NULL");
        assertThat(author.getTextContent()).contains("booksmany book", "mentorone author", "Béla Nagy");
        assertThat(attributes(tree, "data-from")).contains("table-book", "table-book_tag", "table-author");
        assertThat(elements(tree, "a").stream()
                        .filter(link -> link.getAttribute("class").startsWith("box"))
                        .count())
                .isEqualTo(6);
    }

    @Test
    void page_loadsNothing_andRunsItsOwnScriptOnly() throws IOException, NoSuchAlgorithmException {
        String page = pageOf(Cli.shop(folder));

        assertThat(attributes(tree(page), "content"))
                .anySatisfy(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; style-src 'sha256-")
                        .doesNotContain("unsafe"));
        for (String element : List.of("style", "script")) {
            Matcher matcher = Pattern.compile("(?s)<" + element + ">(.*)</" + element + ">")
                    .matcher(page);
            assertThat(matcher.find()).isTrue();
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(page).contains(Base64.getEncoder().encodeToString(digest).replace("'", "&#39;"));
        }
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "src=", "@import", " style=", " onclick=", "url(\"");
    }

    @Test
    void page_isTheSameEveryTime() throws IOException {
        Path shop = Cli.shop(folder);

        assertThat(pageOf(shop)).isEqualTo(pageOf(shop));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("shop.db", "page.html");
    }

    @Test
    void samples_areAsManyAsAsked() throws IOException {
        Path shop = Cli.shop(folder);

        assertThat(pageOf(shop, "--samples", 1)).contains("The Quiet Harbour").doesNotContain("A Field of Numbers");
        assertThat(pageOf(shop, "--samples", 0)).doesNotContain("The Quiet Harbour", "First rows");
        assertThat(Cli.run("inspect", shop, "--html", page(), "--samples", -1).err())
                .contains("--samples -1 is out of range: 0 to 1000 rows.");
        assertThat(Cli.run("inspect", shop, "--samples", 1).err()).contains("--samples is for the page");
    }

    @Test
    void namedTables_areThePage() throws IOException {
        Document tree = tree(pageOf(Cli.shop(folder), "book", "author"));

        assertLinked(tree);
        assertThat(attributes(tree, "id"))
                .contains("table-book", "table-author")
                .doesNotContain("table-tag");
    }

    @Test
    void hostileNamesAndValues_areTextOnly() throws IOException {
        String name = "</script><script>alert(1)</script>\"' onload='x' <!-- \u202e\u0001\n&amp;";
        String quoted = name.replace("\"", "\"\"");
        Path hostile = Cli.database(
                folder.resolve("hostile.db"),
                "CREATE TABLE \"" + quoted + "\" (\"" + quoted
                        + "\" TEXT PRIMARY KEY DEFAULT '</style>', \"x\" REFERENCES \""
                        + quoted + "\"(\"" + quoted + "\") CHECK (x <> '<b>'));\n"
                        + "CREATE INDEX \"<i>" + quoted + "\" ON \"" + quoted + "\"(x) WHERE x > '<u>';\n"
                        + "INSERT INTO \"" + quoted + "\" VALUES ('" + name.replace("'", "''") + "', NULL);");

        String page = pageOf(hostile);

        Document tree = tree(page);
        assertLinked(tree);
        assertThat(page).doesNotContain("\u202e", "\u0001", "<b>", "<i>", "<u>", "alert(1)</script>");
        assertThat(elements(tree, "script")).hasSize(1);
        assertThat(elements(tree, "h2").get(0).getTextContent())
                .startsWith("</script><script>alert(1)</script>\"' onload='x' <!-- \\u202e\\u0001\\n&amp;");
        assertThat(attributes(tree, "onload")).isEmpty();
    }

    @Test
    void giantValues_areCut() throws IOException {
        Path giant = Cli.database(
                folder.resolve("giant.db"),
                "CREATE TABLE t(a, b, c, d); INSERT INTO t VALUES (printf('%.*c', 3000000, 'x'), zeroblob(40000000),"
                        + " printf('%.*c', 500, 'y'), zeroblob(500))");

        String page = pageOf(giant);

        assertThat(page)
                .contains("text of 3.0 MB", "blob of 40.0 MB", "yyyy…", "of 500 B")
                .hasSizeLessThan(100_000);
    }

    @Test
    void fiveThousandTables_areAPage() throws IOException {
        StringBuilder script = new StringBuilder("BEGIN;");
        for (int i = 0; i < 5000; i++) {
            script.append("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, p INTEGER REFERENCES t" + i / 2 + "(id));");
        }
        Path many =
                Cli.database(folder.resolve("many.db"), script.append("COMMIT;").toString());

        String page = pageOf(many);

        assertThat(page)
                .contains("id=\"table-t4999\"", "5,000 tables are too many for one picture")
                .doesNotContain("<svg")
                .hasSizeLessThan(20_000_000);
        assertLinkedOnce(page);
    }

    @Test
    void whatCannotBeRead_isSaid() throws IOException {
        Path lying = Cli.database(
                folder.resolve("lying.db"),
                "CREATE TABLE t(a); CREATE VIEW v AS SELECT b FROM gone; CREATE VIEW endless AS"
                        + " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n");

        Ran ran = Cli.run("inspect", lying, "--html", page());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(Files.readString(page()))
                .contains("It cannot be read: ", "no such table: main.gone", "It takes too long to read.");
    }

    @Test
    void emptyDatabase_isAPage() throws IOException {
        assertThat(pageOf(Files.createFile(folder.resolve("empty.db")))).contains("There is no table in it.");
    }

    @Test
    void target_thatIsNoPage_isNeverOverwritten() throws IOException {
        Path shop = Cli.shop(folder);
        byte[] before = Files.readAllBytes(shop);

        Ran ran = Cli.run("inspect", shop, "--html", shop);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is there already and no HTML page");
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        assertThat(Cli.run("inspect", shop, "--html", folder).err()).contains("is a folder");
        assertThat(Cli.run("inspect", shop, "--html", folder.resolve("no/page.html"))
                        .err())
                .contains("There is no folder");
    }

    @Test
    void pageOfAnother_isNeverOverwritten() throws IOException {
        Path shop = Cli.shop(folder);
        String far = "<!doctype html>\n" + " ".repeat(5000) + "<meta name=\"generator\" content=\"rillite inspect\"/>";
        for (String other : List.of(
                "<!doctype html>\nmine",
                far,
                "<meta name=\"generator\" content=\"rillite inspect\"/>",
                "<!doctype html><meta name=\"generator\" content=\"another\"/>")) {
            Files.writeString(page(), other);

            Ran ran = Cli.run("inspect", shop, "--html", page());

            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("no HTML page of rillite inspect");
            assertThat(page()).hasContent(other);
        }
    }

    @Test
    void draftOfAnother_staysWhatItIs() throws IOException {
        long pid = ProcessHandle.current().pid();
        Path other = Files.writeString(folder.resolve(".page.html." + pid + ".tmp"), "mine");

        assertThat(Cli.run("inspect", Cli.shop(folder), "--html", page()).code())
                .isZero();

        assertThat(Files.readString(other)).isEqualTo("mine");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(other, page(), folder.resolve("shop.db"));
        }
    }

    @Test
    void olderPage_isReplaced() throws IOException {
        Path shop = Cli.shop(folder);
        String older = pageOf(shop).replaceFirst("<h1>", "<h1>an older one ");
        Files.writeString(page(), older);

        Ran ran = Cli.run("inspect", shop, "--html", page(), "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("\"page\": ", "\"bytes\": " + Files.size(page()), "\"tables\": 6");
        assertThat(Files.readString(page())).doesNotContain("an older one").contains("table-book");
    }
}
