package rillite.codegen;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import rillite.querysets.schema.Schema;

/** Databases that sources are generated from. */
final class Sample {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Path ROOT = root();

    private Sample() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** A file of this repository. */
    static Path inRepository(String place) {
        return ROOT.resolve(place);
    }

    /** The bookshop of the tests of QuerySets. */
    static Path bookshop(Path directory) {
        return ofScript(directory, text(inRepository("querysets/runtime/src/test/resources/bookshop.sql")));
    }

    /** The library of the tests of QuerySets. */
    static Path library(Path directory) {
        return ofScript(directory, text(inRepository("querysets/runtime/src/test/resources/library.sql")));
    }

    /** A new file, after a script ran in it. */
    static Path ofScript(Path directory, String script) {
        Path file = directory.resolve(UUID.randomUUID() + ".db");
        run(file, script);
        return file;
    }

    static void run(Path file, String script) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of a well-known database, which is no part of the repository; skips the test where it is not there. */
    static Path wellKnown(String name, Path directory) throws IOException {
        Path original = data().resolve(name);
        assumeTrue(
                Files.exists(original),
                () -> "needs the sample database " + name + "; name its folder with -Drillite.data=..");
        return Files.copy(original, directory.resolve(name));
    }

    private static Path data() {
        String named = System.getProperty("rillite.data");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = ROOT; at != null; at = at.getParent()) {
            Path data = at.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return Path.of("shared/data");
    }

    static Schema schema(Path file) {
        return schema(file, Naming.derived());
    }

    static Schema schema(Path file, Naming naming) {
        return Objects.requireNonNull(
                SchemaSource.database(file).read(naming.relationNames()).block(PATIENCE));
    }

    static GeneratedSources generate(Path file, CodegenOptions options) {
        return Codegen.generate(schema(file, options.naming()), options);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
