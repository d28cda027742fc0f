package rillite.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

/** What a database has of its migrations, and how commands change it. */
final class MigrateCommandTests extends SchemaCase {

    @BeforeEach
    void migrations() {
        writeReviews();
    }

    @Test
    void migrate_createsTheFile_andAppliesWhatIsMissing() {
        Ran first = run("migrate", "shop.db");
        Ran second = run("migrate", "shop.db");

        assertThat(first.code()).isZero();
        assertThat(first.lines())
                .contains("  applied     0001_review", "  applied     0002_stars")
                .anyMatch(line -> line.endsWith("shop.db"));
        assertThat(first.err().lines())
                .containsExactly("0001_review (1 of 2), 1 statement", "0002_stars (2 of 2), 2 statements");
        assertThat(applied()).containsExactly("0001_review", "0002_stars");
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("Nothing to do: every migration is applied.");
    }

    @Test
    void migrate_onATerminal_movesOneLine() {
        Ran ran = answering("", "migrate", "shop.db");

        assertThat(ran.err()).contains("\r\u001b[K", "0002_stars (2 of 2), statement 1 of 2");
        assertThat(ran.out()).contains("applied     0002_stars");
    }

    @Test
    void migrate_json_isForPrograms() {
        Ran ran = run("migrate", "shop.db", "--to", "1", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("{\n")
                .contains("\"set\": \"app\"", "\"version\": \"0001\"", "\"action\": \"apply\"", "CREATE TABLE review")
                .doesNotContain("0002");
    }

    @Test
    void migrate_dryRun_printsTheSql_andTouchesNothing() throws IOException {
        Ran missing = run("migrate", "shop.db", "--dry-run");
        Path shop = Cli.shop(folder);
        byte[] before = Files.readAllBytes(shop);
        Ran there = run("migrate", "shop.db", "--dry-run", "--to", "0001");

        assertThat(missing.code()).isZero();
        assertThat(missing.out())
                .startsWith("-- 0001_review: APPLY\nBEGIN IMMEDIATE;\nCREATE TABLE review (")
                .contains("-- 0002_stars: APPLY");
        assertThat(there.out()).contains("-- 0001_review").doesNotContain("0002");
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("shop.db", "migrations");
    }

    @Test
    void migrate_thatIsRefused_createsNoFile() {
        assertRefused(run("migrate", "shop.db", "--to", "9"), 2, "No migration of the set \"app\" has the number 9.");
        assertRefused(run("migrate", "shop.db", "--folder", "gone"), 2, "gone: no such folder.");
        assertRefused(run("migrate", "shop.db", "--set", "No!"), 2, "The set \"No!\" is none");
        assertRefused(run("migrate", "shop.db", "--placeholder", "owner"), 2, "--placeholder is written NAME=VALUE");
        assertRefused(
                run("migrate", "shop.db", "--folde", "x"), 2, "There is no option \"--folde\". Did you mean --folder?");
        assertRefused(run("migrte", "shop.db"), 2, "Did you mean migrate?");
        assertThat(database()).doesNotExist();
    }

    @Test
    void migrate_ofAFolderWithoutMigrations_isRefused_andCreatesNoFile() {
        assertThat(folder.resolve("empty").toFile().mkdir()).isTrue();

        assertRefused(run("migrate", "shop.db", "--folder", "empty"), 2, "There is no migration in \"", "empty\".");
        assertRefused(run("migrate", "shop.db", "--folder", "empty", "--dry-run"), 2, "There is no migration in \"");
        assertThat(database()).doesNotExist();
    }

    @Test
    void debug_printsWhereTheErrorArose() {
        Ran ran = run("migrate", "shop.db", "--folder", "gone", "--debug");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("gone: no such folder.", "\tat rillite.cli.schema.", "Caused by: ");
    }

    @Test
    void migrate_environmentAndPlaceholder_areTaken() {
        write("migrations/dev/0003_sample.sql", "INSERT INTO review (text) VALUES ('${owner} likes it');");

        assertThat(run("migrate", "shop.db", "--environment", "dev", "--placeholder", "owner=Ada")
                        .code())
                .isZero();

        assertThat(Cli.rows(database(), "SELECT text FROM review")).hasToString("[[Ada likes it]]");
        assertRefused(run("migrate", "shop.db", "--environment", "prod"), 2, "or leave --environment out");
        String likely = "newer code migrated this database, or --environment or --set was left out.";
        assertThat(run("status", "shop.db").out()).contains(likely);
        assertRefused(run("rollback", "shop.db"), 1, likely);
    }

    @Test
    void statementThatFails_isToldWithItsLine_andTheOthersStay() {
        write("migrations/0003_wrong.sql", "CREATE TABLE fine (x);", "INSERT INTO review (txt) VALUES (1);");

        Ran ran = run("migrate", "shop.db");

        assertRefused(ran, 1, "0003_wrong.sql, line 2: ", "The migration was rolled back.");
        assertThat(ran.out()).contains("applied     0002_stars").doesNotContain("0003");
        assertThat(tables()).containsExactly("review", "rillite_migration");
    }

    @Test
    void changedFile_isAConflict_withItsLines() {
        run("migrate", "shop.db");
        write("migrations/0001_review.up.sql", "CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL);");

        Ran migrate = run("migrate", "shop.db");
        Ran status = run("status", "shop.db");

        assertRefused(
                migrate,
                1,
                "(line 1 stands where 1 line stood)",
                "    1 | CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.lines())
                .contains("  1 | CREATE TABLE review (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
                .contains("2 applied, 0 pending, 1 conflict.")
                .anyMatch(line -> line.startsWith("0001_review: its way up was changed after it was applied at 20"));
        assertThat(run("repair", "shop.db", "--dry-run").out()).isEqualTo("-- 0001_review: ACCEPT\n");
        assertThat(run("repair", "shop.db").lines()).contains("  accepted    0001_review");
        assertThat(run("repair", "shop.db").out()).contains("Nothing to repair");
        assertThat(run("status", "shop.db", "--check").code()).isZero();
    }

    @Test
    void status_showsBothSides_andOnlyReads() throws IOException {
        Path shop = Cli.shop(folder);
        byte[] before = Files.readAllBytes(shop);

        Ran pending = run("status", "shop.db");
        Ran check = run("status", "shop.db", "--check");
        assertThat(Files.readAllBytes(shop)).isEqualTo(before);
        run("migrate", "shop.db", "--to", "1");
        Ran half = run("status", "shop.db", "--json");

        assertThat(pending.code()).isZero();
        assertThat(check.code()).isEqualTo(1);
        assertThat(pending.lines())
                .anyMatch(line -> line.matches("0002_stars +pending"))
                .endsWith("0 applied, 2 pending.");
        assertThat(half.out()).contains("\"upToDate\": false", "\"state\": \"applied\"", "\"state\": \"pending\"");
        assertRefused(run("status", "shpo.db"), 2, "Did you mean shop.db?");
    }

    @Test
    void rollback_undoesByStepsOrToANumber() {
        run("migrate", "shop.db");

        assertThat(run("rollback", "shop.db", "--dry-run").out())
                .contains("-- 0002_stars: ROLL_BACK", "DROP INDEX review_stars;")
                .doesNotContain("0001");
        assertThat(run("rollback", "shop.db").lines()).contains("  rolled back 0002_stars");
        assertThat(applied()).containsExactly("0001_review");
        assertThat(run("redo", "shop.db").lines()).contains("  rolled back 0001_review", "  applied     0001_review");
        assertThat(run("rollback", "shop.db", "--to", "0").code()).isZero();
        assertThat(tables()).containsExactly("rillite_migration");
        assertThat(run("rollback", "shop.db", "--steps", "3").out()).contains("Nothing to undo");
    }

    @Test
    void rollback_wrongCalls_areRefused() {
        run("migrate", "shop.db");

        assertRefused(run("rollback", "shop.db", "--steps", "0"), 2, "--steps must be at least 1");
        assertRefused(run("rollback", "shop.db", "--steps", "1", "--to", "1"), 2, "--steps", "mutually exclusive");
        assertRefused(run("rollback", "shop.db", "--to", "x"), 2, "The version \"x\" is no number");
        assertRefused(run("rollback", "gone.db"), 2, "There is no file \"");
        delete("migrations/0001_review.down.sql");
        assertRefused(run("rollback", "shop.db", "--to", "0"), 2, "cannot be rolled back: it has no way down.");
        assertThat(applied()).hasSize(2);
    }

    @Test
    void lateBranch_needsAnOption() {
        run("migrate", "shop.db");
        write("migrations/0004_last.sql", "CREATE TABLE last (x);");
        run("migrate", "shop.db");
        write("migrations/0003_late.sql", "CREATE TABLE late (x);");

        assertRefused(run("migrate", "shop.db"), 1, "Give it the next number, or --out-of-order.");
        assertThat(run("migrate", "shop.db", "--out-of-order").lines()).contains("  applied     0003_late");
    }

    @Test
    void baseline_adoptsADatabaseThatHasTheTables() {
        Cli.database(database(), "CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");

        assertRefused(run("migrate", "shop.db"), 1, "run rillite baseline first.");
        assertThat(run("baseline", "shop.db", "--to", "0001").lines()).contains("  noted       0001_review");
        assertThat(run("migrate", "shop.db").lines()).contains("  applied     0002_stars");
        assertRefused(run("baseline", "shop.db", "--to", "1"), 2, "A baseline is for databases without a history.");
        assertRefused(run("baseline", "shop.db"), 2, "--to");
    }

    @Test
    void sql_printsEitherWay_withoutADatabase() {
        assertThat(run("sql", "2").out())
                .isEqualTo("-- 0002_stars: APPLY\nBEGIN IMMEDIATE;\nALTER TABLE review ADD COLUMN stars INTEGER;\n"
                        + "CREATE INDEX review_stars ON review (stars);\nCOMMIT;\n");
        assertThat(run("sql", "0001", "--down").out()).contains("PRAGMA foreign_keys = OFF;", "DROP TABLE review;");
        assertThat(run("sql", "1", "--json").out()).contains("\"way\": \"up\"", "\"statements\": [");
        assertRefused(run("sql", "7"), 2, "There is no migration 7", "They go from 0001_review to 0002_stars.");
        assertRefused(run("sql", "x"), 2, "\"x\" is no number of a migration");
        delete("migrations/0001_review.down.sql");
        assertRefused(run("sql", "1", "--down"), 2, "The migration 0001_review has no way down");
    }

    @Test
    void hostileFolder_isToldWithItsFile() throws IOException {
        Path outside = write("outside.sql", "CREATE TABLE t (x);");
        Files.createSymbolicLink(folder.resolve("migrations/0003_link.sql"), outside);
        assertRefused(run("migrate", "shop.db"), 2, "0003_link.sql: a link leads out of the migrations folder.");
        delete("migrations/0003_link.sql");

        Files.write(folder.resolve("migrations/0003_latin.sql"), "SELECT 'é'".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(run("status", "shop.db", "--folder", "migrations"), 2, "There is no file");
        Cli.shop(folder);
        assertRefused(run("status", "shop.db"), 2, "0003_latin.sql, line 1: the byte 0xE9", "Save the file as UTF-8.");
        delete("migrations/0003_latin.sql");

        write("migrations/3_wrong.sql", "SELECT 1;");
        assertRefused(run("migrate", "shop.db"), 2, "3_wrong.sql");
        assertRefused(run("sql", "1", "--folder", "outside.sql"), 2, "is a file, not a folder of migrations.");
    }
}
