package rillite.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoRefusalTests {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void run_missingFile_isOneSentence() {
        assertRefused("There is no file", folder.resolve("missing.db").toString());
    }

    @Test
    void run_directory_isOneSentence() {
        assertRefused("is a directory", folder.toString());
    }

    @Test
    void run_fileThatIsNoDatabase_isOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.db"), "these are notes and no database at all");

        assertRefused("is no SQLite database", file.toString());
    }

    @Test
    void run_shortFileThatIsNoDatabase_isOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("short.db"), "SQL");

        assertRefused("is no SQLite database", file.toString());
    }

    @Test
    void run_noOrdinaryFile_isOneSentence() {
        assertRefused("is no ordinary file", "/dev/null");
    }

    @Test
    void run_nameTheDriverRefuses_isOneSentence() throws IOException {
        Path file = Files.write(folder.resolve("what#.db"), "SQLite format 3\0".getBytes(StandardCharsets.UTF_8));

        assertRefused("? and # are not allowed in it", file.toString());
    }

    @Test
    void run_emptyFile_hasNothingToShow() throws IOException {
        assertRefused(
                "has no tables", Files.createFile(folder.resolve("empty.db")).toString());
    }

    @Test
    void check_walFileInReadOnlyFolder_saysWhatIsMissing() {
        Path readOnly = Path.of("/proc/self");

        assertThatThrownBy(() -> InputFile.requireWalFiles(readOnly.resolve("wal.db")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is read-only, and SQLite must make \"wal.db-shm\"");
    }

    @Test
    void run_unknownOption_namesTheOptions() {
        assertRefused("Unknown option \"--sevre\": the demo knows --serve", "--sevre");
    }

    @Test
    void run_twoFiles_namesBoth() {
        assertRefused("was given \"a.db\" and \"b.db\"", "a.db", "b.db");
    }

    @Test
    void run_emptyName_isOneSentence() {
        assertRefused("The file name is empty", "");
    }

    @Test
    void run_makeFile_leavesTheSampleThere() {
        Path file = folder.resolve("made.db");

        assertThat(run("--make", file.toString())).isZero();

        assertThat(text(out)).contains("97,950 rows");
        assertThat(file).isNotEmptyFile();
        out.reset();
        assertRefused("is there already", "--make", file.toString());
    }

    @Test
    void run_makeWithoutAPlace_isOneSentence() {
        assertRefused("--make needs the path", "--make");
        err.reset();
        assertRefused("is not there", "--make", folder.resolve("no/folder.db").toString());
        err.reset();
        assertRefused("it goes with no other file", "--make", "a.db", "b.db");
    }

    @Test
    void run_help_printsUsageAndEndsWell() {
        assertThat(run("--help")).isZero();

        assertThat(text(out))
                .contains("./demo path/to/any.db")
                .contains("--serve")
                .contains("Exit codes");
        assertThat(text(err)).isEmpty();
    }

    private void assertRefused(String sentence, String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(text(err).lines()).singleElement().asString().contains(sentence);
        assertThat(text(out)).isEmpty();
    }

    private int run(String... arguments) {
        return Demo.run(new PrintStream(out, true), new PrintStream(err, true), arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
