package rillite.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rillite.maven.Project.Outcome;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** The goals in three small projects, as Maven runs them. */
final class GoalsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SOURCES = "target/generated-sources/rillite/com/example/shop/";

    private static void assertWell(Outcome outcome) {
        assertThat(outcome.isWell()).as(outcome.log()).isTrue();
    }

    /** Line of the program in which the text stands, counted from 1. */
    private static int line(String program, String text) {
        List<String> lines = program.lines().toList();
        return 1
                + lines.indexOf(lines.stream()
                        .filter(one -> one.contains(text))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void freshProject_migratesGeneratesCompilesAndRuns_andTheSecondTimeNothingIsToDo() throws Exception {
        Project fresh = Project.of("fresh");

        Outcome first = fresh.run("compile", "rillite:migrate", "-Drillite.database=data/shop.db");

        assertWell(first);
        assertThat(first.log())
                .contains("Sources of com.example.shop: 8 written, 0 removed, 0 unchanged (schema ")
                .contains("Applied 0001_shop");
        assertThat(run(fresh.path("target/classes"), fresh.path("data/shop.db")))
                .isEqualTo(List.of("Maps by Bea, ATLAS, Layout[columns=2, font=Serif]"));

        Path author = fresh.path(SOURCES + "Author.java");
        FileTime written = Files.getLastModifiedTime(author);
        Outcome second = fresh.run("compile", "rillite:migrate", "-Drillite.database=data/shop.db");

        assertWell(second);
        assertThat(second.log())
                .contains("Sources of com.example.shop are up to date")
                .contains("Nothing to compile")
                .contains("Nothing to do: every migration is applied.");
        assertThat(Files.getLastModifiedTime(author)).isEqualTo(written);
    }

    /** Runs the program that was compiled, on the libraries of this test. */
    private static Object run(Path classes, Path database) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, GoalsIT.class.getClassLoader())) {
            return loader.loadClass("com.example.App")
                    .getMethod("run", Path.class)
                    .invoke(null, database);
        }
    }

    @Test
    void changedSchema_endsTheBuildWhereTheRemovedColumnIsUsed() throws Exception {
        Project changed = Project.of("changed");
        assertWell(changed.run("compile"));
        assertThat(changed.text(SOURCES + "Book.java")).contains("@Nullable String subtitle");

        changed.addMigration("0002_drop_subtitle.sql");
        Outcome broken = changed.run("compile");

        assertThat(broken.isWell()).isFalse();
        int line = line(changed.text("src/main/java/com/example/App.java"), "BOOK.subtitle");
        assertThat(broken.log())
                .contains("Sources of com.example.shop: 5 written, 0 removed, 0 unchanged")
                .containsPattern("App\\.java:\\[" + line
                        + ",\\d+] cannot find symbol\\s+(\\[ERROR] )?\\s*symbol: +variable" + " subtitle")
                .contains("COMPILATION ERROR");
        assertThat(changed.text(SOURCES + "Book.java")).doesNotContain("subtitle");
    }

    @Test
    void brokenMigration_endsTheBuildWithItsPlace_andLeavesTheDatabaseAsItWas() throws Exception {
        Project broken = Project.of("broken");
        assertWell(broken.run("compile"));
        List<String> before = content(broken.path("app.db"));
        assertThat(before).hasSize(4);

        broken.addMigration("0002_email.sql");
        int line = line(broken.text("0002_email.sql"), "INDX");
        Outcome migrate = broken.run("compile");

        assertThat(migrate.isWell()).isFalse();
        assertThat(migrate.log())
                .contains("rillite-maven-plugin")
                .contains("0002_email.sql, line " + line + ": ")
                .contains("syntax error")
                .contains("CREATE UNIQUE INDX author_email")
                .contains("The migration was rolled back.")
                .doesNotContain("COMPILATION ERROR");
        assertThat(content(broken.path("app.db"))).isEqualTo(before);

        String author = broken.text(SOURCES + "Author.java");
        Outcome generate = broken.run("rillite:generate@default");

        assertThat(generate.isWell()).isFalse();
        assertThat(generate.log()).contains(":generate").contains("0002_email.sql, line " + line + ": ");
        assertThat(broken.text(SOURCES + "Author.java")).isEqualTo(author);
    }

    /** Tables, rows and history. */
    private static List<String> content(Path file) {
        Database db = Objects.requireNonNull(
                Database.open(file, DatabaseOptions.defaults().readOnly()).block(PATIENCE));
        try {
            List<String> content = new ArrayList<>();
            for (String sql : List.of(
                    "SELECT sql AS line FROM sqlite_schema WHERE name = 'author'",
                    "SELECT id || ' ' || name AS line FROM author ORDER BY id",
                    "SELECT version || checksum || applied_at AS line FROM rillite_migration")) {
                content.addAll(Objects.requireNonNull(
                        db.sql(sql).values("line").flat(String.class).list().block(PATIENCE)));
            }
            return content;
        } finally {
            db.close().block(PATIENCE);
        }
    }
}
