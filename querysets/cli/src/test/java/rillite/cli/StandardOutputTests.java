package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot take what is printed. */
final class StandardOutputTests {

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private Path shop = Path.of("");

    @BeforeEach
    void makeShop() {
        shop = Cli.shop(folder);
    }

    private int run(OutputStream out, String... arguments) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(), new WatchedWriter(out), new PrintWriter(err), false, false, 100);
        return Rillite.run(terminal, folder, arguments);
    }

    private static OutputStream broken(String message) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", ENDLESS})
    void fullDisk_isAFailureThatIsTold(String query) {
        int code = run(broken("No space left on device"), "query", shop.toString(), query, "--format", "csv");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "Standard output cannot be written, and part of it is lost: No space left on device.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", ENDLESS})
    void pipeThatNobodyReads_isNoFailure(String query) {
        int code = run(broken("Broken pipe"), "export", shop.toString(), query);

        assertThat(code).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongCall_keepsItsCode() {
        assertThat(run(broken("No space left on device"), "inspect", "gone.db")).isEqualTo(2);
    }

    @Test
    void whatIsPrinted_isUtf8() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(run(out, "query", shop.toString(), "SELECT title FROM book WHERE id = 4", "--format", "csv"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("title\nÉté\n");
        assertThat(err.toString()).isEmpty();
    }
}
