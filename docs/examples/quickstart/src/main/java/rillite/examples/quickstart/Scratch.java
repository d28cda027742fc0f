package rillite.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A temporary folder for everything the demo writes; it goes away with the program.
 *
 * @param folder a new, empty folder
 */
record Scratch(Path folder) implements AutoCloseable {

    /**
     * @throws Refusal when the temporary folder of the system cannot be written
     */
    static Scratch create() {
        try {
            Scratch scratch = new Scratch(Files.createTempDirectory("rillite-demo"));
            Runtime.getRuntime().addShutdownHook(new Thread(scratch::close));
            return scratch;
        } catch (IOException e) {
            throw new Refusal(
                    "The temporary folder \"" + System.getProperty("java.io.tmpdir") + "\" cannot be written, and the"
                            + " demo makes its scratch files there: free it, or name another folder with"
                            + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=...",
                    e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // what remains lies in the system's temporary folder, which the system empties
            return;
        }
    }
}
