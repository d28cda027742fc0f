package rillite.codegen;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Remembers, in a small file, what sources were made of and what they became, so that the next build can leave out a run
 * that would change nothing.
 */
public final class LastRun {

    private final Path file;

    private LastRun(Path file) {
        this.file = file;
    }

    /**
     * @param file where it is remembered; best in the folder of the build, so that cleaning forgets it, and not among the
     *     sources
     */
    public static LastRun in(Path file) {
        return new LastRun(file);
    }

    /**
     * Whether the run that is remembered was this one, by this version of the generator, and the folder of the package
     * holds what it held then. Reads on the calling thread; what cannot be read is no such run.
     *
     * @param fingerprint what the source of the schema says now
     * @param root of sources
     */
    public boolean isSame(String fingerprint, CodegenOptions options, Path root) {
        try {
            return Files.exists(file) && Files.readString(file).equals(summary(fingerprint, options, root));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Remembers a run, after its sources were written. Writes on the calling thread.
     *
     * @param fingerprint what the source of the schema said before the run
     * @throws CodegenException the file cannot be written
     */
    public void remember(String fingerprint, CodegenOptions options, Path root) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, summary(fingerprint, options, root));
        } catch (IOException e) {
            throw new CodegenException("What was generated cannot be remembered in \"" + file + "\": " + e, e);
        }
    }

    private static String summary(String fingerprint, CodegenOptions options, Path root) throws IOException {
        Hash hash = new Hash().row(generator()).row(fingerprint).row(options.packageName());
        Naming naming = options.naming();
        hash.row(pairs(naming.tables())).row(pairs(naming.columns()));
        hash.row(naming.relations().toString(), options.types().toString());
        hash.row(options.only().toArray(String[]::new)).row(options.without().toArray(String[]::new));
        Path folder = root.resolve(options.packageName().replace('.', '/'));
        for (Path source : sources(folder)) {
            hash.row(source.getFileName().toString(), Files.readAllBytes(source));
        }
        return hash.end();
    }

    /** In an order that does not change from one program to the next, which that of immutable maps does. */
    private static String[] pairs(Map<String, String> names) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(names).forEach((name, chosen) -> pairs.addAll(List.of(name, chosen)));
        return pairs.toArray(String[]::new);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(one -> one.toString().endsWith(".java") && Files.isRegularFile(one))
                    .sorted()
                    .toList();
        }
    }

    /** The jar that this class is from: one of another version is another one, or has another time. */
    private static String generator() {
        CodeSource code = LastRun.class.getProtectionDomain().getCodeSource();
        if (code == null) {
            return "";
        }
        try {
            Path place = Path.of(code.getLocation().toURI());
            return place + " " + DatabaseFile.state(place);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return code.getLocation().toString();
        }
    }
}
