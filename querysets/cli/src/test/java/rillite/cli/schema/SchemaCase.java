package rillite.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Cli.Ran;

/** A folder with {@code shop.db} and migrations, from which commands are called. */
abstract class SchemaCase {

    @TempDir
    Path folder;

    Ran run(Object... arguments) {
        return Cli.runIn(folder, arguments);
    }

    /** On a terminal, with somebody who types. */
    Ran answering(String input, Object... arguments) {
        return Cli.runIn(folder, input, true, arguments);
    }

    Path write(String name, String... lines) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table, and a column in the next migration. */
    void writeReviews() {
        write("migrations/0001_review.up.sql", "CREATE TABLE review (id INTEGER PRIMARY KEY, text TEXT NOT NULL);");
        write("migrations/0001_review.down.sql", "DROP TABLE review;");
        write(
                "migrations/0002_stars.sql",
                "ALTER TABLE review ADD COLUMN stars INTEGER;",
                "CREATE INDEX review_stars ON review (stars);",
                "-- down",
                "DROP INDEX review_stars;",
                "ALTER TABLE review DROP COLUMN stars;");
    }

    Path database() {
        return folder.resolve("shop.db");
    }

    /** Names of the migrations that the file has. */
    List<Object> applied() {
        return Cli.rows(database(), "SELECT version || '_' || name FROM rillite_migration ORDER BY 1").stream()
                .map(row -> Objects.requireNonNull(row.get(0)))
                .toList();
    }

    List<Object> tables() {
        return Cli.rows(
                        database(),
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
                .stream()
                .map(row -> Objects.requireNonNull(row.get(0)))
                .toList();
    }

    static void assertRefused(Ran ran, int code, String... said) {
        assertThat(ran.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(ran.code()).isEqualTo(code);
    }
}
