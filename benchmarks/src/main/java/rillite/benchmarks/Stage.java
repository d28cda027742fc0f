package rillite.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Where a workload works.
 *
 * @param folder a folder of its own on a real disk
 */
record Stage(Path folder, Scale scale) {

    /** The file with the item table, shared by all runs that only read. */
    Path items() {
        return folder.resolve("items.db");
    }

    /** Runs the work on a new path and deletes what it leaves there. */
    <T> T onNewFile(Function<Path, T> work) {
        Path file = folder.resolve("run.db");
        try {
            delete(file);
            return work.apply(file);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
