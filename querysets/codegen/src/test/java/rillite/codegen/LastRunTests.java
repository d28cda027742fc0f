package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.MigrationException;

/** Whether a run may be left out. */
final class LastRunTests {

    private static final CodegenOptions OPTIONS = CodegenOptions.of("app.db")
            .naming(Naming.derived()
                    .table("author", "Writer")
                    .column("author.name", "known")
                    .column("author.id", "number"))
            .type("author.name", "any");

    @TempDir
    Path directory;

    private Path migrations;
    private SchemaSource source;
    private Path root;
    private LastRun last;

    @BeforeEach
    void run() throws IOException {
        migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(
                migrations.resolve("0001_author.sql"),
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);\n-- down\nDROP TABLE author;");
        source = SchemaSource.migrations(migrations);
        root = directory.resolve("sources");
        last = LastRun.in(directory.resolve("build/last.txt"));
        String before = fingerprint(source);
        Codegen.generate(
                        Objects.requireNonNull(
                                source.read(OPTIONS.naming().relationNames()).block(Sample.PATIENCE)),
                        OPTIONS)
                .writeTo(root);
        assertThat(last.isSame(before, OPTIONS, root)).isFalse();
        last.remember(before, OPTIONS, root);
    }

    private static String fingerprint(SchemaSource source) {
        return Objects.requireNonNull(source.fingerprint().block(Sample.PATIENCE));
    }

    private boolean isSame(CodegenOptions options) {
        return last.isSame(fingerprint(source), options, root);
    }

    @Test
    void nothingChanged_isTheSame() throws IOException {
        assertThat(isSame(OPTIONS)).isTrue();

        Path file = migrations.resolve("0001_author.sql");
        Files.writeString(file, Files.readString(file));
        assertThat(isSame(OPTIONS)).as("written again as it was").isTrue();
    }

    @Test
    void otherMigrations_areAnotherRun() throws IOException {
        Files.writeString(migrations.resolve("0002_tag.sql"), "CREATE TABLE tag (name TEXT);");
        assertThat(isSame(OPTIONS)).isFalse();

        Files.delete(migrations.resolve("0002_tag.sql"));
        assertThat(isSame(OPTIONS)).isTrue();

        Files.writeString(
                migrations.resolve("0001_author.sql"), "CREATE TABLE author (id INTEGER PRIMARY KEY, nome TEXT);");
        assertThat(isSame(OPTIONS)).isFalse();
    }

    @Test
    void otherOptions_areAnotherRun() {
        assertThat(isSame(OPTIONS.type("author.id", "int"))).isFalse();
        assertThat(isSame(OPTIONS.naming(OPTIONS.naming().table("author", "Poet"))))
                .isFalse();
        assertThat(isSame(OPTIONS.naming(OPTIONS.naming().column("author.name", "called"))))
                .isFalse();
        assertThat(isSame(OPTIONS.naming(OPTIONS.naming().manyToMany("a.b", "c"))))
                .isFalse();
        assertThat(isSame(OPTIONS.only("author"))).isFalse();
        assertThat(isSame(OPTIONS.without("tag"))).isFalse();
        assertThat(isSame(CodegenOptions.of("app.other"))).isFalse();
    }

    @Test
    void touchedSources_areAnotherRun() throws IOException {
        Path writer = root.resolve("app/db/Writer.java");
        String text = Files.readString(writer);
        Files.writeString(writer, text + "\n");
        assertThat(isSame(OPTIONS)).isFalse();
        Files.writeString(writer, text);
        assertThat(isSame(OPTIONS)).isTrue();

        Files.delete(writer);
        assertThat(isSame(OPTIONS)).isFalse();
        Files.writeString(writer, text);
        Files.writeString(root.resolve("app/db/More.java"), "package app.db;");
        assertThat(isSame(OPTIONS)).isFalse();
    }

    @Test
    void databaseFile_isAnotherWhenItWasWritten() {
        Path file = Sample.ofScript(directory, "CREATE TABLE author (id INTEGER)");
        SchemaSource database = SchemaSource.database(file);
        String before = fingerprint(database);

        Sample.schema(file);
        assertThat(fingerprint(database)).as("only read").isEqualTo(before);

        Sample.run(file, "CREATE TABLE tag (name TEXT)");
        assertThat(fingerprint(database)).isNotEqualTo(before);
        assertThat(fingerprint(SchemaSource.database(directory.resolve("missing.db"))))
                .isNotEqualTo(before);
    }

    @Test
    void databaseFileWithALog_isTheSameAfterReading() {
        Path file = Sample.ofScript(directory, "PRAGMA journal_mode = WAL; CREATE TABLE author (id INTEGER)");
        SchemaSource database = SchemaSource.database(file);
        String before = fingerprint(database);

        Sample.schema(file);

        assertThat(fingerprint(database)).isEqualTo(before);
    }

    @Test
    void settingsOfMigrations_areMadeOfThemToo() throws IOException {
        Files.writeString(migrations.resolve("0002_tag.sql"), "CREATE TABLE ${name} (id INTEGER);");
        SchemaSource tag = SchemaSource.migrations(migrations, all -> all.placeholder("name", "tag"));
        SchemaSource label = SchemaSource.migrations(migrations, all -> all.placeholder("name", "label"));

        assertThat(fingerprint(tag)).isNotEqualTo(fingerprint(label)).isEqualTo(fingerprint(tag));
        assertThatThrownBy(() -> fingerprint(source))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("0002_tag.sql");
    }

    @Test
    void placeThatCannotBeWritten_isAnErrorThatNamesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> LastRun.in(file.resolve("last.txt")).remember("", OPTIONS, root))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("last.txt");
    }
}
