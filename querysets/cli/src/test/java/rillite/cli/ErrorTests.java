package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.cli.Cli.Ran;

/** Wrong calls and inputs that cannot be opened: one sentence, exit code 2, never a stack trace. */
final class ErrorTests {

    @TempDir
    Path folder;

    private static void assertRefused(Ran ran, String... said) {
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains(said).doesNotContain("\tat ", "Exception");
    }

    @Test
    void command_missing_isAWrongCall() {
        assertRefused(Cli.run(), "A command is missing", "Try: rillite --help");
    }

    @Test
    void command_misspelt_namesTheNearest() {
        assertRefused(Cli.run("inspct", "x.db"), "There is no command \"inspct\". Did you mean inspect?");
        assertRefused(Cli.run("xyzzy"), "There is no command \"xyzzy\".");
    }

    @Test
    void help_asAWord_isTheHelpOfACommand() {
        assertThat(Cli.run("help")).isEqualTo(Cli.run("--help"));
        assertThat(Cli.run("help", "inspect")).isEqualTo(Cli.run("inspect", "--help"));
        assertThat(Cli.run("help", "inspect").out()).contains("Usage: rillite inspect");
        assertRefused(Cli.run("help", "inspct"), "There is no command \"inspct\". Did you mean inspect?");
    }

    @Test
    void option_misspelt_namesTheNearest() {
        assertRefused(Cli.run("inspect", "x.db", "--exakt=1"), "There is no option \"--exakt\". Did you mean --exact?");
    }

    @Test
    void file_missing_namesTheNearestInItsFolder() {
        Cli.shop(folder);

        assertRefused(Cli.run("inspect", folder.resolve("shpo.db")), "There is no file", "Did you mean shop.db?");
        assertRefused(Cli.run("inspect"), "DATABASE", "Try: rillite inspect --help");
    }

    @Test
    void folder_isNoFile() {
        assertRefused(Cli.run("doctor", folder), "is a folder");
        assertRefused(Cli.run("doctor", ""), "The name of the file is empty");
    }

    @Test
    void file_thatIsNoDatabase_isRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "SQLite format 3 is not this");

        assertRefused(Cli.run("inspect", text), "is no SQLite database");
        assertRefused(Cli.run("doctor", text), "is no SQLite database");
    }

    @Test
    void file_withDamagedSchema_isRefused() throws IOException {
        Path shop = Cli.shop(folder);
        byte[] bytes = Files.readAllBytes(shop);
        for (int i = 100; i < 4096; i++) {
            bytes[i] = 0x11;
        }
        Files.write(shop, bytes);

        assertRefused(Cli.run("inspect", shop), "cannot be opened", "SQLITE_CORRUPT");
    }

    @Test
    void name_thatSqliteWouldMisread_isRefused() throws IOException {
        Path odd = Files.copy(Cli.shop(folder), folder.resolve("a?mode=memory"));

        assertRefused(Cli.run("inspect", odd), "cannot be opened", "? and # are not allowed");
    }

    @Test
    void advice_forPrograms_isGivenForWhoTypes() {
        assertThat(Phrases.of("Opening shop.db took longer than connectTimeout (5000 ms). Look for a process that holds"
                        + " the file, or raise connectTimeout."))
                .isEqualTo("Opening shop.db took too long (5000 ms). Look for a process that holds the file, and try"
                        + " again when it has ended.");
        assertThat(Phrases.of("shop.db: it may not be written; open it with mode=ro."))
                .isEqualTo("shop.db: it may not be written: change its permissions.");
        assertThat(Phrases.of("nothing to say")).isEqualTo("nothing to say");
    }

    @Test
    void fileSystem_refusals_areSentences() {
        assertThat(Blame.of(new AccessDeniedException("/x/.page.tmp"))).isEqualTo("this user may not write there");
        assertThat(Blame.of(new FileSystemException("/x", null, "Not a directory")))
                .isEqualTo("not a directory");
        assertThat(Blame.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }

    @Test
    void option_thatIsNoNumber_isNamedWithWhatWasTyped() {
        assertRefused(Cli.run("query", "x.db", "book", "--limit", "x"), "--limit needs a whole number, not \"x\".");
        assertRefused(Cli.run("inspect", "x.db", "--samples=few"), "--samples needs a whole number, not \"few\".");
    }

    @Test
    void debug_printsTheStackTrace() {
        Ran ran = Cli.run("inspect", folder.resolve("gone.db"), "--debug");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("\tat rillite.cli.InputFile");
    }

    @Test
    void help_ofEveryCommand_hasExamples() {
        Rillite.commandLine(Terminal.system(Map.of(), false))
                .getSubcommands()
                .keySet()
                .forEach(command -> {
                    Ran ran = Cli.run(command, "--help");

                    assertThat(ran.code()).isZero();
                    assertThat(ran.out()).contains("Usage: rillite " + command, "Example", "  rillite " + command);
                });
        assertThat(Cli.run("--help").out()).contains("Exit codes: 0 well;");
        assertThat(Cli.run("--version").out()).startsWith("rillite ");
    }
}
