package rillite.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that SQLite keeps for a database: nothing else is ever written over them.
 *
 * @param database the file itself; it may be missing
 */
record DatabaseFiles(Path database) {

    private static final List<String> ENDS = List.of("", "-wal", "-shm", "-journal");

    /** Whether a path leads to one of them, also by a link, and also where it is not there yet. */
    boolean contain(Path file) {
        String real = real(database).toString();
        return ENDS.stream().anyMatch(end -> isSame(Path.of(real + end), file));
    }

    /** Whether two paths lead to the same file. Nothing is opened: to close it would cost SQLite its locks. */
    static boolean isSame(Path one, Path other) {
        try {
            if (Files.exists(one) && Files.exists(other)) {
                return Files.isSameFile(one, other);
            }
        } catch (IOException e) {
            // then the names tell
        }
        return real(one).equals(real(other));
    }

    private static Path real(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        try {
            if (Files.exists(whole) || folder == null) {
                return whole.toRealPath();
            }
            return folder.toRealPath().resolve(whole.getFileName());
        } catch (IOException e) {
            return whole;
        }
    }
}
