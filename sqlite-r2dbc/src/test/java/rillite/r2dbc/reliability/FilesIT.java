package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** What the driver does to files, and what it says where it cannot. */
@ExtendWith(LeakFree.class)
final class FilesIT {
    @TempDir
    Path directory;

    @AfterEach
    void allowAgain() throws IOException {
        mode(directory, "rwx------");
    }

    @Test
    void newDatabase_isForItsOwnerOnly() throws IOException {
        try (var database = TestDatabase.in(directory)) {
            database.run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");

            for (String name : new String[] {"app.db", "app.db-wal", "app.db-shm"}) {
                assertThat(mode(directory.resolve(name))).as(name).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void existingDatabase_keepsItsMode() throws IOException {
        Path file = Files.createFile(directory.resolve("app.db"));
        mode(file, "rw-r-----");

        try (var database = TestDatabase.at(file)) {
            database.run("CREATE TABLE t (a)");

            assertThat(mode(file)).isEqualTo("rw-r-----");
        }
    }

    @Test
    void missingDirectory_isATypedErrorAtOnce() {
        assertCannotOpen(directory.resolve("no/such/app.db"));
    }

    @Test
    void directoryAsDatabase_isATypedErrorAtOnce() {
        assertCannotOpen(directory);
    }

    @Test
    void newDatabase_inReadOnlyDirectory_isATypedErrorAtOnce() throws IOException {
        mode(directory, "r-x------");
        boolean allowedAnyway = Files.isWritable(directory);

        assertCannotOpen(allowedAnyway ? Path.of("/proc/self/app.db") : directory.resolve("app.db"));
    }

    @Test
    void noDatabase_isATypedErrorAndNotTouched() throws IOException {
        Path file = Files.writeString(directory.resolve("app.db"), "this is a letter, not a database ".repeat(50));

        try (var database = TestDatabase.at(file)) {
            assertThat(Await.error(database.using(c -> TestDatabase.column(c, Long.class, "SELECT 1 FROM t"))))
                    .isInstanceOf(R2dbcNonTransientResourceException.class)
                    .extracting(error -> ((R2dbcException) error).getSqlState())
                    .isEqualTo("XX001");
        }

        assertThat(Files.readString(file)).startsWith("this is a letter");
    }

    @Test
    void readOnlyMode_reads_andRefusesWrites() throws IOException {
        Path file = directory.resolve("app.db");
        try (var database = TestDatabase.at(file)) {
            database.run("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        }
        byte[] before = Files.readAllBytes(file);

        try (var database = TestDatabase.at(file, "mode=ro")) {
            assertThat(database.read(Integer.class, "SELECT a FROM t")).containsExactly(1);
            assertThat(Await.error(database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (2)"))))
                    .isInstanceOf(R2dbcPermissionDeniedException.class)
                    .extracting(error -> ((R2dbcException) error).getSqlState())
                    .isEqualTo("25006");
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void readOnlyMode_missingFile_isAnErrorAndCreatesNothing() {
        Path file = directory.resolve("app.db");

        try (var database = TestDatabase.at(file, "mode=ro")) {
            assertThat(Await.error(database.factory().create())).isInstanceOf(R2dbcException.class);
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void reopen_atOnce_works() {
        for (int i = 0; i < 10; i++) {
            try (var database = TestDatabase.in(directory)) {
                database.run("CREATE TABLE IF NOT EXISTS t (a); INSERT INTO t VALUES (1)");

                assertThat(database.value(Integer.class, "SELECT count(*) FROM t"))
                        .isEqualTo(i + 1);
            }
        }
    }

    private static void assertCannotOpen(Path file) {
        try (var database = TestDatabase.at(file)) {
            long start = System.nanoTime();
            Throwable error = Await.error(database.factory().create());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(error)
                    .isInstanceOf(R2dbcException.class)
                    .hasMessageContaining(file.getFileName().toString());
            assertThat(((R2dbcException) error).getSqlState()).isIn("08001", "25006");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
