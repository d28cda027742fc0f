package rillite.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of one of the projects in {@code src/it}, and the Maven of the build around it run on it. */
final class Project {

    private static final long PATIENCE_MINUTES = 5;
    private static final String WINDOWS = "win";

    private final Path folder;

    private Project(Path folder) {
        this.folder = folder;
    }

    /** What a build said, and how it ended. */
    record Outcome(int exit, String log) {

        boolean isWell() {
            return exit == 0;
        }
    }

    /** A fresh copy, in the folder of the build: so that it runs with the options for Java of this repository. */
    static Project of(String name) {
        Path folder = Path.of(property("it.build"), "it", name).toAbsolutePath();
        try {
            delete(folder);
            copy(Path.of("src/it", name), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Project(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace("@version@", property("it.version")));
            }
        }
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The build sets " + name + ".");
        }
        return value;
    }

    Path path(String place) {
        return folder.resolve(place);
    }

    String text(String place) {
        try {
            return Files.readString(path(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a migration where the others are. */
    void addMigration(String name) throws IOException {
        Files.copy(path(name), path("src/main/resources/db/migrations/" + name));
    }

    /** Runs Maven until it ends. What it says is kept in {@code build.log} too. */
    Outcome run(String... goals) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith(WINDOWS);
        command.add(Path.of(property("it.maven"), "bin", windows ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never"));
        command.add("-Dmaven.repo.local=" + StagedRepository.folder());
        command.add("-Dmaven.repo.local.tail=" + property("it.repository"));
        command.addAll(List.of(goals));
        Path log = path("build.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        environment(builder.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("Maven did not end in " + PATIENCE_MINUTES + " minutes:\n" + read(log));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), read(log));
    }

    /** The same Java, in English, whatever the build around it was told. */
    private static void environment(Map<String, String> environment) {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.merge(
                "MAVEN_OPTS",
                "-Duser.language=en -Duser.country=US -XX:TieredStopAtLevel=1",
                (given, more) -> given + " " + more);
        environment.remove("MAVEN_BASEDIR");
        environment.remove("MAVEN_PROJECTBASEDIR");
    }

    private static String read(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}
