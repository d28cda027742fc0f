package rillite.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import rillite.examples.quickstart.Bookshop;

/** The sample bookshop as {@code ./demo --make bookshop.db} makes it: made once, copied for each test. */
final class Shop {
    private static final Path SAMPLE = sample();

    private Shop() {}

    private static Path sample() {
        try {
            Path folder = Files.createTempDirectory("bookshop");
            Path file = folder.resolve("bookshop.db");
            folder.toFile().deleteOnExit(); // in reverse order: the file first
            file.toFile().deleteOnExit();
            Scratch.await(Bookshop.create(file, Bookshop.SEED));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a fresh copy in the folder. */
    static Path in(Path folder) {
        try {
            return Files.copy(SAMPLE, folder.resolve("bookshop.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> List<T> list(Flux<T> rows) {
        return Scratch.await(rows.collectList());
    }
}
