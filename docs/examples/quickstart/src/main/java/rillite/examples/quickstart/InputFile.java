package rillite.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the user's file before SQLite does, so that what is wrong can be said in one sentence. */
final class InputFile {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int WRITE_VERSION_OFFSET = 18;
    private static final int WAL_VERSION = 2;

    private InputFile() {}

    /**
     * Returns the file's real path.
     *
     * @throws Refusal when it cannot be opened for reading
     */
    static Path check(Path file) {
        if (Files.isDirectory(file)) {
            throw new Refusal("\"" + file + "\" is a directory: give the path of a database file in it.");
        }
        if (!Files.exists(file) && !Files.notExists(file)) {
            throw new Refusal("\"" + file + "\" cannot be reached by this user: a folder on the way to it is closed.");
        }
        if (!Files.exists(file)) {
            throw new Refusal("There is no file \"" + file + "\": check the path, or start ./demo without one to see"
                    + " the sample.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Refusal("\"" + file + "\" is no ordinary file: give the path of a database file.");
        }
        if (!Files.isReadable(file)) {
            throw new Refusal("\"" + file + "\" may not be read by this user: change its permissions.");
        }
        try {
            byte[] header = header(file);
            if (header.length > 0 && !Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)) {
                throw new Refusal(
                        "\"" + file + "\" is no SQLite database: its first bytes are not \"SQLite format 3\".");
            }
            Path real = file.toRealPath();
            if (header.length > WRITE_VERSION_OFFSET && header[WRITE_VERSION_OFFSET] == WAL_VERSION) {
                requireWalFiles(real);
            }
            return real;
        } catch (IOException e) {
            throw new Refusal("\"" + file + "\" cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** The two files through which a database in WAL mode is read: those that are not there now. */
    static List<Path> missingWalFiles(Path file) {
        return Stream.of("-wal", "-shm")
                .map(end -> Path.of(file + end))
                .filter(Files::notExists)
                .toList();
    }

    /** SQLite makes the two files when they are missing, for readers too. */
    static void requireWalFiles(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!missingWalFiles(file).isEmpty() && folder != null && !Files.isWritable(folder)) {
            throw new Refusal("The folder \"" + folder + "\" is read-only, and SQLite must make \"" + file.getFileName()
                    + "-shm\" in it to read a database in WAL mode: copy the file to a folder you may write.");
        }
    }

    private static byte[] header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(WRITE_VERSION_OFFSET + 1);
        }
    }
}
