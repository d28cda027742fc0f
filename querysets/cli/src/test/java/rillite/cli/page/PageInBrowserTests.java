package rillite.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import tools.jackson.databind.JsonNode;

/** The page in a real browser: the diagram is seen, links lead to their tables, nothing is loaded, nothing complains. */
@Tag("external")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageInBrowserTests {

    private static final String IN_VIEW = "(() => { const area = document.getElementById('%s').getBoundingClientRect();"
            + " return area.height > 0 && area.top >= -1 && area.top < innerHeight; })()";

    @TempDir
    Path folder;

    // the browser deletes it by itself when all of its processes have ended
    @TempDir(cleanup = CleanupMode.NEVER)
    static Path profile;

    private Browser browser;

    @BeforeAll
    void start() throws IOException {
        browser = Browser.start(profile);
    }

    @AfterAll
    void end() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private Tab open(Path database) {
        Path page = folder.resolve("page.html");
        assertThat(Cli.run("inspect", database, "--html", page).err()).isEmpty();
        return browser.open(page);
    }

    private static void assertQuiet(Tab tab) {
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests()).isEqualTo(1);
    }

    private static void assertInView(Tab tab, String id) {
        tab.await(IN_VIEW.formatted(id));
        assertThat(tab.evaluate("location.hash").asString()).isEqualTo("#" + id);
    }

    @Test
    void whatAPageMustNotDo_isHeard() throws IOException {
        Path page = Files.writeString(
                folder.resolve("bad.html"),
                "<!doctype html><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
                        + "<title>bad</title><p style='color: red'>bad</p><script src='other.js'></script>");

        Tab tab = browser.open(page);

        Awaitility.await()
                .atMost(DevTools.PATIENCE)
                .untilAsserted(() -> assertThat(tab.complaints()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void diagram_isSeen() {
        Tab tab = open(Cli.shop(folder));

        tab.evaluate("document.getElementById('diagram').scrollIntoView()");
        JsonNode boxes = tab.evaluate("Array.from(document.querySelectorAll('svg .box'), box => {"
                + " const area = box.getBoundingClientRect(); const x = area.x + area.width / 2, y = area.y + 14;"
                + " return {name: box.querySelector('.title').textContent, width: area.width, height: area.height,"
                + " left: area.left, top: area.top, right: area.right, bottom: area.bottom,"
                + " text: box.querySelector('.title').getBoundingClientRect().width,"
                + " seen: box.contains(document.elementFromPoint(x, y))}; })");
        JsonNode lines =
                tab.evaluate("Array.from(document.querySelectorAll('svg .link'), line => line.getTotalLength())");

        assertThat(boxes.findValuesAsString("name"))
                .containsExactlyInAnyOrder("author", "bestseller", "book", "book_tag", "order line", "tag");
        assertThat(boxes).allSatisfy(box -> {
            assertThat(box.get("width").asDouble()).isGreaterThan(50);
            assertThat(box.get("height").asDouble()).isGreaterThan(15);
            assertThat(box.get("text").asDouble())
                    .isBetween(5.0, box.get("width").asDouble());
            assertThat(box.get("left").asDouble()).isGreaterThanOrEqualTo(0);
            assertThat(box.get("top").asDouble()).isGreaterThanOrEqualTo(0);
            assertThat(box.get("right").asDouble()).isLessThanOrEqualTo(1280);
            assertThat(box.get("bottom").asDouble()).isLessThanOrEqualTo(900);
            assertThat(box.get("seen").asBoolean()).isTrue();
        });
        assertThat(lines)
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.asDouble()).isGreaterThan(20));
        assertQuiet(tab);
    }

    @Test
    void link_leadsToItsTable() {
        Tab tab = open(Cli.shop(folder));

        tab.click("svg .box[href=\"#table-book\"]");
        assertInView(tab, "table-book");
        tab.click("#table-book .relations a[href=\"#table-author\"]");
        assertInView(tab, "table-author");
        tab.click("#table-author .relations a[href=\"#table-book\"]");
        assertInView(tab, "table-book");
        tab.click("#contents a[href=\"#table-tag\"]");
        assertInView(tab, "table-tag");
        tab.click("#table-tag .back");
        assertInView(tab, "box-table-tag");
        assertQuiet(tab);
    }

    @Test
    void filter_leavesTheTablesThatMatch() {
        Tab tab = open(Cli.shop(folder));

        tab.evaluate("document.getElementById('filter').focus()");
        tab.send("Input.insertText", Map.of("text", "TAG_name"));

        tab.await("document.getElementById('found').textContent === '1 of 6'");
        assertThat(tab.evaluate("Array.from(document.querySelectorAll('section.table:not([hidden])'), s => s.id)")
                        .toString())
                .isEqualTo("[\"table-book_tag\"]");
        assertThat(tab.is("document.querySelectorAll('svg .box:not(.dim)').length === 1"))
                .isTrue();
        tab.click("svg .box[href=\"#table-author\"]");
        assertInView(tab, "table-author");
        assertQuiet(tab);
    }

    @Test
    void colours_followTheSystemAndTheButton() {
        Tab tab = open(Cli.shop(folder));
        String back = "getComputedStyle(document.body).backgroundColor";

        tab.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "light"))));
        tab.await(back + " === 'rgb(255, 255, 255)'");
        tab.click("#theme");
        tab.await(back + " === 'rgb(20, 24, 31)'");
        tab.click("#theme");
        tab.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        tab.await(back + " === 'rgb(255, 255, 255)'");
        tab.evaluate("delete document.documentElement.dataset.theme");
        tab.await(back + " === 'rgb(20, 24, 31)'");
        assertQuiet(tab);
    }

    @Test
    void hostileNamesAndValues_areTextOnly() {
        List<String> names = List.of(
                "</script><script>window.hostile = 1; alert(1)</script>",
                "\"><img src=x onerror=\"window.hostile = 1\">",
                "'; window.hostile = 1; //",
                "</title></style><svg onload='window.hostile = 1'>",
                "<!-- \u202edesrever\u0007\n-->",
                "{{script}} ${window.hostile = 1}");
        StringBuilder script = new StringBuilder();
        for (String name : names) {
            String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
            script.append("CREATE TABLE " + quoted + "(" + quoted + " TEXT DEFAULT '" + name.replace("'", "''")
                    + "', self REFERENCES " + quoted + ");");
            script.append("INSERT INTO " + quoted + "(self) VALUES ('" + name.replace("'", "''") + "');");
        }

        Tab tab = open(Cli.database(folder.resolve("hostile.db"), script.toString()));

        assertThat(tab.is("window.hostile === undefined")).isTrue();
        assertThat(tab.is("document.querySelectorAll('svg .box').length === 6")).isTrue();
        assertThat(tab.is("document.querySelectorAll('section.table').length === 6"))
                .isTrue();
        assertThat(tab.is("document.querySelectorAll('script').length === 1")).isTrue();
        assertThat(tab.is("document.querySelectorAll('svg').length === 1")).isTrue();
        assertThat(tab.is("document.querySelectorAll('img, iframe, [onload], [onerror]').length === 0"))
                .isTrue();
        JsonNode shown = tab.evaluate("Array.from(document.querySelectorAll('h2 bdi'), name => name.textContent)");
        assertThat(shown.valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .map(name -> name.replace("\u202e", "\\u202e")
                                .replace("\u0007", "\\u0007")
                                .replace("\n", "\\n"))
                        .toList());
        tab.click("#contents li:nth-child(3) a");
        tab.await("location.hash !== ''");
        assertThat(tab.is("window.hostile === undefined")).isTrue();
        assertQuiet(tab);
    }

    @Test
    void tooManyTablesForADiagram_areFilteredAllTheSame() {
        StringBuilder script = new StringBuilder("BEGIN;");
        for (int i = 0; i < 1001; i++) {
            script.append("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY);");
        }
        Tab tab = open(
                Cli.database(folder.resolve("many.db"), script.append("COMMIT;").toString()));

        tab.evaluate("document.getElementById('filter').focus()");
        tab.send("Input.insertText", Map.of("text", "t1000"));

        tab.await("document.getElementById('found').textContent === '1 of 1001'");
        tab.click("#contents a[href=\"#table-t1000\"]");
        assertInView(tab, "table-t1000");
        assertQuiet(tab);
    }

    @Test
    void fiveHundredTables_areScrolledAndReached() {
        StringBuilder script = new StringBuilder("BEGIN;");
        for (int i = 0; i < 500; i++) {
            script.append("CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, p INTEGER REFERENCES t" + i / 3
                    + "(id), q INTEGER REFERENCES t" + i * 7 % 100 + "(id));");
        }

        Tab tab = open(
                Cli.database(folder.resolve("many.db"), script.append("COMMIT;").toString()));

        assertThat(tab.is("document.querySelectorAll('svg .box').length === 500"))
                .isTrue();
        assertThat(tab.is("document.getElementById('canvas').scrollHeight > innerHeight"))
                .isTrue();
        assertThat(tab.is("document.getElementById('canvas').clientHeight <= innerHeight"))
                .isTrue();
        tab.await("document.getElementById('canvas').scrollTop > 0");
        tab.click("#contents a[href=\"#table-t321\"]");
        assertInView(tab, "table-t321");
        tab.click("svg .box[href=\"#table-t123\"]");
        assertInView(tab, "table-t123");
        tab.click("#table-t321 .back");
        assertInView(tab, "box-table-t321");
        assertQuiet(tab);
    }
}
