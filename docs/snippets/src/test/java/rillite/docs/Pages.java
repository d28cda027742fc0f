package rillite.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation, and the tagged regions of the tests of this package. */
final class Pages {
    private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::(\\w+)\\[]");
    private static final Path ROOT = root();

    /** Whether pages are brought up to date instead of compared. */
    static final boolean WRITE = Boolean.getBoolean("snippets.write");

    private Pages() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** The front page and everything below {@code docs} that ends with md, by its place under the root. */
    static List<Path> all() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a page below {@code docs}. */
    static String text(String page) {
        return text(ROOT.resolve("docs").resolve(page));
    }

    /** A page, by its place under the root. */
    static Path page(String place) {
        return ROOT.resolve(place);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Offers each block of a page; when pages are written, its lines become what the function gives. */
    static void rewrite(Path page, Function<Fence, String> code) {
        String text = text(page);
        String rewritten = Fence.rewrite(text, code);
        if (WRITE && !rewritten.equals(text)) {
            try {
                Files.writeString(page, rewritten);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether a page is held to its code by tests of the examples. */
    static boolean isHeldByOthers(Path page) {
        return name(page).startsWith("docs/examples/");
    }

    /** The source text of a class of the library, by its place under the root. */
    static String source(String place) {
        return text(ROOT.resolve(place));
    }

    /** A file or folder by its place under the root. */
    static Path file(String place) {
        return ROOT.resolve(place);
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    /** The regions of this package, by {@code Class#tag}, without the indentation that all their lines share. */
    static Map<String, String> regions() {
        Map<String, String> regions = new TreeMap<>();
        Path sources = ROOT.resolve("docs/snippets/src/test/java/rillite/docs");
        try (Stream<Path> files = Files.list(sources)) {
            files.sorted().forEach(file -> collect(file, regions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return regions;
    }

    private static void collect(Path file, Map<String, String> regions) {
        String type = file.getFileName().toString().replace(".java", "");
        Map<String, StringBuilder> open = new LinkedHashMap<>();
        text(file).lines().forEach(line -> {
            Matcher tag = TAG.matcher(line);
            if (!tag.matches()) {
                open.values().forEach(region -> region.append(line).append('\n'));
            } else if (tag.group(1).equals("tag")) {
                open.put(tag.group(2), new StringBuilder());
            } else {
                StringBuilder region = open.remove(tag.group(2));
                if (region == null || regions.put(type + "#" + tag.group(2), bare(region)) != null) {
                    throw new IllegalStateException(file + ": tag " + tag.group(2) + " opens and closes once");
                }
            }
        });
        if (!open.isEmpty()) {
            throw new IllegalStateException(file + ": no end of " + open.keySet());
        }
    }

    private static String bare(StringBuilder region) {
        return region.toString().stripTrailing().stripIndent();
    }
}
