package rillite.cli.data;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

final class ImportCommandTests {

    /** Without the statistics that SQLite gathers by itself. */
    private static final String TABLES = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    private Path file(String name, String text) {
        return file(name, text.getBytes(UTF_8));
    }

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private List<List<@Nullable Object>> authors() {
        return Cli.rows(shop, "SELECT name, email, born, mentor_id FROM author WHERE id > 3 ORDER BY id");
    }

    @Test
    void csv_rowsArriveByTheNamesInTheFirstLine() {
        Path csv = file(
                "author.csv",
                "Name,mentor_id,born,email\nDora,1,1990-05-01,d@example.org\n\"O'Hara, \"\"Ed\"\"\",,,\"\"\n");

        Ran ran = Cli.run("import", shop, csv);

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEqualTo("Writing to " + shop + "\n");
        assertThat(ran.out()).startsWith("2 rows into author in ");
        assertThat(authors())
                .containsExactly(row("Dora", "d@example.org", "1990-05-01", 1), row("O'Hara, \"Ed\"", "", null, null));
    }

    @Test
    void csv_quotesHoldLineEnds_andLinesEndAsOnAnySystem() {
        Path csv = file("author.csv", "name,email\r\n\"two\r\nlines\",a\r\n\r\nlast,b");

        assertThat(Cli.run("import", shop, csv).code()).isZero();
        assertThat(authors()).containsExactly(row("two\r\nlines", "a", null, null), row("last", "b", null, null));
    }

    @Test
    void csv_marksOfTheByteOrderAreNoText() {
        byte[] wide = ("\uFEFFname,email\nĐorđe,x\n").getBytes(UTF_16LE);

        assertThat(Cli.run("import", shop, file("author.csv", "\uFEFFname,email\nÉva,y\n"))
                        .code())
                .isZero();
        assertThat(Cli.run("import", shop, file("wide.csv", wide), "--table", "author")
                        .code())
                .isZero();
        assertThat(authors()).containsExactly(row("Éva", "y", null, null), row("Đorđe", "x", null, null));
    }

    @Test
    void wrongEncoding_namesLineAndByte_andNothingArrives() {
        byte[] latin = "name,email\nAnna,a\nB\u00e9la,b\n".getBytes(Charset.forName("windows-1252"));
        Path csv = file("author.csv", latin);

        Ran ran = Cli.run("import", shop, csv);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("is not UTF-8: line 3, byte 20 of the file is E9. Give its encoding", "Nothing was imported.")
                .doesNotContain("\tat ");
        assertThat(authors()).isEmpty();

        assertThat(Cli.run("import", shop, csv, "--encoding", "windows-1252").code())
                .isZero();
        assertThat(authors()).containsExactly(row("Anna", "a", null, null), row("Béla", "b", null, null));
        assertThat(Cli.run("import", shop, csv, "--encoding", "utf8x").err())
                .contains("There is no encoding \"utf8x\". Did you mean");
    }

    @Test
    void badRows_goToAFileWithLineAndReason_andTheOthersArrive() throws IOException {
        Path csv = file("book.csv", """
                id,title,author_id,pages,in_print
                10,Fine,1,100,yes
                11,"No
                pages",1,many,1
                12,Ragged,1
                3,Taken,1,100,1
                13,Nobody,99,100,1
                14,Thin,1,0,1
                15,Also fine,2,7,FALSE
                16,,2,7,
                17,Empty,,7,1
                """);

        Ran ran = Cli.run("import", shop, csv);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("3 rows into book", "6 rows rejected: see " + folder.resolve("book.rejected.csv"));
        assertThat(Cli.rows(shop, "SELECT id, title, pages, in_print FROM book WHERE id > 4 ORDER BY id"))
                .containsExactly(row(10, "Fine", 100, 1), row(15, "Also fine", 7, 0), row(16, "", 7, 1));
        List<String> rejected = text("book.rejected.csv").lines().toList();
        assertThat(rejected).hasSize(8);
        assertThat(rejected.get(0)).isEqualTo("line,reason,id,title,author_id,pages,in_print");
        assertThat(rejected.get(1)).isEqualTo("3,\"book.pages: \"\"many\"\" is not a whole number\",11,\"No");
        assertThat(rejected.get(2)).isEqualTo("pages\",1,many,1");
        assertThat(rejected.get(3)).isEqualTo("5,3 fields where the header has 5 names,12,Ragged,1");
        assertThat(rejected.get(4))
                .startsWith("6,")
                .contains("UNIQUE", "book.id")
                .endsWith(",3,Taken,1,100,1");
        assertThat(rejected.get(5)).startsWith("7,").contains("FOREIGN KEY").endsWith(",13,Nobody,99,100,1");
        assertThat(rejected.get(6)).startsWith("8,").contains("CHECK").endsWith(",14,Thin,1,0,1");
        assertThat(rejected.get(7)).isEqualTo("11,book.author_id must have a value,17,Empty,,7,1");
    }

