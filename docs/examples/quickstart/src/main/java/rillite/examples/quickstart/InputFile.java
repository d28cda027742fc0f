package rillite.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

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
        if (!Files.exists(file)) {
            throw new Refusal("There is no file \"" + file + "\": check the path, or start ./demo without one to see"
                    + " the sample.");
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

    /** A file in WAL mode is read through two files beside it, which SQLite makes when they are missing. */
    private static void requireWalFiles(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean present = Files.exists(Path.of(file + "-wal")) && Files.exists(Path.of(file + "-shm"));
        if (!present && folder != null && !Files.isWritable(folder)) {
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
