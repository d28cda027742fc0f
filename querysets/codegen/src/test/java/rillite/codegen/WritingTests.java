package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk after writing sources. */
final class WritingTests {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path directory;

    private Path file;
    private Path root;
    private Path folder;

    @BeforeEach
    void fill() {
        file = Sample.ofScript(
                directory, "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE tag (name TEXT)");
        root = directory.resolve("sources");
        folder = root.resolve("app/db");
    }

    private WriteReport write() {
        return Sample.generate(file, CodegenOptions.of("app.db")).writeTo(root);
    }

    private List<String> names(List<Path> files) {
        return files.stream().map(one -> one.getFileName().toString()).toList();
    }

    @Test
    void sources_areAsReadableAsOtherFiles() throws IOException {
        Path other = Files.writeString(directory.resolve("other.txt"), "x");

        write();
        Files.writeString(folder.resolve("Tag.java"), Codegen.HEADER);
        write();

        for (String name : List.of("Author.java", "Tag.java")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                    .isEqualTo(Files.getPosixFilePermissions(other));
        }
    }

    @Test
    void firstTime_everyFileIsWritten() throws IOException {
        WriteReport report = write();

        assertThat(names(report.written()))
                .containsExactlyInAnyOrder(
                        "Author.java",
                        "AuthorTable.java",
                        "NewAuthor.java",
                        "NewTag.java",
                        "Tag.java",
                        "TagTable.java",
                        "Tables.java",
                        "package-info.java");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(8);
        }
    }

    @Test
    void sameSchema_touchesNothing() throws IOException {
        for (Path one : write().written()) {
            Files.setLastModifiedTime(one, LONG_AGO);
        }

        WriteReport report = write();

        assertThat(report.isUpToDate()).isTrue();
        assertThat(report.unchanged()).isEqualTo(8);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(one -> {
                try {
                    return Files.getLastModifiedTime(one).equals(LONG_AGO);
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void changedTable_rewritesItsFilesAndWhatListsAll() {
        write();
        Sample.run(file, "ALTER TABLE tag ADD COLUMN note TEXT");

        assertThat(names(write().written()))
                .containsExactlyInAnyOrder(
                        "Tag.java", "TagTable.java", "NewTag.java", "Tables.java", "package-info.java");
    }

    @Test
    void droppedTable_losesItsFiles_othersStay() throws IOException {
        write();
        Path own = Files.writeString(folder.resolve("Own.java"), "package app.db; interface Own {}");
        Path below = Files.createDirectories(folder.resolve("below")).resolve("Old.java");
        Files.writeString(below, Codegen.HEADER);
        Sample.run(file, "DROP TABLE tag");

        WriteReport report = write();

        assertThat(names(report.removed())).containsExactly("NewTag.java", "Tag.java", "TagTable.java");
        assertThat(own).exists();
        assertThat(below).exists();
    }

    @Test
    void changesByHand_areTakenBack() throws IOException {
        write();
        Path author = folder.resolve("Author.java");
        Files.writeString(author, Files.readString(author).replace("String name", "String nmae"));

        assertThat(names(write().written())).containsExactly("Author.java");
        assertThat(author).content().contains("String name");
    }

    @Test
    void filesOfOthers_areNeverReplaced() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Author.java"), "package app.db; class Author {}");

        assertThatThrownBy(this::write)
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("Author.java\" was not generated, and would be lost");
        assertThat(folder.resolve("Author.java")).content().contains("class Author {}");
    }

    @Test
    void folderThatIsAFile_isAnError() throws IOException {
        Files.writeString(root, "not a folder");

        assertThatThrownBy(this::write).isInstanceOf(CodegenException.class).hasMessageContaining("cannot be written");
    }

    @Test
    void database_isReadOnlyAndKeptAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(file);

        write();

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Path.of(file + "-wal")).doesNotExist();
    }

    @Test
    void missingOrBrokenDatabase_isAnErrorThatNamesIt() throws IOException {
        Path missing = directory.resolve("missing.db");
        assertThatThrownBy(() -> Sample.schema(missing))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("There is no database file")
                .hasMessageContaining("missing.db");
        assertThat(missing).doesNotExist();
        Path broken = Files.writeString(directory.resolve("broken.db"), "nothing like a database at all");
        assertThatThrownBy(() -> Sample.schema(broken)).hasMessageContaining("broken.db");
    }
}
