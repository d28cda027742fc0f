package rillite.cli.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;
import rillite.cli.InputFile;

/** The bytes to import: a file, or standard input, which goes to a temporary file when it must be read twice. */
final class ImportSource implements AutoCloseable {

    /** Stands for standard input, and for standard output. */
    static final String STANDARD = "-";

    private final String name;
    private final InputStream in;
    private @Nullable Path file;
    private @Nullable Path spool;

    private ImportSource(String name, @Nullable Path file, InputStream in) {
        this.name = name;
        this.file = file;
        this.in = in;
    }

    /**
     * @throws rillite.cli.Refusal it is no file that can be read
     */
    static ImportSource of(Path file, InputStream standard) {
        if (isStandard(file)) {
            return new ImportSource("standard input", null, standard);
        }
        InputFile.requireReadable(file);
        return new ImportSource(file.toString(), file, standard);
    }

    /** Whether standard input or output is meant. */
    static boolean isStandard(Path file) {
        return file.endsWith(STANDARD);
    }

    /** For messages. */
    String name() {
        return name;
    }

    /** What tells it from others: the real path of a file. */
    String identity() {
        Path known = spool == null ? file : null;
        try {
            return known == null ? STANDARD : known.toRealPath().toString();
        } catch (IOException e) {
            throw new Failure(name + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Makes sure that it can be opened more than once. */
    void keep() {
        if (file != null) {
            return;
        }
        try {
            Path copy = Files.createTempFile("rillite-import", ".tmp");
            spool = copy;
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            file = copy;
        } catch (IOException e) {
            throw new Failure("Standard input cannot be kept in a temporary file: " + e.getMessage() + ".", e);
        }
    }

    /** Its length in bytes; -1 when it is not known. */
    long size() {
        Path known = file;
        return known == null ? -1 : InputFile.size(known);
    }

    /**
     * Opens it as text.
     *
     * @param progress told how many bytes have been read
     */
    TextInput open(@Nullable Charset encoding, LongConsumer progress) {
        Path known = file;
        try {
            InputStream bytes = known == null ? in : Files.newInputStream(known);
            return new TextInput(new Counted(bytes, progress), name, encoding);
        } catch (IOException e) {
            throw new Failure(name + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        Path temporary = spool;
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw new Failure(temporary + " cannot be deleted: " + e.getMessage() + ".", e);
            }
        }
    }

    private static final class Counted extends FilterInputStream {

        private final LongConsumer progress;
        private long count;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            progress.accept(count);
            return read;
        }
    }
}
