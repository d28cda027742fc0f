package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.querysets.migrate.MigrationTestReport.Finding;

/** What the tester for users' migrations finds, and what it does not take for a loss. */
final class MigrationTesterTests extends MigrationCase {

    private MigrationTester tester;

    @BeforeEach
    void users() {
        write(
                "0001_users.sql",
                "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, phone TEXT, CHECK (id > 0));",
                "CREATE INDEX users_phone ON users (phone);",
                "-- down",
                "DROP TABLE users;");
        tester = MigrationTester.of(migrations())
                .seed("1", "INSERT INTO users VALUES (1, 'a@b', '123'), (2, 'c@d', NULL)");
    }

    private List<String> findings() {
        return await(tester.run()).findings().stream().map(Finding::toString).toList();
    }

    @Test
    void migrationsThatKeepEverything_haveNoFindings() {
        write(
                "0002_add_name.sql",
                "ALTER TABLE users ADD COLUMN name TEXT;",
                "UPDATE users SET name = 'x';",
                "-- down",
                "ALTER TABLE users DROP COLUMN name;");
        write(
                "0003_rename.sql",
                "ALTER TABLE users RENAME TO people;",
                "-- down",
                "ALTER TABLE people RENAME TO users;");
        write(
                "0004_needed.sql",
                "CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, phone TEXT, name TEXT NOT NULL, CHECK (id > 0));",
                "INSERT INTO n SELECT * FROM people; DROP TABLE people; ALTER TABLE n RENAME TO people;",
                "CREATE INDEX users_phone ON people (phone);",
                "-- down",
                "CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, phone TEXT, CHECK (id > 0), name TEXT);"
                        .replace("CHECK (id > 0), name TEXT", "name TEXT, CHECK (id > 0)"),
                "INSERT INTO n SELECT * FROM people; DROP TABLE people; ALTER TABLE n RENAME TO people;",
                "CREATE INDEX users_phone ON people (phone);");
        write(
                "0005_mobile.sql",
                "ALTER TABLE people RENAME phone TO mobile; ALTER TABLE people RENAME TO persons;",
                "-- down",
                "ALTER TABLE persons RENAME TO people; ALTER TABLE people RENAME mobile TO phone;");
        tester = tester.seed("4", "INSERT INTO people VALUES (9, 'e@f', '', 'y')");

        MigrationTestReport report = await(tester.run());

        assertThat(report.findings()).isEmpty();
        assertThat(report.migrations()).isEqualTo(5);
        assertThat(report.irreversible()).isEmpty();
        report.assertNothingLost();
    }

