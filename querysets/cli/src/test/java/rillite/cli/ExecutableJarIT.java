package rillite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, as a process: {@code java -jar rillite-cli.jar ..} without a single flag. */
final class ExecutableJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("rillite.jar")));

    @TempDir
    Path folder;

    private record Ran(int code, String out, String err, long millis) {}

    private Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
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
