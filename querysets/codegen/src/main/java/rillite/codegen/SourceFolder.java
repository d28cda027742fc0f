package rillite.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Brings the files of one package on disk up to date. Used once. */
final class SourceFolder {

    private static final byte[] HEADER = Codegen.HEADER.getBytes(StandardCharsets.UTF_8);

    private final Path root;
    private final Path folder;
    private final GeneratedSources sources;
    private final List<Path> written = new ArrayList<>();
    private final List<Path> removed = new ArrayList<>();
    private int unchanged;

    SourceFolder(Path root, GeneratedSources sources) {
        this.root = root;
        this.sources = sources;
        folder = root.resolve(sources.packageName().replace('.', '/'));
    }

    WriteReport write() {
        try {
            Files.createDirectories(folder);
            Set<Path> wanted = new HashSet<>();
            for (GeneratedFile file : sources.files()) {
                Path path = root.resolve(file.path());
                wanted.add(path);
                bring(path, file.text().getBytes(StandardCharsets.UTF_8));
            }
            removeOthers(wanted);
        } catch (IOException e) {
            throw new CodegenException("The sources cannot be written to \"" + folder + "\": " + e, e);
        }
        return new WriteReport(written, removed, unchanged);
    }

    private void bring(Path path, byte[] bytes) throws IOException {
        if (Files.exists(path)) {
            byte[] there = Files.readAllBytes(path);
            if (Arrays.equals(there, bytes)) {
                unchanged++;
                return;
            }
            if (!isOurs(there)) {
                throw new CodegenException("\"" + path + "\" was not generated, and would be lost: generate into a"
                        + " package that holds nothing else, or delete the file.");
            }
        }
        // A compiler that runs meanwhile sees the whole file or the one before.
        // Not a temporary file of the system: nobody else could read the source.
        Path whole = folder.resolve(".rillite-" + UUID.randomUUID() + ".tmp");
        try {
            Files.write(whole, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            replace(whole, path);
        } finally {
            Files.deleteIfExists(whole);
        }
        written.add(path);
    }

    private static void replace(Path whole, Path path) throws IOException {
        try {
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(whole, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void removeOthers(Set<Path> wanted) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others = files.filter(file -> file.toString().endsWith(".java") && !wanted.contains(file))
                    .sorted()
                    .toList();
        }
        for (Path file : others) {
            if (Files.isRegularFile(file) && isOurs(begin(file))) {
                Files.delete(file);
                removed.add(file);
            }
        }
    }

    private static byte[] begin(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEADER.length);
        }
    }

    private static boolean isOurs(byte[] content) {
        return content.length >= HEADER.length && Arrays.equals(Arrays.copyOf(content, HEADER.length), HEADER);
    }
}
