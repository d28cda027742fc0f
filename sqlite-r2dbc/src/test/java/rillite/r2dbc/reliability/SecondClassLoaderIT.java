package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** Two copies of the driver in one JVM would drop each other's file locks: the second is refused. */
@ExtendWith(LeakFree.class)
final class SecondClassLoaderIT {
    @TempDir
    Path directory;

    @Test
    void open_throughAnotherLoader_isRefusedWhileOpen_andAllowedAfterwards() throws Exception {
        try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Path file = directory.resolve("app.db");
            try (var database = TestDatabase.at(file)) {
                database.run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
                long start = System.nanoTime();
                String answer = open(loader, file);

                assertThat(answer)
                        .startsWith("refused: ")
                        .contains("class loader")
                        .contains("app.db");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                assertThat(database.run("INSERT INTO t VALUES (2)")).isEqualTo(1);
            }
            assertThat(open(loader, file)).isEqualTo("opened, 2 rows");
        }
    }

    @Test
    void open_throughAnotherName_isTheSameEngine() throws Exception {
        Path file = directory.resolve("app.db");
        try (var database = TestDatabase.at(file)) {
            database.run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
            Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
            try (var again = TestDatabase.at(link)) {
                again.run("INSERT INTO t VALUES (2)");
            }
            assertThat(database.read(Integer.class, "SELECT a FROM t ORDER BY a"))
                    .containsExactly(1, 2);
        }
    }

    private static String open(ClassLoader loader, Path file) throws ReflectiveOperationException {
        var method = loader.loadClass(OpensFile.class.getName()).getDeclaredMethod("open", String.class);
        method.setAccessible(true);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return (String) method.invoke(null, file.toString());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
