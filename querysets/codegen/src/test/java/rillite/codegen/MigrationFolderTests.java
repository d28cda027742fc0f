package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.MigrationException;
import rillite.querysets.schema.Schema;

/** Sources of what migrations lead to. */
final class MigrationFolderTests {

    private static final CodegenOptions OPTIONS = CodegenOptions.of("app.db");

    @TempDir
    Path directory;

    private Schema read(SchemaSource source) {
        return Objects.requireNonNull(
                source.read(OPTIONS.naming().relationNames()).block(Sample.PATIENCE));
    }

    private static long scratches() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(Scratch.PREFIX))
                    .count();
        }
    }

    @Test
    void migrations_giveTheSourcesOfTheDatabaseThatTheyMake() throws IOException {
        Files.writeString(
                directory.resolve("0001_authors.up.sql"),
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);");
        Files.writeString(directory.resolve("0001_authors.down.sql"), "DROP TABLE author;");
        Files.writeString(
                directory.resolve("0002_books.sql"),
                "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author);\n-- down\nDROP"
                        + " TABLE book;");
        Path file = Sample.ofScript(
                directory,
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                        + "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author);");
        SchemaSource source = SchemaSource.migrations(directory);
        GeneratedSources sources = Codegen.generate(read(source), OPTIONS);

        assertThat(sources).isEqualTo(Sample.generate(file, OPTIONS));
        assertThat(scratches()).isZero();
    }

    @Test
    void settings_reachTheMigrations() throws IOException {
        Files.writeString(
                directory.resolve("0001_tables.sql"),
                "CREATE TABLE ${name} (id INTEGER);\n-- down\nDROP TABLE ${name};");

        Schema schema = read(SchemaSource.migrations(directory, all -> all.placeholder("name", "author")));

        assertThat(schema.find("author")).isPresent();
    }

    @Test
    void brokenMigration_isItsException() throws IOException {
        Files.writeString(directory.resolve("0001_tables.sql"), "CREATE TABEL author (id INTEGER);");

        assertThatThrownBy(() -> read(SchemaSource.migrations(directory)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("0001");
    }

    /** Ends while the folder is in use. */
    static final class Ended {

        public static void main(String... arguments) throws IOException {
            Scratch scratch = Scratch.make();
            Files.writeString(scratch.file(), "x");
            System.out.println(scratch.file());
            System.exit(0);
        }
    }

    @Test
    void endOfTheProcess_deletesTheTemporaryFile() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Ended.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String file = process.inputReader().readLine();

            assertThat(process.waitFor(Sample.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(file).contains("rillite-schema-");
            assertThat(Path.of(file).getParent()).doesNotExist();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void stamp_changesWithTheFiles() throws IOException {
        SchemaSource source = SchemaSource.migrations(directory);
        Object before = source.stamp();
        assertThat(source.stamp()).isEqualTo(before);

        Files.writeString(directory.resolve("0001_tables.sql"), "CREATE TABLE author (id INTEGER);");

        assertThat(source.stamp()).isNotEqualTo(before);
    }
}
