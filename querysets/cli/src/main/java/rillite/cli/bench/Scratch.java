package rillite.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import rillite.cli.Blame;
import rillite.cli.Numbers;
import rillite.cli.Refusal;

/** A folder of our own beside the files of others; it goes when the work ends, also by Ctrl-C. */
final class Scratch implements AutoCloseable {

    private static final long LEAST_ROOM = 300_000_000;

    private final Path folder;
    private final Thread atExit = new Thread(this::delete);

    private Scratch(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * @param near a folder, or a file in it
     * @throws Refusal nothing can be written there
     */
    static Scratch in(Path near) {
        if (Files.notExists(near)) {
            throw new Refusal("There is no file or folder \"" + near + "\": name a folder that is there.");
        }
        try {
            Path real = near.toRealPath();
            Path parent = real.getParent();
            Path place = Files.isDirectory(real) || parent == null ? real : parent;
            long room = Files.getFileStore(place).getUsableSpace();
            if (room < LEAST_ROOM) {
                throw new Refusal("There are " + Numbers.bytes(room) + " left in \"" + place + "\", and up to "
                        + Numbers.bytes(LEAST_ROOM) + " are needed: name another folder.");
            }
            return new Scratch(Files.createTempDirectory(place, ".rillite-bench-"));
        } catch (IOException e) {
            throw new Refusal("Nothing can be written beside \"" + near + "\": " + Blame.of(e) + ".", e);
        }
    }

    Path file() {
        return folder.resolve("bench.db");
    }

    Path place() {
        return folder.resolveSibling("").normalize();
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it has gone already
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        delete();
    }
}
