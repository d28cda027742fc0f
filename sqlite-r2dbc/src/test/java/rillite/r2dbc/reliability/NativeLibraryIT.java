package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.TestDatabase;

/** SQLite's library cannot be unpacked: an error that says so, and where it belongs. */
final class NativeLibraryIT {

    @Test
    void open_libraryCannotBeUnpacked_saysWhatToDo(@TempDir Path directory) throws Exception {
        Path noFolder = Files.createFile(directory.resolve("occupied"));

        try (var child = ChildJvm.start(
                OpensWithoutLibrary.class,
                noFolder.toString(),
                directory.resolve("app.db").toString())) {
            assertThat(child.line())
                    .startsWith("[NO_LIBRARY] No native library found")
                    .contains("org.sqlite.tmpdir");
        }
    }

    /** Runs in a JVM of its own: a library is loaded once. */
    static final class OpensWithoutLibrary {
        private OpensWithoutLibrary() {}

        public static void main(String[] arguments) {
            System.setProperty("org.sqlite.tmpdir", arguments[0]);
            try (var database = TestDatabase.at(Path.of(arguments[1]))) {
                System.out.println(Await.error(database.factory().create()).getMessage());
            }
        }
    }
}
