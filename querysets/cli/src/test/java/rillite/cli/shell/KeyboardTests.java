package rillite.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.querysets.schema.Schema;

/** The shell in front of a person, who types into JLine's dumb terminal. */
final class KeyboardTests {

    @TempDir
    Path folder;

    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    /** A terminal of that type; a dumb one takes a tab for a blank. */
    private static Terminal terminal(String type, String typed) throws IOException {
        return new DumbTerminal(
                "test",
                type,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                StandardCharsets.UTF_8);
    }

    private Keyboard keyboard(String typed, @Nullable Path history) throws IOException {
        return new Keyboard(terminal("dumb", typed), "> ", new Completion(this::schema), false, history);
    }

    private Schema schema() {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop))) {
            return open.database().schema();
        }
    }

    private static Output output(StringWriter out, StringWriter err) {
        return new Output(
                new rillite.cli.Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        true,
                        false,
                        100),
                false);
    }

    @Test
    void entry_goesOnUntilItsSemicolon() throws IOException {
        Keyboard keyboard = keyboard("SELECT 1,\n ';'\n;\n.tables\nbook.filter(\nid=1)\n", null);

        assertThat(keyboard.next()).isEqualTo("SELECT 1,\n ';'\n;");
        assertThat(keyboard.next()).isEqualTo(".tables");
        assertThat(keyboard.next()).isEqualTo("book.filter(\nid=1)");
        assertThat(keyboard.next()).isNull();
    }

    @Test
    void backslashesAndExclamationMarks_stayAsTyped() throws IOException {
        assertThat(keyboard("SELECT 'a\\n!!' != '\\';\n", null).next()).isEqualTo("SELECT 'a\\n!!' != '\\';");
    }

    @Test
    void tab_completesAName() throws IOException {
        Terminal screen = terminal("xterm", "SELECT pag\t FROM bes\t;\n");
        Keyboard keyboard = new Keyboard(screen, "> ", new Completion(this::schema), true, null);

        assertThat(keyboard.next()).matches("SELECT pages +FROM bestseller ?;");
    }

    @Test
    void completion_offersTablesColumnsLookupsAndCommands() {
        Completion completion = new Completion(this::schema);

        assertThat(completion.words("SELECT bo", "bo")).containsExactly("book", "book_id", "book_tag", "born");
        assertThat(completion.words("sel", "sel")).containsExactly("select");
        assertThat(completion.words("SEL", "SEL")).containsExactly("SELECT");
        assertThat(completion.words("SELECT * FROM \"o", "\"o")).containsExactly("\"order line\"");
        assertThat(completion.words("book.filter(title__ico", "title__ico")).containsExactly("title__icontains");
        assertThat(completion.words("book.filter(author__na", "author__na")).containsExactly("author__name");
        assertThat(completion.words(".t", ".t")).containsExactly(".tables");
        assertThat(completion.words(".schema au", "au")).containsExactly("author", "author_id");
    }

    @Test
    void lookups_areThoseOfQuerySets() {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop))) {
            for (String lookup : Completion.LOOKUPS) {
                Object value = switch (lookup) {
                    case "range" -> List.of("a", "b");
                    case "in" -> List.of("a");
                    case "isnull" -> true;
                    default -> "a";
                };
                assertThat(open.database()
                                .objects("book")
                                .filter("title__" + lookup, value)
                                .count()
                                .block())
                        .as(lookup)
                        .isNotNull();
            }
        }
    }

    @Test
    void colours_areThoseOfWordsTextsNumbersAndComments() {
        AttributedString painted = SqlHighlighter.highlight("SELECT 'it''s', 12 -- x");

        assertThat(painted.toString()).isEqualTo("SELECT 'it''s', 12 -- x");
        assertThat(painted.toAnsi()).contains("\u001b[1mSELECT", "\u001b[32m'it''s'", "\u001b[36m12", "-- x");
        assertThat(SqlHighlighter.highlight("\"select\" 'open").toString()).isEqualTo("\"select\" 'open");
    }

    @Test
    void longTexts_areTyped() {
        String text = "x''\"".repeat(25_000);
        for (String typed : List.of("'" + text, "'" + text + "'", "\"" + text.replace("\"", "\"\""))) {
            assertThat(SqlHighlighter.highlight("SELECT " + typed).toString()).isEqualTo("SELECT " + typed);
            assertThat(Entry.isComplete("SELECT " + typed)).isFalse();
        }
        assertThat(Entry.isComplete("tag.filter(name='" + text + "')")).isTrue();
        assertThat(Entry.isComplete("tag.filter(name='" + text + ")")).isFalse();
    }

    @Test
    void transactionLeftOpen_isTold() throws IOException {
        StringWriter err = new StringWriter();
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop));
                Runner runner = new Runner(open)) {
            new Shell(open, runner, keyboard("BEGIN;\n", null), output(new StringWriter(), err)).run();
        }

        assertThat(err.toString()).contains("The transaction was not committed");
    }

    @Test
    void history_isKeptForThisUserOnly() throws IOException {
        Path file = Objects.requireNonNull(History.file(Map.of("XDG_CONFIG_HOME", folder.toString()), null));

        keyboard("SELECT 1;\n SELECT 'secret';\n", file).next();
        Keyboard again = keyboard("SELECT 1;\n SELECT 'secret';\n", file);
        again.next();
        again.next();

        assertThat(file).isEqualTo(folder.resolve("rillite").resolve("history"));
        assertThat(Files.readString(file)).contains("SELECT 1;").doesNotContain("secret");
        History.file(Map.of("XDG_CONFIG_HOME", folder.toString()), null);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(History.file(Map.of(), null)).isNull();
    }

    @Test
    void error_doesNotEndTheShell() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop));
                Runner runner = new Runner(open)) {
            Keyboard keyboard = keyboard(
                    "SELECT nothing FROM nowhere;\nDELETE FROM tag;\nbook.flter()\n.no\nSELECT 7 AS n;\n", null);

            new Shell(open, runner, keyboard, output(out, err)).run();
        }

        assertThat(err.toString().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).doesNotContain("Exception"));
        assertThat(out.toString().lines()).containsExactly("n", "7", "(1 row)");
    }

    /** Types two entries; the first one runs for ever. */
    private static final class Impatient implements Input {

        private final Iterator<String> entries = List.of(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;",
                        "SELECT 'still here' AS answer;")
                .iterator();
        private final AtomicBoolean isFirst = new AtomicBoolean();
        private boolean begun;
        private Runnable interrupt = () -> {};

        @Override
        public synchronized @Nullable String next() {
            isFirst.set(!begun);
            begun = true;
            return entries.hasNext() ? entries.next() : null;
        }

        @Override
        public int line() {
            return 0;
        }

        @Override
        public boolean isWatched() {
            return true;
        }

        @Override
        public synchronized void onInterrupt(Runnable action) {
            interrupt = action;
        }

        synchronized void pressControlC() {
            if (isFirst.get()) {
                interrupt.run();
            }
        }
    }

    @Test
    void controlC_stopsTheStatementAndNotTheShell() throws Exception {
        StringWriter out = new StringWriter();
        Impatient input = new Impatient();
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(shop));
                Runner runner = new Runner(open)) {
            CompletableFuture<Void> shell = CompletableFuture.runAsync(
                    () -> new Shell(open, runner, input, output(out, new StringWriter())).run());

            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
                input.pressControlC();
                return shell.isDone();
            });
            shell.get(20, TimeUnit.SECONDS);
        }

        assertThat(out.toString().lines()).containsExactly("Interrupted.", "answer", "still here", "(1 row)");
    }
}
