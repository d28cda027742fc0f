package rillite.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a file that is needed once; it goes when it is closed, also by the end of the process. */
final class Scratch implements AutoCloseable {

    /** Begins the names of the folders of this process. */
    static final String PREFIX = "rillite-schema-" + ProcessHandle.current().pid() + "-";

    private final Path folder;
    private final Thread atExit = new Thread(this::tryDelete, "rillite-scratch");

    private Scratch(Path folder) {
        this.folder = folder;
    }

    static Scratch make() throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory(PREFIX));
        try {
            Runtime.getRuntime().addShutdownHook(scratch.atExit);
        } catch (IllegalStateException e) {
            scratch.delete();
            throw new CodegenException("The program ends: no schema is read any more.", e);
        }
        return scratch;
    }

    Path file() {
        return folder.resolve("schema.db");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends: both delete it
            tryDelete();
            return;
        }
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whatever runs meanwhile may still write: a few times, then it stays. */
    private void tryDelete() {
        for (int i = 0; i < 20 && Files.exists(folder); i++) {
            try {
                delete();
            } catch (IOException | UncheckedIOException e) {
                // once more
            }
        }
    }
}
