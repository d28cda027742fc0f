package rillite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Nearest;

/**
 * A database file that is there: looked at before SQLite does, so that what is wrong can be said in one sentence. The file
 * itself is read while nobody of this process has it open; afterwards that would cost SQLite its locks.
 *
 * @param path the file as it was typed
 * @param real its real path
 */
public record InputFile(Path path, Path real, Header header) {

    private static final int MOST_NEIGHBOURS = 1000;

    /**
     * @throws Refusal it cannot be opened for reading
     */
    public static InputFile of(Path file) {
        requireReadable(file);
        try {
            Header header = header(file);
            if (header == null) {
                throw new Refusal(
                        "\"" + file + "\" is no SQLite database: it does not begin with \"SQLite format 3\".");
            }
            Path real = file.toRealPath();
            if (header.isWal()) {
                requireSharedMemory(real);
            }
            return new InputFile(file, real, header);
        } catch (IOException e) {
            throw new Refusal("\"" + file + "\" cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * @throws Refusal it is no file, or one that this user may not read
     */
    public static void requireReadable(Path file) {
        if (file.toString().isEmpty()) {
            throw new Refusal("The name of the file is empty: give its path.");
        }
        if (Files.isDirectory(file)) {
            throw new Refusal("\"" + file + "\" is a folder: give the path of a file in it.");
        }
        if (!Files.exists(file) && !Files.notExists(file)) {
            throw new Refusal("\"" + file + "\" cannot be reached by this user: a folder on the way to it is closed.");
        }
        if (!Files.exists(file)) {
            throw new Refusal("There is no file \"" + file + "\": check the path." + Nearest.hint(neighbours(file)));
        }
        if (!Files.isRegularFile(file)) {
            throw new Refusal("\"" + file + "\" is no ordinary file: give the path of a file.");
        }
        if (!Files.isReadable(file)) {
            throw new Refusal("\"" + file + "\" may not be read by this user: change its permissions.");
        }
    }

    private static List<String> neighbours(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder).limit(MOST_NEIGHBOURS)) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).toList();
            return Nearest.of(file.getFileName().toString(), names);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable Header header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Header.of(in.readNBytes(Header.LENGTH));
        }
    }

    /** In WAL mode SQLite needs two files beside the database and makes them when they are missing, for readers too. */
    private static void requireSharedMemory(Path file) {
        Path folder = file.getParent();
        boolean there = Files.exists(beside(file, "-wal")) && Files.exists(beside(file, "-shm"));
        if (!there && folder != null && !Files.isWritable(folder)) {
            throw new Refusal("The folder \"" + folder + "\" is read-only, and SQLite must make \"" + file.getFileName()
                    + "-shm\" in it to read a database in WAL mode: copy the file to a folder you may write.");
        }
    }

    private static Path beside(Path file, String end) {
        return Path.of(file + end);
    }

    /** A file that SQLite keeps beside the database, such as {@code -wal}. */
    public Path beside(String end) {
        return beside(real, end);
    }

    /** Size in bytes, by stat; 0 when it has gone. */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
