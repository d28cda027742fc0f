package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.Refusal;

final class WholeFileTests {

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
        file = folder.resolve("new.csv");
    }

    private WholeFile begun(boolean force) {
        WholeFile whole = WholeFile.create(file, force, InputFile.of(shop));
        whole.writer().print("new");
        return whole;
    }

    private void assertNoDraft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void commit_givesTheFileItsName() throws IOException {
        for (boolean force : new boolean[] {false, true}) {
            try (WholeFile whole = begun(force)) {
                whole.commit();
            }
            assertThat(file).hasContent("new");
            assertNoDraft();
        }
    }

    @Test
    void fileThatAppearsMeanwhile_isReplacedWithForceOnly() throws IOException {
        try (WholeFile whole = begun(false)) {
            Files.writeString(file, "mine");
            assertThatThrownBy(whole::commit)
                    .isInstanceOf(Failure.class)
                    .hasMessageContainingAll("has appeared meanwhile", "--force");
        }
        assertThat(file).hasContent("mine");
        assertNoDraft();

        try (WholeFile whole = begun(true)) {
            Files.writeString(file, "another");
            whole.commit();
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void logThatAppearsMeanwhile_keepsTheFileAlsoWithForce() throws IOException {
        Files.writeString(file, "mine");
        try (WholeFile whole = begun(true)) {
            Files.writeString(folder.resolve("new.csv-wal"), "");
            assertThatThrownBy(whole::commit)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("new.csv-wal", "seems to use it");
        }
        assertThat(file).hasContent("mine");
        assertNoDraft();
    }
}