    @Test
    void rejectedFile_thatExists_isNotReplaced() throws IOException {
        file("author.rejected.csv", "mine");
        Path csv = file("author.csv", "id,name\n1,Twice\n");

        Ran refused = Cli.run("import", shop, csv);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("author.rejected.csv\" exists", "--force");
        assertThat(text("author.rejected.csv")).isEqualTo("mine");
        assertThat(Cli.run("import", shop, csv, "--force").code()).isEqualTo(1);
        assertThat(text("author.rejected.csv"))
                .startsWith("line,reason,id,name\n2,")
                .endsWith(",1,Twice\n");
        assertThat(Cli.run("import", shop, csv, "--rejected", folder.resolve("other.csv"))
                        .code())
                .isEqualTo(1);
        assertThat(text("other.csv")).startsWith("line,reason");
    }

    @Test
    void rejectedFile_isNeverAFileThatIsNeeded() throws IOException {
        Path csv = file("author.csv", "id,name\n1,Twice\n");
        Path link = Files.createLink(folder.resolve("second.csv"), csv);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        byte[] before = Files.readAllBytes(shop);

        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            Ran ran = Cli.run("import", shop, csv, "--force", "--rejected", shop + end);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("belongs to the database itself", "--rejected");
        }
        for (Path input : List.of(csv, link)) {
            Ran ran = Cli.run("import", shop, csv, "--force", "--rejected", input);
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("is the input itself", "--rejected");
        }
        assertThat(Cli.run("import", shop, csv, "--force", "--rejected", empty).err())
                .contains("is no ordinary file");
        assertThat(Cli.run("import", folder.resolve("new.db"), csv, "--create", "--rejected", folder.resolve("new.db"))
                        .err())
                .contains("belongs to the database itself");
        assertThat(text("author.csv")).isEqualTo("id,name\n1,Twice\n");
        assertThat(empty).isDirectory();
        assertThat(folder.resolve("new.db")).doesNotExist();
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
    }

    @Test
    void rowsThatTheTableDrops_areNotCountedAsImported() throws IOException {
        Cli.jdbc(
                shop,
                "CREATE TABLE once(id INTEGER PRIMARY KEY ON CONFLICT IGNORE, name TEXT NOT NULL, bytes BLOB);"
                        + " INSERT INTO once VALUES (1, 'mine', NULL); CREATE TABLE log(id);"
                        + " CREATE TABLE even(id INTEGER); CREATE TRIGGER odd BEFORE INSERT ON even WHEN new.id % 2"
                        + " BEGIN INSERT INTO log VALUES (new.id), (new.id); SELECT RAISE(IGNORE); END");
        Path once = file("once.csv", "id,name,bytes\n1,a,\n2,b,x'ff'\n2,c,\n3,,x'00'\n4,d,\n");

        Ran ran = Cli.run("import", shop, once, "--batch", 2);
        Ran even = Cli.run("import", shop, file("even.csv", "id\n1\n2\n3\n4\n5\n"), "--json");
        Path more = file("more.csv", "id\n7\n8\n");
        Ran resumed = Cli.run("import", shop, more, "--table", "even", "--resume");
        Ran again = Cli.run("import", shop, more, "--table", "even", "--resume");

        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out())
                .contains("3 rows into once", "2 rows ignored by the table.")
                .doesNotContain("rejected");
        assertThat(Cli.rows(shop, "SELECT id, name, hex(bytes) FROM once"))
                .containsExactly(row(1, "mine", ""), row(2, "b", "FF"), row(3, "", "00"), row(4, "d", ""));
        assertThat(even.code()).as(even.err()).isEqualTo(1);
        assertThat(even.out()).contains("\"rows\": 2", "\"rejected\": 0", "\"ignored\": 3");
        assertThat(resumed.code()).isEqualTo(1);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("1 row into even", "1 row ignored by the table.");
        assertThat(Cli.rows(shop, "SELECT id FROM even")).containsExactly(row(2), row(4), row(8));
    }

    @Test
    void badRows_ofATableThatDropsOthers_areRejected() throws IOException {
        Cli.jdbc(shop, "CREATE TABLE u(id INTEGER UNIQUE ON CONFLICT IGNORE, n INTEGER NOT NULL CHECK (n > 0))");

        Ran ran = Cli.run("import", shop, file("u.csv", "id,n\n1,1\n1,2\n2,0\n3,3\n"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("2 rows into u", "1 row rejected", "1 row ignored by the table.");
        assertThat(text("u.rejected.csv"))
                .contains("4,", "CHECK constraint failed")
                .doesNotContain(" SQL: ");
        assertThat(Cli.rows(shop, "SELECT id, n FROM u")).containsExactly(row(1, 1), row(3, 3));
    }

    @Test
    void tooManyBadRows_endIt_andNothingOfTheBatchArrives() {
        Path csv = file("author.csv", "id,name\n10,Fine\n1,a\n2,b\n3,c\n");

        Ran ran = Cli.run("import", shop, csv, "--max-rejected", 2);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("More than 2 rows cannot be stored", "at line 3", "Nothing was imported.");
        assertThat(authors()).isEmpty();
        assertThat(folder.resolve("author.rejected.csv")).doesNotExist();
    }

    @Test
    void manyBadRows_inManyBatches_leaveOutOnlyThemselves() throws IOException {
        StringBuilder csv = new StringBuilder("id,name\n");
        for (int i = 1; i <= 1000; i++) {
            csv.append(i % 7 == 0 ? 1 : 100 + i).append(",name ").append(i).append('\n');
        }

        Ran ran = Cli.run("import", shop, file("author.csv", csv.toString()), "--batch", 64);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("858 rows into author", "142 rows rejected");
        assertThat(authors()).hasSize(858);
        assertThat(text("author.rejected.csv").lines()).hasSize(143);
        assertThat(Cli.rows(shop, "SELECT records, rejected, finished FROM rillite_import"))
                .containsExactly(row(1000, 142, 1));
    }

    @Test
    void values_takeTheTypeOfTheirColumn() {
        Cli.jdbc(
                shop,
                "CREATE TABLE kinds(i INTEGER, r REAL, t TEXT, b BOOLEAN, d DECIMAL(9,2), x BLOB, n, at DATETIME)");
        Path csv = file("kinds.csv", """
                i,r,t,b,d,x,n,at
                12,1,007,true,12.50,x'00ff',5,2024-01-05 08:00:00
                -3.0,1e3,1.50,No,7,plain,05,2024-01-05T08:00
                """);

        assertThat(Cli.run("import", shop, csv).code()).isZero();
        assertThat(Cli.rows(
                        shop,
                        "SELECT i, r, t, b, d, hex(x), n, at, typeof(i) || typeof(r) || typeof(t) || typeof(x) || typeof(n)"
                                + " FROM kinds"))
                .containsExactly(
                        row(12, 1.0, "007", 1, 12.5, "00FF", 5, "2024-01-05 08:00:00", "integerrealtextblobinteger"),
                        row(
                                -3,
                                1000.0,
                                "1.50",
                                0,
                                7,
                                "706C61696E",
                                "05",
                                "2024-01-05T08:00",
                                "integerrealtexttexttext"));
    }

    @Test
    void emptyFields_takeTheDefaultWhereNullCannotBe() {
        Cli.jdbc(
                shop,
                "CREATE TABLE d(a INTEGER NOT NULL DEFAULT 7, b TEXT NOT NULL DEFAULT 'x', c INTEGER DEFAULT 9, e TEXT"
                        + " AS (b || '!'))");

        assertThat(Cli.run("import", shop, file("d.csv", "a,b,c,e\n,,,left out\n1,y,2,\n"))
                        .code())
                .isZero();
        assertThat(Cli.rows(shop, "SELECT * FROM d")).containsExactly(row(7, "x", null, "x!"), row(1, "y", 2, "y!"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "(date('2024-01-05'))|2024-01-05",
                "(upper('a'))|A",
                "(\"length\"('four'))|4",
                "'q'|q",
                "5|5",
                "bare|",
                "\"in \"\"quotes\"|",
                "[in brackets]|",
                "`back`|",
                "current_|"
            })
    void emptyFields_takeADefaultThatIsAnExpression(String sql, @Nullable String stored) {
        Cli.jdbc(shop, "CREATE TABLE d(a INTEGER, b TEXT NOT NULL DEFAULT " + sql + ")");

        assertThat(Cli.run("import", shop, file("d.csv", "a,b\n1,\n")).code()).isZero();
        assertThat(Cli.rows(shop, "SELECT b FROM d")).containsExactly(row(stored == null ? "" : stored));
    }

    @Test
    void create_makesATableThatFitsAllValues() {
        Path csv = file("flight.csv", """
                id,code,seats,price,day,leaves,late,note,empty,bytes,long
                1,007,180,99.5,2024-05-01,2024-05-01 08:30,true,,,x'ff',12345678901234567890
                2,12,90,100,2024-05-02,2024-05-02T09:30:15,FALSE,hm,,x'',1
                """);

        Ran ran = Cli.run("import", folder.resolve("new.db"), csv, "--create", "--key", "id");

        assertThat(ran.err()).isEqualTo("Writing to " + folder.resolve("new.db") + "\n");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "CREATE TABLE \"flight\" (\"id\" INTEGER PRIMARY KEY, \"code\" TEXT, \"seats\" INTEGER, \"price\""
                                + " REAL, \"day\" DATE, \"leaves\" DATETIME, \"late\" BOOLEAN, \"note\" TEXT, \"empty\" TEXT,"
                                + " \"bytes\" BLOB, \"long\" TEXT)");
        assertThat(Cli.rows(
                        folder.resolve("new.db"), "SELECT id, code, seats, price, day, late, note, long FROM flight"))
                .containsExactly(
                        row(1, "007", 180, 99.5, "2024-05-01", 1, null, "12345678901234567890"),
                        row(2, "12", 90, 100.0, "2024-05-02", 0, "hm", "1"));
    }

    @Test
    void create_oneValueFarDown_decidesTheType() {
        StringBuilder csv = new StringBuilder("n\n");
        for (int i = 0; i < 30_000; i++) {
            csv.append(i).append('\n');
        }

        Ran ran = Cli.run("import", shop, file("n.csv", csv + "none\n"), "--create");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("CREATE TABLE \"n\" (\"n\" TEXT)", "30,001 rows into n");
    }

    @Test
    void create_withABadInput_leavesNoFile() {
        Ran ran = Cli.run("import", folder.resolve("new.db"), file("x.csv", "a,a\n1,2\n"), "--create");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("\"a\" stands twice", "--columns");
        assertThat(Cli.run("import", folder.resolve("new.db"), file("y.csv", "a\n\u0000\"\n"), "--create")
                        .code())
                .isNotEqualTo(2);
        assertThat(Cli.run("import", folder.resolve("new2.db"), file("x.csv", ""), "--create")
                        .err())
                .contains("no names");
        assertThat(folder.resolve("new2.db")).doesNotExist();
    }

    @Test
    void create_thatIsRefused_leavesNeitherFileNorTable() throws IOException {
        Path csv = file("x.csv", "a,b\n1,2\n");
        file("taken.csv", "mine");
        String before = Cli.rows(shop, TABLES).toString();

        for (Path database : List.of(folder.resolve("new.db"), shop)) {
            for (List<Object> more : List.<List<Object>>of(
                    List.of("--rejected", folder.resolve("taken.csv")),
                    List.of("--key", "c"),
                    List.of("--columns", "a,A"),
                    List.of("--columns", "-,-"),
                    List.of("--table", "sqlite_x"))) {
                List<Object> call = new ArrayList<>(List.of("import", database, csv, "--create"));
                call.addAll(more);
                assertThat(Cli.run(call.toArray()).code()).as(call.toString()).isEqualTo(2);
            }
        }

        assertThat(folder.resolve("new.db")).doesNotExist();
        assertThat(Cli.rows(shop, TABLES).toString()).isEqualTo(before);
        assertThat(text("taken.csv")).isEqualTo("mine");
    }

    @Test
    void create_afterTheTableOfAnUnendedImportIsGone_isRefused() {
        Path csv = file("x.csv", "a\n1\n2\n");
        assertThat(Cli.run("import", shop, csv, "--create", "--resume").code()).isZero();
        Cli.jdbc(shop, "DROP TABLE x");

        Ran refused = Cli.run("import", shop, csv, "--create", "--resume");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("\"x\" is gone", "--restart");
        assertThat(Cli.rows(shop, "SELECT 1 FROM sqlite_schema WHERE name = 'x'"))
                .isEmpty();
        assertThat(Cli.run("import", shop, csv, "--create", "--restart").code()).isZero();
        assertThat(Cli.rows(shop, "SELECT count(*) FROM x")).containsExactly(row(2));
    }

    @Test
    void columns_sayWhereFieldsGo() {
        Path csv = file("people.tsv", "who\tage\tmail\nDora\t40\td@example.org\n");
        Path bare = file("bare.txt", "Ed;e@example.org\n");

        assertThat(Cli.run("import", shop, csv, "-t", "author", "--columns", "name,-,email")
                        .code())
                .isZero();
        assertThat(Cli.run(
                                "import",
                                shop,
                                bare,
                                "-t",
                                "author",
                                "--columns",
                                "name,email",
                                "--no-header",
                                "--delimiter",
                                ";")
                        .code())
                .isZero();
        assertThat(authors())
                .containsExactly(row("Dora", "d@example.org", null, null), row("Ed", "e@example.org", null, null));
    }

    @Test
    void ndjson_objectsAreRows() throws IOException {
        Path json = file("author.ndjson", """
                {"name": "Dora \\u00c9", "born": "1990-05-01", "mentor_id": 1}

                {"email": "e@example.org", "name": "Ed"}
                {"name": null}
                {"name": "x", "name": "y"}
                [1]
                {"name": "unfinished
                """);

        Ran ran = Cli.run("import", shop, json);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(authors())
                .containsExactly(row("Dora É", null, "1990-05-01", 1), row("Ed", "e@example.org", null, null));
        assertThat(text("author.rejected.ndjson")).isEqualTo("""
                        {"line":4,"reason":"author.name must have a value","text":"{\\"name\\": null}"}
                        {"line":5,"reason":"the name \\"name\\" stands twice","text":"{\\"name\\": \\"x\\", \\"name\\": \\"y\\"}"}
                        {"line":6,"reason":"no JSON object","text":"[1]"}
                        {"line":7,"reason":"no JSON: an end of the quotes expected at character 21","text":"{\\"name\\": \\"unfinished"}
                        """);
    }

    @Test
    void ndjson_createsATable() {
        Path json = file("event.jsonl", """
                {"id": 1, "at": "2024-01-05T08:00:00Z", "tags": ["a", {"b": null}], "on": true, "big": 12345678901234567890123}
                {"id": 2, "ratio": 0.5, "bytes": {"$base64": "AP8="}, "on": false}
                """);

        Ran ran = Cli.run("import", shop, json, "--create", "--key", "id", "--json");

        assertThat(ran.err()).isEqualTo("Writing to " + shop + "\n");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("\"table\": \"event\"", "\"rows\": 2", "\"rejected\": 0", "\"rejectedFile\": null");
        assertThat(Cli.rows(shop, "SELECT id, at, tags, \"on\", big, ratio, hex(bytes) FROM event"))
                .containsExactly(
                        row(1, "2024-01-05T08:00:00Z", "[\"a\",{\"b\":null}]", 1, "12345678901234567890123", null, ""),
                        row(2, null, null, 0, null, 0.5, "00FF"));
        assertThat(Cli.rows(shop, "SELECT group_concat(type) FROM pragma_table_info('event')"))
                .containsExactly(row("INTEGER,DATETIME,JSON,BOOLEAN,TEXT,REAL,BLOB"));
    }

    @Test
    void standardInput_isAFileToo() {
        assertThat(Cli.runWith("name\nDora\n", false, "import", shop, "-", "--table", "author")
                        .code())
                .isZero();
        assertThat(Cli.runWith(
                                "{\"a\": 1}\n{\"b\": 2}\n",
                                false,
                                "import",
                                shop,
                                "-",
                                "--table",
                                "n",
                                "-f",
                                "ndjson",
                                "--create")
                        .code())
                .isZero();
        assertThat(authors()).hasSize(1);
        assertThat(Cli.rows(shop, "SELECT a, b FROM n")).containsExactly(row(1, null), row(null, 2));
        assertThat(Cli.run("import", shop, "-").err()).contains("Standard input has no name: say with --table");
    }

    @Test
    void longRecord_isRefusedInBoundedMemory() {
        for (String endless : List.of("\"", ",", "x")) {
            Endless input = new Endless("name\n", endless, 64L << 20);

            Ran ran = Cli.runWith(input, "import", shop, "-", "--table", "author", "--max-record", 10_000);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .containsAnyOf("longer than --max-record allows", "more than 32766 fields")
                    .contains("Nothing was imported.")
                    .doesNotContain("\tat ", "mistake in rillite");
            assertThat(input.taken()).isLessThan(1 << 20);
        }
        Endless json = new Endless("{\"name\": \"", "x", 64L << 20);
        assertThat(Cli.runWith(json, "import", shop, "-", "-t", "author", "-f", "ndjson", "--max-record", 10_000)
                        .err())
                .contains("line 1 is longer than --max-record allows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name\\n"open\\nx\\n              | quotes are opened and never closed
                    name\\n"a"b\\n                   | text stands behind closing quotes
                    """)
    void brokenQuotes_nameTheLine(String text, String said) {
        Ran ran = Cli.run("import", shop, file("author.csv", text.replace("\\n", "\n")));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(said, "line 2").doesNotContain("\tat ");
    }

    @Test
    void wrongCalls_areRefusedBeforeAnythingIsWritten() {
        Path csv = file("author.csv", "nmae\nDora\n");
        Path twice = file("twice.csv", "name,Name\na,b\n");
        Path book = file("book.csv", "title\nx\n");

        assertThat(Cli.run("import", shop, csv).err()).contains("\"nmae\"", "Did you mean name?", "--columns");
        assertThat(Cli.run("import", shop, csv, "-t", "athor").err()).contains("Did you mean author?", "--create");
        assertThat(Cli.run("import", shop, twice, "-t", "author").err()).contains("\"name\" stands twice");
        assertThat(Cli.run("import", shop, book).err()).contains("needs author_id, pages");
        assertThat(Cli.run("import", shop, csv, "-t", "bestseller").err())
                .contains("no table that rows can be added to");
        assertThat(Cli.run("import", shop, folder.resolve("atuhor.csv")).err()).contains("Did you mean author.csv?");
        assertThat(Cli.run("import", folder.resolve("gone.db"), csv).err()).contains("There is no file");
        assertThat(Cli.run("import", shop, file("x.dat", "")).err()).contains("--format csv");
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("--batch", 0),
                List.of("--max-record", 5),
                List.of("--delimiter", "ab"),
                List.of("--key", "id"),
                List.of("--resume", "--restart"),
                List.of("--max-rejected", -1))) {
            Object[] call = new Object[3 + wrong.size()];
            System.arraycopy(new Object[] {"import", shop, csv}, 0, call, 0, 3);
            System.arraycopy(wrong.toArray(), 0, call, 3, wrong.size());
            assertThat(Cli.run(call).code()).isEqualTo(2);
        }
        assertThat(Cli.rows(shop, "SELECT count(*) FROM author")).containsExactly(row(3));
    }

    @Test
    void bar_isThereOnAScreenOnly() {
        StringBuilder csv = new StringBuilder("name\n");
        for (int i = 0; i < 5000; i++) {
            csv.append("name ").append(i).append('\n');
        }
        Path file = file("author.csv", csv.toString());

        assertThat(Cli.runWatched("import", shop, file, "--batch", 500).err()).contains("Importing", "%", "rows/s");
        assertThat(Cli.run("import", shop, file, "--batch", 500).err()).doesNotContain("Importing", "%");
    }

    @Test
    void hostileNames_areNames() {
        Path csv = file("evil.csv", "\"a\"\"; DROP TABLE author; --\",\u001b[31mred\n1,2\n");

        Ran ran = Cli.run("import", shop, csv, "--create", "--table", "t\"; DROP TABLE book; --");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).doesNotContain("\u001b");
        assertThat(Cli.rows(shop, "SELECT count(*) FROM author, book LIMIT 1")).containsExactly(row(12));
        assertThat(Cli.rows(shop, "SELECT * FROM \"t\"\"; DROP TABLE book; --\""))
                .containsExactly(row(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "0.1e-99999999", "9999999999999999999", "1.5", "NaN", "0x10", "1_000"})
    void integers_areWholeNumbersOnly(String value) {
        Ran ran = Cli.run("import", shop, file("author.csv", "name,mentor_id\nx," + value + "\n"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(authors()).isEmpty();
    }
}
