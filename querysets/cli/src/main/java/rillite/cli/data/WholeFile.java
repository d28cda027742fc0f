package rillite.cli.data;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.cli.Draft;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.Refusal;

/** A file that is there whole or not at all: written beside under another name, and moved when it is complete. */
final class WholeFile implements AutoCloseable {

    private final Path target;
    private final Path part;
    private final boolean force;
    private final FileChannel channel;
    private final Watched stream;
    private final PrintWriter writer;
    private final Interruption interruption;
    private boolean whole;

    private WholeFile(Path target, Path part, boolean force, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.force = force;
        this.channel = channel;
        stream = new Watched(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
        interruption = Interruption.then(() -> delete(part));
    }

    /**
     * Begins a file.
     *
     * @param force whether one that exists is replaced
     * @param input the database that is read, which it must not be
     * @throws Refusal it exists, or its folder cannot be written
     */
    static WholeFile create(Path file, boolean force, InputFile input) {
        Path target = target(file, force, input);
        Path part = Draft.beside(target, "." + target.getFileName() + ".part-");
        try {
            // a new file always: what is there is of somebody else
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new WholeFile(target, part, force, channel);
        } catch (IOException e) {
            throw new Refusal("\"" + file + "\" cannot be written: " + e + ".", e);
        }
    }

    /**
     * The file that is meant, behind links.
     *
     * @throws Refusal it exists and must not be replaced, or is in use or no file, or its folder is missing
     */
    static Path target(Path file, boolean force, InputFile input) {
        Path target = target(file, force, new DatabaseFiles(input.real()));
        requireNoLog(target);
        return target;
    }

    private static Path target(Path file, boolean force, DatabaseFiles database) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Refusal("There is no folder \"" + folder + "\" to write \"" + file + "\" into.");
        }
        if (database.contain(file)) {
            throw new Refusal("\"" + file + "\" belongs to the database itself: name another file.");
        }
        if (!Files.exists(file)) {
            return file.toAbsolutePath().normalize();
        }
        if (!Files.isRegularFile(file)) {
            throw new Refusal("\"" + file + "\" is no file.");
        }
        if (!force) {
            throw new Refusal("\"" + file + "\" exists: name another file, or replace it with --force.");
        }
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new Refusal("\"" + file + "\" cannot be written: " + e + ".", e);
        }
    }

    /** SQLite would take it for the log of the new file. */
    private static void requireNoLog(Path target) {
        for (String log : List.of("-wal", "-journal")) {
            if (Files.exists(Path.of(target + log))) {
                throw new Refusal("\"" + target + "\" has a log beside it, \"" + target.getFileName() + log
                        + "\": a program seems to use it. Name another file.");
            }
        }
    }

    PrintWriter writer() {
        return writer;
    }

    /** Brings all to the disk and gives it its name. */
    void commit() {
        writer.flush();
        IOException error = stream.error;
        try {
            if (error != null) {
                throw error;
            }
            channel.force(true);
            channel.close();
            publish(part, target, force);
            whole = true;
        } catch (IOException e) {
            throw new Failure(
                    "\"" + target + "\" cannot be written: " + e.getMessage() + ". What was there is still there.", e);
        }
    }

    /**
     * Gives a complete file its name.
     *
     * @param force whether one that has that name is replaced
     * @throws Failure a file of that name has appeared meanwhile
     * @throws Refusal that file is in use by now
     */
    static void publish(Path part, Path target, boolean force) throws IOException {
        requireNoLog(target);
        try {
            if (force) {
                Draft.replace(part, target);
            } else {
                name(part, target);
            }
            bringToDisk(target.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new Failure(
                    "\"" + target + "\" has appeared meanwhile and was left as it is: name another file, or replace it"
                            + " with --force.",
                    e);
        }
    }

    /** The names in a folder, so that a file that was told to be there is there after a power failure. */
    private static void bringToDisk(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not every system can
        }
    }

    /** A link never replaces a file, which a move does. */
    private static void name(Path part, Path target) throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // a disk without links
            Files.move(part, target);
            return;
        }
        Files.deleteIfExists(part);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure("\"" + file + "\" cannot be deleted: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        interruption.close();
        if (!whole) {
            try {
                channel.close();
            } catch (IOException e) {
                // it is thrown away
            }
            delete(part);
        }
    }

    /** Remembers what a PrintWriter swallows. */
    private static final class Watched extends FilterOutputStream {

        private @Nullable IOException error;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                error = e;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                error = e;
                throw e;
            }
        }
    }
}
