package rillite.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.cli.Cli;

/** Large inputs and outputs of the one jar, in a heap of 64 MB; and what a signal leaves behind. */
final class DataJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("rillite.jar")));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    /** Whatever was started, so that nothing outlives a test that fails. */
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeShop() {
        Cli.shop(folder);
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-Xmx64m", "-jar", JAR.toString());
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        return started(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile()));
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", ",", "x,"})
    void importOfOneEndlessLine_isRefused(String endless) throws IOException, InterruptedException {
        try (BufferedWriter csv = Files.newBufferedWriter(folder.resolve("author.csv"))) {
            csv.write(endless.startsWith("\"") ? "name\n\"" : "name\n");
            char[] part = new char[MEGABYTE];
            for (int i = 0; i < part.length; i++) {
                part[i] = endless.startsWith("\"") ? 'x' : endless.charAt(i % endless.length());
            }
            for (int i = 0; i < 64; i++) {
                csv.write(part);
            }
        }

        int code = end(start("import", "shop.db", "author.csv"));

        assertThat(text("err.txt"))
                .contains("author.csv: the record ", " line ", "Nothing was imported.")
                .doesNotContain("OutOfMemory", "\tat ");
        assertThat(code).isEqualTo(1);
        assertThat(Cli.rows(folder.resolve("shop.db"), "SELECT count(*) FROM author")
                        .toString())
                .isEqualTo("[[3]]");
    }

    @Test
    void manyRows_goInAndOutInASmallHeap() throws IOException, InterruptedException {
        int count = 200_000;
        try (BufferedWriter csv = Files.newBufferedWriter(folder.resolve("many.csv"))) {
            csv.write("id,name,note\n");
            for (int i = 1; i <= count; i++) {
                csv.write(i + ",name " + i + "," + "n".repeat(400) + "\n");
            }
        }

        assertThat(end(start("import", "shop.db", "many.csv", "--create", "--key", "id")))
                .as(text("err.txt"))
                .isZero();
        assertThat(text("out.txt")).contains("200,000 rows into many in ");
        assertThat(end(start("export", "shop.db", "many", "again.csv")))
                .as(text("err.txt"))
                .isZero();
        assertThat(Files.mismatch(folder.resolve("many.csv"), folder.resolve("again.csv")))
                .isEqualTo(-1);
        assertThat(end(start("query", "shop.db", "many", "--format", "ndjson")))
                .as(text("err.txt"))
                .isZero();
        try (Stream<String> lines = Files.lines(folder.resolve("out.txt"))) {
            assertThat(lines.count()).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson", "table"})
    void whereNobodyReadsAnyMore_itEnds(String form) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of("query", "shop.db", ENDLESS, "--limit", "0", "--format", form));
        Process process = started(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile()));
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isNotNull();
        }

        assertThat(end(process)).isZero();
        assertThat(text("err.txt")).isEmpty();
    }

    @Test
    void exportThatIsInterrupted_leavesNothing() throws IOException, InterruptedException {
        Process process = start("export", "shop.db", ENDLESS, "endless.csv");
        await().atMost(PATIENCE)
                .until(() -> parts().stream().anyMatch(part -> part.toFile().length() > 0) || !process.isAlive());

        process.destroy();
        end(process);

        assertThat(text("err.txt")).doesNotContain("\tat ");
        assertThat(parts()).isEmpty();
        assertThat(folder.resolve("endless.csv")).doesNotExist();
        assertThat(Cli.rows(folder.resolve("shop.db"), "PRAGMA integrity_check").toString())
                .isEqualTo("[[ok]]");
    }

    private List<Path> parts() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".endless.csv"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
