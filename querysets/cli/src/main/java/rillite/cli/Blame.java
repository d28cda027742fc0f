package rillite.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Objects;

/** Why the file system refused, in words: the exceptions of Java often say no more than the name of the file. */
public final class Blame {

    private Blame() {}

    /** For example {@code this user may not write there}. */
    public static String of(Throwable error) {
        if (error instanceof AccessDeniedException || error instanceof ReadOnlyFileSystemException) {
            return "this user may not write there";
        }
        if (error instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "a file stands where a folder should be";
        }
        if (error instanceof FileSystemException refused && refused.getReason() != null) {
            String reason = Objects.requireNonNull(refused.getReason());
            return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
        }
        return Objects.requireNonNullElse(error.getMessage(), error.toString());
    }
}
