package rillite.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

/** The next migration, written from a desired schema. */
final class MakeCommandTests extends SchemaCase {

    @BeforeEach
    void desired() {
        writeReviews();
        desired(
                "CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL, stars INTEGER, author TEXT);",
                "CREATE INDEX review_stars ON review (stars);");
    }

    private void desired(String... lines) {
        write("schema.sql", lines);
    }

    @Test
    void make_writesTheNextMigration_whichLeadsThere() {
        Ran ran = run("make", "--name", "author");

        assertThat(ran.code()).isZero();
        assertThat(ran.lines())
                .contains("  add column review.author")
                .anyMatch(line -> line.endsWith("0003_author.up.sql"));
        assertThat(folder.resolve("migrations/0003_author.up.sql"))
                .content()
                .contains("ALTER TABLE review ADD COLUMN author TEXT");
        assertThat(run("migrate", "shop.db").code()).isZero();
        Ran again = run("make", "--check");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing to write: the schema is as desired.");
    }

    @Test
    void make_firstOfAll_needsNoFolder() {
        assertThat(run("make", "--name", "start", "--folder", "db/new").code()).isZero();

        assertThat(folder.resolve("db/new/0001_start.up.sql")).isRegularFile();
    }

    @Test
    void make_fromADatabase_comparesWithIt() {
        assertThat(run("migrate", "shop.db", "--to", "1").code()).isZero();
        assertRefused(
                run("make", "--database", "shop.db", "--name", "x"),
                1,
                "does not have exactly the migrations of the folder");
        run("migrate", "shop.db");
        Cli.jdbc(database(), "INSERT INTO review (text) VALUES ('a')");

        Ran ran = run("make", "--database", "shop.db", "--dry-run");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("ALTER TABLE review ADD COLUMN author TEXT", "-- down", "DROP COLUMN author");
        assertThat(folder.resolve("migrations").toFile().list()).hasSize(3);
        assertThat(run("make", "--check").code()).isEqualTo(1);
    }

    @Test
    void undecidedRename_offATerminal_tellsBothOptions() {
        desired(
                "CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL, stars INTEGER);",
                "CREATE INDEX review_stars ON review (stars);");

        assertRefused(
                run("make", "--name", "body"),
                1,
                "Was column review.text renamed to body?",
                "--rename review.text=body   keeps the data",
                "--not-renamed review.text   it is gone, and the other one is new");
        assertThat(run("make", "--name", "body", "--rename", "review.text=body").lines())
                .contains("  rename column review.text to body");
    }

    @Test
    void undecidedRename_onATerminal_isAsked() {
        desired(
                "CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL, stars INTEGER);",
                "CREATE INDEX review_stars ON review (stars);");

        Ran lost = answering("maybe\nn\n", "make", "--name", "body");
        Ran ended = answering("", "make", "--name", "body");
        Ran kept = answering("y\n", "make", "--name", "body");

        assertThat(lost.err()).contains("Was column review.text renamed to body? [y/n] ");
        assertRefused(lost, 1, "Your answers so far: --not-renamed review.text");
        assertRefused(ended, 1, "The input ended before all questions were answered");
        assertThat(kept.code()).isZero();
        assertThat(kept.out()).contains("rename column review.text to body", "0003_body.down.sql");
    }

    @Test
    void loss_needsAnOption() {
        desired("CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL);");

        assertRefused(
                run("make", "--name", "less"),
                1,
                "The migration would lose data: column review.stars",
                "add --allow-data-loss");
        Ran ran = run("make", "--name", "less", "--allow-data-loss");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("warning: ");
    }

    @Test
    void whatIsUndecided_isJsonToo() {
        desired("CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL, stars INTEGER);");
        Ran renamed = run("make", "--check", "--json");
        desired("CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL);");
        Ran lost = run("make", "--check", "--json");

        assertThat(renamed.code()).isEqualTo(1);
        assertThat(renamed.out())
                .startsWith("{\n  \"error\": \"Something may have been renamed.")
                .contains("\"from\": \"review.text\"", "\"candidates\": [", "\"body\"");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.out())
                .startsWith("{\n  \"error\": \"The migration would lose data")
                .contains("\"subjects\": [", "\"column review.stars\"", "\"questions\": []");
    }

    @Test
    void columnWithoutAValue_needsOne() {
        desired(
                "CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL, stars INTEGER, slug TEXT NOT NULL);",
                "CREATE INDEX review_stars ON review (stars);");

        assertRefused(run("make", "--name", "slug"), 1, "review.slug", "add --backfill review.slug=..");
        assertThat(run("make", "--name", "slug", "--backfill", "review.slug=lower(text)", "--json")
                        .out())
                .contains("\"changes\": [", "lower(text)", "\"needsRebuild\": true", "0003_slug.up.sql");
    }

    @Test
    void wrongCalls_areRefused() throws IOException {
        assertRefused(run("make"), 2, "--name is missing");
        assertRefused(run("make", "--name", "Add"), 2, "--name: a migration is named with");
        assertRefused(run("make", "--name", "x", "--desired", "schem.sql"), 2, "Did you mean schema.sql?");
        assertRefused(run("make", "--name", "x", "--rename", "review"), 2, "--rename is written OLD=NEW");
        assertRefused(run("make", "--name", "x", "--rename", "gone=here"), 2, "--rename gone: there is no such table");
        Files.write(folder.resolve("schema.sql"), "-- été".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(run("make", "--name", "x"), 2, "schema.sql is not text in UTF-8. Save it as UTF-8.");
        desired("");
        assertRefused(run("make", "--name", "x"), 2, "schema.sql is empty: it has no CREATE statement");
        desired("DROP TABLE IF EXISTS review;");
        assertRefused(run("make", "--name", "x"), 2, "schema.sql, line 1: the statement is no CREATE statement");
        desired("CREATE TABLE (;");
        assertRefused(run("make", "--name", "x"), 2, "schema.sql, line 1: SQLite refuses");
        assertThat(Files.exists(folder.resolve("migrations/0003_x.up.sql"))).isFalse();
    }
}
