package rillite.querysets.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A folder of the file system. Links may lead about inside of it, never out of it. */
record FolderSource(Path folder) implements Source {

    @Override
    public List<SourceFile> read(@Nullable String environment) {
        ReadLimits limits = new ReadLimits();
        Path root = real(folder, "no such folder.");
        List<SourceFile> files = new ArrayList<>(list(root, folder, limits));
        if (environment != null) {
            Path shown = folder.resolve(environment);
            Path inner = real(
                    root.resolve(environment),
                    "the environment \"" + environment
                            + "\" has no folder here. Create it, or leave environment(..) out.");
            if (!inner.startsWith(root)) {
                throw MigrationErrors.invalid(shown.toString(), "a link leads out of the migrations folder.");
            }
            files.addAll(list(inner, shown, limits));
        }
        return files;
    }

    private static Path real(Path folder, String missing) {
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw MigrationErrors.invalid(folder.toString(), "is a file, not a folder of migrations.");
            }
            return real;
        } catch (NoSuchFileException e) {
            throw MigrationErrors.unreadable(folder.toAbsolutePath().toString(), missing, e);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The files of one folder; the real path is what is read, the other one what the caller knows. */
    private static List<SourceFile> list(Path real, Path shown, ReadLimits limits) {
        List<SourceFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                limits.entry(shown.toString());
                String name = String.valueOf(entry.getFileName());
                if (FileName.isMeant(name)) {
                    files.add(file(real, entry, shown.resolve(name).toString(), name, limits));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(shown, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
        return files;
    }

    private static SourceFile file(Path root, Path entry, String place, String name, ReadLimits limits) {
        try {
            Path real = entry.toRealPath();
            if (!real.startsWith(root)) {
                throw MigrationErrors.invalid(place, "a link leads out of the migrations folder.");
            }
            if (!Files.isRegularFile(real)) {
                throw MigrationErrors.invalid(place, "is no ordinary file.");
            }
            ReadLimits.check(place, Files.size(real));
            try (InputStream in = Files.newInputStream(real)) {
                return new SourceFile(name, place, limits.read(place, in));
            }
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private static InvalidMigrationException unreadable(Path place, IOException error) {
        String why = error instanceof AccessDeniedException
                ? "cannot be read: permission denied."
                : "cannot be read: " + MigrationErrors.shown(error.toString());
        return MigrationErrors.unreadable(place.toString(), why, error);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
