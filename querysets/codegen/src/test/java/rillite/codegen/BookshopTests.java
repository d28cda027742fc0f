package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.Database;

/** What is generated of the bookshop and the library. */
final class BookshopTests {

    private static final CodegenOptions SHOP = CodegenOptions.of("rillite.querysets.bookshop")
            .without("book_search", "shelf_note")
            .type("book.pages", "int")
            .type("review.stars", "int")
            .type("*.quantity", "int");

    private static final CodegenOptions LIBRARY = CodegenOptions.of("rillite.querysets.library")
            .naming(Naming.derived().relation("author.mentor_id", "mentor", "mentees"))
            .type("book.pages", "int")
            .type("review.stars", "int")
            .type("author.age", "int");

    @TempDir
    Path directory;

    /** Without what only a generator writes, and without layout. */
    private static String bare(String source) {
        return source.replace("import javax.annotation.processing.Generated;", "")
                .replaceAll("(?s)@Generated\\(.*?\\)", "")
                .replaceAll("(?s)/\\*\\*.*?\\*/|//[^\\n]*", "")
                .replaceAll("\\s+", "");
    }

    private static Map<String, String> bare(Path folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> sources.put(file.getFileName().toString(), bare(Sample.text(file))));
        }
        return sources;
    }

    private static Map<String, String> bare(GeneratedSources sources) {
        Map<String, String> bare = new TreeMap<>();
        sources.files()
                .forEach(file -> bare.put(file.path().substring(file.path().lastIndexOf('/') + 1), bare(file.text())));
        bare.remove("Tables.java");
        return bare;
    }

    private static void assertSame(GeneratedSources sources, String folder, String... butNot) throws IOException {
        Map<String, String> generated = bare(sources);
        Map<String, String> written = bare(Sample.inRepository("querysets/runtime/src/test/java/" + folder));
        List.of(butNot).forEach(written::remove);

        assertThat(generated.keySet()).containsAll(written.keySet());
        written.forEach(
                (name, source) -> assertThat(generated.get(name)).as(name).isEqualTo(source));
    }

    @Test
    void tableClassesOfTheBookshop_areThoseOfTheTests() throws IOException {
        GeneratedSources sources = Sample.generate(Sample.bookshop(directory), SHOP);

        assertSame(sources, "rillite/querysets/bookshop");
        assertThat(sources.notes()).isEmpty();
    }

    /** That of the author has its relations in an order of its own. */
    @Test
    void tableClassesOfTheLibrary_areThoseOfTheTests() throws IOException {
        assertSame(
                Sample.generate(Sample.library(directory), LIBRARY),
                "rillite/querysets/library",
                "Author.java",
                "AuthorTable.java");
    }

    @Test
    void sourcesOfTheBookshop_compileAndAskTypedQueries() throws IOException {
        Path file = Sample.bookshop(directory);
        GeneratedSources sources = Sample.generate(file, CodegenOptions.of("app.db"));
        GeneratedFile probe = new GeneratedFile("app/Probe.java", """
                package app;

                import static app.db.Tables.*;

                import app.db.NewAuthor;
                import java.util.List;
                import java.util.function.Function;
                import rillite.querysets.Database;

                public final class Probe implements Function<Database, List<String>> {
                    @Override
                    public List<String> apply(Database db) {
                        db.objects(AUTHOR).insert(new NewAuthor("Zoe").mentorId(1L)).block();
                        return db.objects(BOOK)
                                .filter(BOOK.author().country.eq("HU").or(BOOK.tags().any(tag -> tag.name.eq("sea"))))
                                .selectRelated(BOOK.author())
                                .orderBy(BOOK.pages.desc())
                                .flux()
                                .map(book -> book.title() + " by " + book.author().get().name() + ", " + book.pages())
                                .concatWith(db.objects(AUTHOR).filter(AUTHOR.mentor().name.startsWith("Ada"))
                                        .orderBy(AUTHOR.id.asc()).flux().map(author -> author.name()))
                                .collectList()
                                .block();
                    }
                }
                """);

        try (Compiled compiled = Compiled.of(directory, sources, probe)) {
            Database database = Objects.requireNonNull(Database.open(file).block(Sample.PATIENCE));
            try {
                assertThat(compiled.<List<String>>run("app.Probe", database))
                        .containsExactly(
                                "A Field of Numbers by Béla Nagy, 410",
                                "The Quiet Harbour by Ada Brook, 320",
                                "Harbour Lights by Ada Brook, 280",
                                "Béla Nagy",
                                "Chloé Durand",
                                "Zoe");
            } finally {
                database.close().block(Sample.PATIENCE);
            }
        }
    }
}
