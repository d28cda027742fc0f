package rillite.r2dbc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a database: the file behind all its names, by stat only, or a name in memory. Two paths, a symbolic link
 * and a hard link to one file have one key.
 */
record EngineKey(String identity, String name, @Nullable Path file) {
    private static final AtomicLong PRIVATE = new AtomicLong();

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EngineKey key && key.identity.equals(identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** Resolves, and where allowed creates, the database; does file I/O. */
    static EngineKey resolve(SqliteConnectionConfiguration configuration) {
        DatabaseLocation location = configuration.location();
        if (location instanceof DatabaseLocation.Memory memory) {
            String name = memory.name();
            return name == null
                    ? new EngineKey("private:" + PRIVATE.incrementAndGet(), "memory", null)
                    : new EngineKey("memory:" + name, name, null);
        }
        Path typed = ((DatabaseLocation.File) location).path();
        try {
            return ofFile(home(typed), configuration.mode());
        } catch (IOException e) {
            throw cannotOpen(typed, e);
        }
    }

    private static EngineKey ofFile(Path path, OpenMode mode) throws IOException {
        // not normalized: a/link/.. is the parent of what the link points to, not a
        Path absolute = path.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw problem(absolute, "it is a directory, not a database file");
        }
        if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            create(absolute, mode);
        }
        Path real = absolute.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        check(real, attributes, mode);
        Path fileName = real.getFileName();
        String name = fileName == null ? real.toString() : fileName.toString();
        return new EngineKey(identity(real), name, real);
    }

    private static void check(Path real, BasicFileAttributes attributes, OpenMode mode) {
        if (!attributes.isRegularFile()) {
            throw problem(real, "it is no regular file");
        }
        if (!Files.isReadable(real)) {
            throw problem(real, "it may not be read");
        }
        if (mode != OpenMode.RO && !Files.isWritable(real)) {
            throw problem(real, "it may not be written; open it with mode=ro");
        }
        if (real.toString().indexOf('?') >= 0) {
            throw problem(real, "its full path contains ?, which sqlite-jdbc takes for the begin of options");
        }
    }

    /** Whether the path still leads to the file that was opened; stat only. */
    boolean stillThere() {
        if (file == null) {
            return true;
        }
        try {
            return identity.equals(identity(file));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String identity(Path real) throws IOException {
        Object fileKey = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
        return "file:" + (fileKey == null ? real : fileKey);
    }

    /** Creates the file for its owner alone before SQLite sees it; its log and index inherit the mode. */
    private static void create(Path absolute, OpenMode mode) throws IOException {
        Path folder = absolute.getParent();
        if (mode != OpenMode.RWC) {
            throw problem(absolute, "it does not exist, and mode=" + mode + " does not create it");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw problem(absolute, "its folder does not exist; create the folder first");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw problem(absolute, "its folder cannot be written to");
        }
        try {
            createPrivate(absolute);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // another factory or process was quicker: its file is the database
        }
    }

    /** Makes an empty file that only its owner may read; fails if there is one. */
    static void createPrivate(Path absolute) throws IOException {
        Path folder = absolute.getParent();
        boolean posix = folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.newByteChannel(absolute, options, attributes).close();
    }

    private static Path home(Path typed) {
        String text = typed.toString();
        if (text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) {
            return Path.of(System.getProperty("user.home"), text.substring(1));
        }
        return typed;
    }

    private static RuntimeException cannotOpen(Path typed, IOException e) {
        String why = e instanceof NoSuchFileException ? "it does not exist" : e.toString();
        return problem(typed, why);
    }

    private static RuntimeException problem(Path path, String why) {
        return Errors.engine(EngineFault.CANNOT_OPEN, "Cannot open " + path + ": " + why, null, null);
    }
}
