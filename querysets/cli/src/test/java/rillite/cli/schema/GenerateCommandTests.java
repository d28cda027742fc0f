package rillite.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

/** Java for the tables of a database. */
final class GenerateCommandTests extends SchemaCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeEach
    void makeShop() {
        Cli.shop(folder);
    }

    private Ran generate(Object... more) {
        Object[] all = new Object[7 + more.length];
        System.arraycopy(
                new Object[] {"generate", "--database", "shop.db", "--package", "com.example.shop", "--output", "src"},
                0,
                all,
                0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return run(all);
    }

    @Test
    void generate_writesSources_andThenNothing() {
        Ran first = generate();
        Ran second = generate();

        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("com.example.shop in ", "files written, 0 removed, 0 unchanged.");
        assertThat(folder.resolve("src/com/example/shop/Book.java")).content().contains("public record Book(");
        assertThat(second.out()).contains(": 0 files written, 0 removed, ");
    }

    @Test
    void generate_takesNamesAndTypes() {
        Ran ran = generate(
                "--only",
                "b*",
                "--without",
                "bestseller",
                "--name",
                "book=Volume",
                "--name",
                "book.in_print=available",
                "--type",
                "book.pages=int",
                "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("\"package\": \"com.example.shop\"", "Volume.java")
                .doesNotContain("Author.java");
        assertThat(folder.resolve("src/com/example/shop/Volume.java"))
                .content()
                .contains("int pages", "boolean available");
    }

    @Test
    void generate_fromMigrations() {
        writeReviews();

        Ran ran = run("generate", "--migrations", "migrations", "--package", "app.db", "--output", "src");

        assertThat(ran.code()).isZero();
        assertThat(folder.resolve("src/app/db/Review.java")).content().contains("@Nullable Long stars");
    }

    @Test
    void wrongCalls_areRefused() {
        assertRefused(
                run("generate", "--package", "a.b", "--output", "src"),
                2,
                "A source is missing: give one of --database DATABASE, --migrations FOLDER.");
        assertRefused(
                run("generate", "--database", "shpo.db", "--package", "a.b", "--output", "src"),
                2,
                "Did you mean shop.db?");
        assertRefused(
                run("generate", "--migrations", "gone", "--package", "a.b", "--output", "src"),
                2,
                "gone: no such folder. Name the one of the migrations by --migrations.");
        assertRefused(
                run("generate", "--database", "shop.db", "--package", "a-b", "--output", "src"),
                2,
                "is no name of a package");
        assertRefused(
                run("generate", "--database", "shop.db", "--package", "a.b", "--output", "shop.db"),
                2,
                "is a file: name a folder for the sources.");
        assertRefused(generate("--type", "book.pages=number"), 2, "number");
        assertRefused(generate("--type", "book.size=int"), 2, "There is no column \"book.size\"");
        assertRefused(
                generate("--relation", "author.mentor_id=a,b,c"),
                2,
                "Names are chosen like this: author.mentor_id = mentor, mentees");
        assertRefused(generate("--name", "book"), 2, "Names are chosen like this: series = Series");
    }

    @Test
    void ownTables_areNotWritten() {
        Cli.jdbc(database(), "CREATE TABLE rillite_migration (x); CREATE TABLE rillite_import (x)");

        assertThat(generate().code()).isZero();

        assertThat(folder.resolve("src/com/example/shop").toFile().list())
                .contains("Book.java")
                .noneMatch(name -> name.startsWith("Rillite"));
    }

    @Test
    void watch_followsTheSchema_untilItIsInterrupted() throws InterruptedException {
        StringWriter out = new StringWriter();
        int[] code = {-1};
        Thread watching = new Thread(() -> code[0] = Cli.runInto(
                new PrintWriter(out),
                folder,
                "generate",
                "--database",
                "shop.db",
                "--package",
                "com.example.shop",
                "--output",
                "src",
                "--watch"));
        watching.start();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> out.toString().contains("files written"));

            Cli.jdbc(database(), "CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT)");

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> folder.resolve("src/com/example/shop/Review.java")
                            .toFile()
                            .isFile());
        } finally {
            watching.interrupt();
            watching.join(PATIENCE.toMillis());
        }
        assertThat(watching.isAlive()).isFalse();
        assertThat(code[0]).isZero();
    }
}