    @Test
    void columnThatIsDropped_isALoss() {
        write("0002_no_phone.sql", "DROP INDEX users_phone; ALTER TABLE users DROP COLUMN phone;");

        assertThat(findings()).containsExactly("0002_no_phone UP: column users.phone is gone with its 1 value");
        assertThatThrownBy(() -> await(tester.run()).assertNothingLost())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "1 findings in 2 migrations:\n0002_no_phone UP: column users.phone is gone with its 1 value");
        tester = tester.expectLoss("2");
        assertThat(findings()).isEmpty();
    }

    @Test
    void newNameForOtherValues_isALoss() {
        write("0002_digits.sql", "ALTER TABLE users RENAME phone TO digits; UPDATE users SET digits = '12';");
        write("0003_people.sql", "DELETE FROM users WHERE id = 2; ALTER TABLE users RENAME TO people;");

        assertThat(findings())
                .containsExactly(
                        "0002_digits UP: column users.phone is gone with its 1 value",
                        "0003_people UP: table users is gone with its 2 rows");
    }

    @Test
    void columnWithoutValues_isNone() {
        write("0002_add.sql", "ALTER TABLE users ADD COLUMN empty TEXT;");
        write("0003_drop.sql", "ALTER TABLE users DROP COLUMN empty;");

        assertThat(findings()).isEmpty();
    }

    @Test
    void rowsThatVanish_areALoss() {
        write("0002_clean.sql", "DELETE FROM users WHERE phone IS NULL;", "-- down");
        write("0003_forget.sql", "UPDATE users SET phone = NULL;", "-- down");

        assertThat(findings())
                .containsExactly(
                        "0002_clean UP: table users had 2 rows and has 1",
                        "0002_clean DOWN: table users had 2 rows and has 1",
                        "0003_forget UP: column users.phone had 1 value and has 0",
                        "0003_forget DOWN: column users.phone had 1 value and has 0");
    }

    @Test
    void wayDownThatForgetsAnIndexOrAValue_isFound() {
        write(
                "0002_rebuild.sql",
                "ALTER TABLE users ADD COLUMN name TEXT;",
                "-- down",
                "CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT UNIQUE, phone TEXT);",
                "INSERT INTO n SELECT id, upper(email), phone FROM users;",
                "DROP TABLE users; ALTER TABLE n RENAME TO users;");

        assertThat(findings())
                .contains(
                        "0002_rebuild DOWN: check of users: id > 0 is gone",
                        "0002_rebuild DOWN: index users_phone is gone",
                        "0002_rebuild DOWN: column users.email has other values than before")
                .anyMatch(found -> found.startsWith("0002_rebuild DOWN: column users.email was TEXT NORMAL not null"));
    }

    @Test
    void wayDownThatLeavesSomething_isFound() {
        write("0002_two.up.sql", "CREATE TABLE a (x);", "CREATE TABLE IF NOT EXISTS b (x);");
        write("0002_two.down.sql", "DROP TABLE a;");

        assertThat(findings())
                .contains(
                        "0002_two DOWN: table b is left over",
                        "ALL_THE_WAY_DOWN: column b.x is left over",
                        "ALL_THE_WAY_DOWN: table b is left over");
    }

    @Test
    void foreignKeyThatLeadsNowhere_isFound() {
        write("0002_posts.sql", "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id REFERENCES users (id));");
        write(
                "0003_wrong_order.sql",
                "ALTER TABLE users RENAME TO old; CREATE TABLE users (id INTEGER PRIMARY KEY);" + " DROP TABLE old;");
        tester = MigrationTester.of(migrations());

        assertThat(findings())
                .containsExactly(
                        "0003_wrong_order UP: foreign key posts(user_id) -> old(id) leads to a table that does not"
                                + " exist");
    }

    @Test
    void failingMigration_isAnError() {
        write("0002_unique.sql", "CREATE UNIQUE INDEX u ON users (phone IS NULL);", "-- down", "DROP INDEX u;");
        tester = tester.seed("1", "INSERT INTO users VALUES (3, 'x', NULL)");

        assertThat(error(MigrationFailedException.class, tester.run())).hasMessageContaining("0002_unique.sql, line 1");
    }

    @Test
    void seedsForNoMigration_areErrors() {
        tester = tester.seed("7", "SELECT 1");

        assertThat(error(InvalidMigrationException.class, tester.run()))
                .hasMessage("No migration has the number 7, for which there is a seed or an expected loss.");
    }

    @Test
    void nothingIsLeft_inTheTemporaryFolder() throws Exception {
        List<Path> before = scratchFolders();

        await(tester.run());
        write("0002_bad.sql", "SELECT nonsense;");
        error(MigrationFailedException.class, tester.run());

        assertThat(scratchFolders()).isEqualTo(before);
    }

    private static List<Path> scratchFolders() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("rillite-migrations"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void contents_doNotDependOnTheOrderOfRows() {
        List<String> names = List.of("a", "b");
        TableContent one = TableContent.empty(names)
                .plus(names, "1", Arrays.asList("'x'", null))
                .plus(names, "2", List.of("'y'", "3"));
        TableContent other = TableContent.empty(names)
                .plus(names, "2", List.of("'y'", "3"))
                .plus(names, "1", Arrays.asList("'x'", null));
        TableContent swapped = TableContent.empty(names)
                .plus(names, "1", Arrays.asList("'y'", null))
                .plus(names, "2", List.of("'x'", "3"));

        assertThat(one).isEqualTo(other).isNotEqualTo(swapped);
        assertThat(one.changedIn("t", swapped)).containsExactly("column t.a has other values than before");
    }
}
