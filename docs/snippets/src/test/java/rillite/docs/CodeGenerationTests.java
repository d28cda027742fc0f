package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import rillite.codegen.Codegen;
import rillite.codegen.CodegenOptions;
import rillite.codegen.GeneratedFile;
import rillite.codegen.GeneratedSources;
import rillite.codegen.Naming;
import rillite.codegen.SchemaSource;
import rillite.codegen.SchemaWatcher;
import rillite.codegen.WatchSignal;
import rillite.codegen.WriteReport;
import rillite.querysets.Database;
import rillite.querysets.migrate.Migrations;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/code-generation.md */
final class CodeGenerationTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PLACE = "docs/guides/code-generation.md";
    private static final String PAGE = Pages.text("guides/code-generation.md");
    private static final Pattern SQL = Pattern.compile("<!-- file: ([\\w.]+) -->\\n```sql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Path folder;
    private Path directory;

    @BeforeEach
    void writeTheMigration(@TempDir Path scratch) throws IOException {
        directory = scratch;
        folder = Files.createDirectories(scratch.resolve("migrations"));
        Matcher file = SQL.matcher(PAGE);
        assertThat(file.find()).isTrue();
        Files.writeString(folder.resolve(file.group(1)), file.group(2));
    }

    private static CodegenOptions options() {
        // tag::options[]
        CodegenOptions options = CodegenOptions.of("com.example.shop")
                .type("*.joined_at", "epoch-millis")
                .type("book.class", "enum com.example.Kind")
                .type("book.layout", "mapped com.example.Layout com.example.Mappings.LAYOUT")
                .naming(Naming.derived().column("book.class", "kind").relation("author.mentor_id", "mentor", "pupils"));
        // end::options[]
        return options;
    }

    private GeneratedSources generated(CodegenOptions options) {
        return Codegen.generate(
                Objects.requireNonNull(SchemaSource.migrations(folder)
                        .read(options.naming().relationNames())
                        .block(LIMIT)),
                options);
    }

    /** A file from its record on, without the annotation. */
    private static List<String> shown(GeneratedSources sources, String name) {
        String text = sources.files().stream()
                .filter(file -> file.path().endsWith("/" + name))
                .map(GeneratedFile::text)
                .findFirst()
                .orElseThrow();
        return text.substring(text.indexOf("public record")).lines().toList();
    }

    @Test
    void records_areThoseOfThePage() {
        GeneratedSources sources = generated(options());
        Database db = Scratch.await(Database.open(directory.resolve("empty.db")));
        try {
            Shown page = Shown.on(PLACE, this, db);
            List<String> records = new ArrayList<>(shown(sources, "Author.java"));
            records.add("");
            records.addAll(shown(sources, "Book.java"));
            page.output("record", records);
            page.output("insert", shown(sources, "NewBook.java"));
        } finally {
            db.close().block(LIMIT);
        }
    }

    @Test
    void library_writesTheSources() {
        Path root = directory.resolve("sources");

        // tag::generate[]
        SchemaSource source = SchemaSource.migrations(folder);
        CodegenOptions options = CodegenOptions.of("com.example.shop");
        Mono<WriteReport> written = source.read(options.naming().relationNames())
                .map(schema -> Codegen.generate(schema, options).writeTo(root));
        // end::generate[]

        assertThat(Scratch.await(written).written()).hasSize(8);
        assertThat(root.resolve("com/example/shop/Author.java")).exists();
    }

    @Test
    void watcher_follows() throws IOException {
        SchemaSource source = SchemaSource.migrations(folder);
        CodegenOptions options = CodegenOptions.of("com.example.shop");
        Path root = directory.resolve("sources");
        List<String> lines = new CopyOnWriteArrayList<>();
        Consumer<String> show = lines::add;

        // tag::watch[]
        Disposable watching = SchemaWatcher.watch(source, options, root, Duration.ofMillis(500))
                .subscribe(signal -> {
                    if (signal instanceof WatchSignal.Written written) {
                        show.accept(written.report().written().size() + " files written");
                    } else if (signal instanceof WatchSignal.Failed failed) {
                        show.accept(failed.error().getMessage());
                    }
                });
        // end::watch[]

        try {
            Awaitility.await().atMost(LIMIT).until(() -> lines.contains("8 files written"));
            Files.writeString(
                    folder.resolve("0002_tag.sql"), "CREATE TABLE tag (name TEXT);\n-- down\nDROP TABLE tag;");
            Awaitility.await().atMost(LIMIT).until(() -> Files.exists(root.resolve("com/example/shop/Tag.java")));
        } finally {
            watching.dispose();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("rillite-watch")));
        }
    }

    @Test
    void generatedClasses_compileAndAnswer() throws Exception {
        Path root = directory.resolve("sources");
        generated(options()).writeTo(root);
        write(root, "Kind", """
                package com.example;

                public enum Kind {
                    NOVEL,
                    ATLAS
                }
                """);
        write(root, "Layout", """
                package com.example;

                public record Layout(int columns, String font) {}
                """);
        write(root, "Mappings", """
                package com.example;

                import rillite.querysets.Mapping;
                import tools.jackson.databind.json.JsonMapper;

                // tag::mapping[]
                public final class Mappings {

                    private static final JsonMapper JSON = new JsonMapper();

                    public static final Mapping<Layout, String> LAYOUT = Mapping.of(
                            Layout.class,
                            String.class,
                            text -> JSON.readValue(text, Layout.class),
                            JSON::writeValueAsString);

                    private Mappings() {}
                }
                // end::mapping[]
                """);
        write(root, "App", """
                package com.example;

                import static com.example.shop.Tables.*;

                import com.example.shop.*;
                import io.r2dbc.spi.ConnectionFactory;
                import java.util.List;
                import reactor.core.publisher.Flux;
                import reactor.core.publisher.Mono;
                import rillite.querysets.Database;
                import rillite.querysets.DatabaseOptions;
                import rillite.querysets.migrate.Migrations;

                public final class App {

                    public static Mono<Database> open(Migrations migrations, ConnectionFactory connections) {
                        // tag::named[]
                        DatabaseOptions options = Tables.named(DatabaseOptions.defaults());
                        Mono<Database> ready =
                                migrations.migrate(connections).then(Database.over(connections, options));
                        // end::named[]
                        return ready;
                    }

                    public static Mono<List<String>> run(Database db) {
                        // tag::use[]
                        Mono<Book> added = db.objects(AUTHOR)
                                .insert(new NewAuthor("Ada").email("ada@example.org"))
                                .flatMap(ada -> db.objects(BOOK).insert(new NewBook("Notes", ada.id())));

                        Flux<String> found = db.objects(BOOK)
                                .filter(BOOK.author().email.endsWith("@example.org"))
                                .selectRelated(BOOK.author())
                                .orderBy(BOOK.title.asc())
                                .flux()
                                .map(book -> book.title() + " by " + book.author().get().name());
                        // end::use[]

                        Mono<List<String>> layouts = db.objects(BOOK)
                                .insert(new NewBook("Maps", 1).kind(Kind.ATLAS).layout(new Layout(2, "Serif")))
                                .thenMany(db.objects(BOOK).filter(BOOK.layout.eq(new Layout(2, "Serif"))).flux())
                                .map(book -> book.kind() + " " + book.layout())
                                .concatWith(db.sql("SELECT layout FROM book WHERE layout IS NOT NULL").values("layout").flat(String.class).flux())
                                .collectList();
                        return added.thenMany(found).collectList().concatWith(layouts)
                                .flatMapIterable(all -> all).collectList();
                    }
                }
                """);

        SqliteConnectionFactory connections = Scratch.in(directory);
        try (GeneratedProgram program = GeneratedProgram.of(root, directory.resolve("classes"))) {
            Database db = Scratch.await(
                    program.<Mono<Database>>call("com.example.App", "open", Migrations.of(folder), connections));
            assertThat(Scratch.await(program.<Mono<List<String>>>call("com.example.App", "run", db)))
                    .containsExactly(
                            "Notes by Ada",
                            "ATLAS Layout[columns=2, font=Serif]",
                            "{\"columns\":2,\"font\":\"Serif\"}");
            db.close().block(LIMIT);
        } finally {
            Scratch.close(connections);
        }
    }

    private static void write(Path root, String type, String text) throws IOException {
        Files.writeString(root.resolve("com/example/" + type + ".java"), text);
    }

    /** The cells of each row of the table under a heading, its two first lines left out. */
    private static List<String[]> rows(String header) {
        return PAGE.substring(PAGE.indexOf(header))
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    private GeneratedSources generatedFrom(String sql, CodegenOptions options) throws IOException {
        Files.writeString(folder.resolve("0001_shop.sql"), sql);
        return generated(options);
    }

    /** The type in the record of {@code t}, and the class of the column. */
    private static List<String> types(GeneratedSources sources, String column) {
        String record = String.join(" ", shown(sources, "T.java"));
        String table = sources.files().stream()
                .filter(one -> one.path().endsWith("/TTable.java"))
                .findFirst()
                .orElseThrow()
                .text();
        Matcher component =
                Pattern.compile("[(,]\\s+([\\w.@ ]+) " + column + "[,)]").matcher(record);
        Matcher field =
                Pattern.compile("public final (\\w+)<.*> " + column + " = ").matcher(table);
        assertThat(component.find() && field.find()).as(record).isTrue();
        return List.of(component.group(1), field.group(1));
    }

    @Test
    void declaredTypes_areReadAsThePageSays() throws IOException {
        List<String[]> rows = rows("| Declared | NOT NULL |");
        List<String> columns = new ArrayList<>();
        for (String[] row : rows) {
            codes(row[0])
                    .forEach(type -> columns.add(
                            "c" + columns.size() + " " + type + " NOT NULL, n" + columns.size() + " " + type));
        }
        GeneratedSources sources =
                generatedFrom("CREATE TABLE t (" + String.join(", ", columns) + ");", CodegenOptions.of("app"));

        assertThat(rows).hasSize(12);
        int number = 0;
        for (String[] row : rows) {
            for (String declared : codes(row[0])) {
                assertThat(types(sources, "c" + number))
                        .as(declared)
                        .containsExactly(codes(row[1]).get(0), codes(row[2]).get(0));
                assertThat(types(sources, "n" + number).get(0)).as(declared).startsWith("@Nullable ");
                number++;
            }
        }
    }

    @Test
    void chosenTypes_areReadAsThePageSays() throws IOException {
        List<String[]> rows = rows("| Word | Java |");
        List<String> columns = new ArrayList<>();
        CodegenOptions options = CodegenOptions.of("app");
        for (String[] row : rows) {
            options = options.type("t.c" + columns.size(), codes(row[0]).get(0));
            columns.add("c" + columns.size() + " TEXT NOT NULL");
        }
        GeneratedSources sources = generatedFrom("CREATE TABLE t (" + String.join(", ", columns) + ");", options);

        assertThat(rows).hasSize(18);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(types(sources, "c" + i).get(0))
                    .as(rows.get(i)[0])
                    .isEqualTo(codes(rows.get(i)[1]).get(0));
        }
    }

    @Test
    void names_areThoseOfThePage() throws IOException {
        List<String[]> rows = rows("| In the file | In Java |");
        List<String> columns = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (String[] row : rows) {
            String name = "\"" + codes(row[0]).get(0) + "\"";
            if (row[0].startsWith("column ")) {
                columns.add(name + " TEXT");
            } else {
                sql.append("CREATE TABLE ").append(name).append(" (id INTEGER);\n");
            }
        }
        GeneratedSources sources =
                generatedFrom(sql + "CREATE TABLE t (" + String.join(", ", columns) + ");", CodegenOptions.of("app"));

        assertThat(rows).hasSize(8);
        assertThat(columns).hasSize(4);
        for (String[] row : rows) {
            String chosen = codes(row[1]).get(0);
            if (row[0].startsWith("column ")) {
                assertThat(types(sources, chosen).get(0)).isEqualTo("@Nullable String");
            } else {
                assertThat(sources.files()).extracting(GeneratedFile::path).contains("app/" + chosen + ".java");
            }
        }
    }

    /** The projects that the tests of the plugin build say the same. */
    @Test
    void configurationOfMaven_isThatOfTheProjectsThatAreBuilt() throws IOException {
        List<String> poms = Stream.of("fresh", "changed", "broken")
                .map(project -> bare(Pages.source("querysets/maven-plugin/src/it/" + project + "/pom.xml")
                        .replace("@version@", "0.1.0-SNAPSHOT")))
                .toList();
        List<Fence> blocks = Fence.of(PAGE).stream()
                .filter(fence -> fence.language().equals("xml"))
                .toList();

        assertThat(blocks).hasSize(5);
        for (Fence block : blocks) {
            String code = bare(block.code()).replace("</plugin>", "");
            assertThat(poms).as(block.code()).anyMatch(pom -> pom.contains(code));
        }
        assertThat(Files.readString(folder.resolve("0001_shop.sql")))
                .isEqualTo(Pages.source(
                        "querysets/maven-plugin/src/it/fresh/src/main/resources/db/migrations/0001_shop.sql"));
    }

    private static String bare(String xml) {
        return xml.replaceAll("\\s+", " ").replace("> <", "><").strip();
    }
}
