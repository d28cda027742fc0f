package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;

/** Migrations on the class path, in folders and in jars. */
final class ResourceSourceTests extends MigrationCase {

    private Path jar(String... names) throws IOException {
        Path file = directory.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new JarEntry("db/migrations/"));
            out.putNextEntry(new JarEntry("db/migrations/dev/"));
            for (String name : names) {
                out.putNextEntry(new JarEntry("db/migrations/" + name));
                out.write("CREATE TABLE t (x);".getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }

    @Test
    void filesOfAJar_areFound() throws IOException {
        try (URLClassLoader loader = loader(jar("0001_a.sql", "notes.txt", "dev/0002_b.sql", "0003_c.sql"))) {
            Migrations migrations = Migrations.ofResources(loader, "/db/migrations/");

            assertThat(await(migrations.files()))
                    .extracting(Migration::toString)
                    .containsExactly("0001_a", "0003_c");
            assertThat(await(migrations.environment("dev").files()))
                    .extracting(Migration::toString)
                    .containsExactly("0001_a", "0002_b", "0003_c");
            assertThat(await(migrations.files()).get(0).up().place()).isEqualTo("class path db/migrations/0001_a.sql");
        }
    }

    @Test
    void filesOfFoldersAndJars_areTakenTogether() throws IOException {
        Path root = directory.resolve("classes");
        Files.createDirectories(root.resolve("db/migrations"));
        Files.writeString(root.resolve("db/migrations/0002_b.sql"), "CREATE TABLE u (x);");
        try (URLClassLoader loader = loader(root, jar("0001_a.sql"))) {
            assertThat(await(Migrations.ofResources(loader, "db/migrations").files()))
                    .extracting(Migration::toString)
                    .containsExactly("0001_a", "0002_b");
        }
    }

    @Test
    void badNameInAJar_isAnError() throws IOException {
        try (URLClassLoader loader = loader(jar("1_a.sql"))) {
            assertThat(error(
                            InvalidMigrationException.class,
                            Migrations.ofResources(loader, "db/migrations").files()))
                    .hasMessageStartingWith("class path db/migrations/1_a.sql: the name is none of a migration.");
        }
    }

    @Test
    void missingFolder_isAnError() throws IOException {
        try (URLClassLoader loader = loader(jar("0001_a.sql"))) {
            assertThat(error(
                            InvalidMigrationException.class,
                            Migrations.ofResources(loader, "db/other").files()))
                    .hasMessageStartingWith("class path db/other: no such folder on the class path.");
            assertThat(error(
                            InvalidMigrationException.class,
                            Migrations.ofResources(loader, "db/migrations")
                                    .environment("prod")
                                    .files()))
                    .hasMessageContaining("the environment \"prod\" has no folder on the class path");
        }
    }
}
