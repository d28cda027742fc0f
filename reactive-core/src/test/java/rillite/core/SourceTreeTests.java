package rillite.core;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The shape of the source tree: what lies where, how long files are, what they must not say. */
final class SourceTreeTests {
    private static final int LONGEST = 700;
    private static final int MEDIAN = 140;
    private static final String TOP_LEVEL = """
            pom.xml reactive-core sqlite-r2dbc querysets auth-store benchmarks docs
            README.md LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md
            Makefile mvnw mvnw.cmd demo rillite
            .ci .mvn .github .editorconfig .gitattributes .gitignore
            """;
    private static final Pattern IGNORED = Pattern.compile(
            "\\.git|target|\\.idea|.*\\.iml|\\.vscode|\\.classpath|\\.project|\\.settings|.*\\.hprof|.*\\.(?:db|sqlite3?)(?:-wal|-shm)?"
                    + "|hs_err_pid.*\\.log|\\.flattened-pom\\.xml|dependency-reduced-pom\\.xml");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);

    /** Words are taken apart, so that this file does not say them. */
    private static final Pattern LEFTOVER =
            Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME)\\b|@auth" + "or|@Dis" + "abled");

    private static final Pattern MACHINE = Pattern.compile("(?<![\\w./])/(?:root|home|work|Users|opt|usr/lib/jvm)/"
            + "|[A-Z]:\\\\Users\\\\|repo1?\\.mav" + "en\\.|central\\.sona" + "type|oss\\.sona" + "type|registry\\.np"
            + "mjs|py" + "pi\\.org|pythonhos" + "ted|static\\.crates|jit" + "pack\\.io|plugins\\.gra" + "dle\\.org");

    private static Path root = Path.of("").toAbsolutePath();
    private static final List<Path> FILES = new ArrayList<>();

    @BeforeAll
    static void walk() throws IOException {
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return ignored(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!ignored(file)) {
                    FILES.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(FILES).anyMatch(file -> file.endsWith("SourceTreeTests.java"));
    }

    private static boolean ignored(Path path) {
        return !path.equals(root)
                && IGNORED.matcher(path.getFileName().toString()).matches();
    }

    @Test
    void topLevel_holdsWhatTheMapSays() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries.filter(entry -> !ignored(entry))
                            .map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(TOP_LEVEL.strip().split("\\s+"));
        }
    }

    @Test
    void javaFiles_areNeverLong() {
        assertThat(lengths("/src/"))
                .allSatisfy((file, lines) ->
                        assertThat(lines).as("lines of %s", file).isLessThanOrEqualTo(LONGEST));
    }

    @Test
    void mainFiles_areShortOnMedian(TestReporter reporter) {
        List<Integer> lines = lengths("/src/main/").values().stream().sorted().toList();
        int median = lines.get(lines.size() / 2);
        reporter.publishEntry("median lines of " + lines.size() + " main files", String.valueOf(median));
        assertThat(median).isLessThanOrEqualTo(MEDIAN);
    }

    @Test
    void libraryTypes_areAtMostHalfPublic(TestReporter reporter) {
        List<Path> types = java("/src/main/")
                .filter(file -> Stream.of("reactive-core", "sqlite-r2dbc", "querysets", "auth-store")
                        .anyMatch(room -> file.startsWith(root.resolve(room))))
                .filter(file -> !file.endsWith("package-info.java"))
                .toList();
        long open = types.stream()
                .filter(file -> PUBLIC_TYPE.matcher(text(file)).find())
                .count();
        reporter.publishEntry("public top-level types", open + " of " + types.size());
        assertThat(open * 2)
                .as("%d public types of %d, twice", open, types.size())
                .isLessThanOrEqualTo(types.size());
    }

    @Test
    void javaFiles_carryNoLeftovers() {
        assertThat(java("/src/").filter(file -> LEFTOVER.matcher(text(file)).find()))
                .isEmpty();
    }

    @Test
    void texts_nameNoMachineAndNoRegistry() {
        Pattern kinds =
                Pattern.compile(".*\\.(?:java|md|xml|sh|yml|sql|txt|json|properties)|Makefile|demo|rillite|run");
        Path wrapper = root.resolve(".mvn/wrapper");
        assertThat(FILES.stream()
                        .filter(file ->
                                kinds.matcher(file.getFileName().toString()).matches())
                        .filter(file -> !file.startsWith(wrapper))
                        .flatMap(file -> text(file)
                                .lines()
                                .filter(line -> MACHINE.matcher(line).find())
                                .map(line -> root.relativize(file) + ": " + line.strip())))
                .isEmpty();
    }

    private static Stream<Path> java(String below) {
        return FILES.stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> file.toString().replace('\\', '/').contains(below));
    }

    private static Map<Path, Integer> lengths(String below) {
        return java(below).collect(toMap(root::relativize, file ->
                (int) text(file).lines().count()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
