package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one jar, as a process: {@code java -jar rillite-cli.jar ..} without a single flag. */
final class ExecutableJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("rillite.jar")));

    @TempDir
    Path folder;

    /** Whatever was started, so that nothing outlives a test that fails. */
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private record Ran(int code, String out, String err, long millis) {}

    private Process start(Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        long start = System.nanoTime();
        Process process = start(err, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                (System.nanoTime() - start) / 1_000_000);
    }

    @Test
    void inspect_printsTheTablesAndNoWarning(TestReporter reporter) throws IOException, InterruptedException {
        Cli.shop(folder);

        Ran ran = run("inspect", "shop.db");

        reporter.publishEntry("inspect of " + JAR.getFileName(), ran.millis() + " ms");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("5 tables", "order line").doesNotContain("\u001b");
    }

    @Test
    void wrongCall_endsWithTwo() throws IOException, InterruptedException {
        Ran ran = run("inspect", "gone.db");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualToIgnoringNewLines("There is no file \"gone.db\": check the path.");
    }

    @Test
    void generate_writesJava() throws IOException, InterruptedException {
        Cli.shop(folder);

        Ran ran = run("generate", "--database", "shop.db", "--package", "app.shop", "--output", "src");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(folder.resolve("src/app/shop/Book.java")).content().contains("public record Book(");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void migrate_thatIsKilled_leavesTheFileWhole(boolean atOnce) throws IOException, InterruptedException {
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("0001_small.sql"), "CREATE TABLE small (x);");
        Files.writeString(
                migrations.resolve("0002_endless.sql"),
                "CREATE TABLE endless (x);\nINSERT INTO endless WITH RECURSIVE n(v) AS"
                        + " (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 2000000000) SELECT v FROM n;");
        Path err = folder.resolve("killed.txt");
        Process process = start(err, "migrate", "shop.db");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(err, StandardCharsets.UTF_8).contains("0002_endless (2 of 2)"));
        } finally {
            if (atOnce) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        Path shop = folder.resolve("shop.db");
        assertThat(Cli.rows(shop, "PRAGMA integrity_check")).isEqualTo(List.of(List.of("ok")));
        assertThat(Cli.rows(shop, "SELECT version FROM rillite_migration")).isEqualTo(List.of(List.of("0001")));
        assertThat(Cli.rows(shop, "SELECT name FROM sqlite_schema WHERE name = 'endless'"))
                .isEmpty();
        assertThat(run("status", "shop.db").out()).contains("1 applied, 1 pending.");
    }

    @Test
    void everyLibraryInTheJar_isNamedWithItsLicence() throws IOException {
        Set<String> bundled = new TreeSet<>();
        String told;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            jar.stream()
                    .map(entry -> entry.getName().split("/"))
                    .filter(path -> path.length == 5 && path[1].equals("maven") && path[4].equals("pom.properties"))
                    .filter(path -> !path[2].equals("io.github.rillite"))
                    .forEach(path -> bundled.add(path[2]));
            told = new String(
                    jar.getInputStream(jar.getJarEntry("META-INF/THIRD-PARTY.txt"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }

        assertThat(bundled).contains("org.xerial", "org.slf4j");
        assertThat(bundled).allSatisfy(group -> assertThat(told).contains(group));
        assertThat(told).contains("info.picocli", "io.projectreactor", "io.r2dbc", "org.reactivestreams");
    }
}
