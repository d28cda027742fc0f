package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.core.LaneStats;
import rillite.r2dbc.OpenMode;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteStatistics;
import rillite.r2dbc.Synchronous;

/** guides/production.md */
final class ProductionTests {
    @TempDir
    Path folder;

    @Test
    void configuration_isAValue() {
        Path file = folder.resolve("app.db");

        // tag::configuration[]
        SqliteConnectionConfiguration configuration = SqliteConnectionConfiguration.builder()
                .file(file)
                .mode(OpenMode.RWC)
                .synchronous(Synchronous.FULL)
                .statementTimeout(Duration.ofSeconds(20))
                .build();
        SqliteConnectionFactory connections = SqliteConnectionFactory.from(configuration);
        // end::configuration[]

        assertThat(Scratch.value(connections, Long.class, "PRAGMA synchronous")).isEqualTo(2);
        assertThat(file).exists();
        Scratch.close(connections);
    }

    @Test
    void newFile_belongsToItsOwner() throws Exception {
        SqliteConnectionFactory connections = Scratch.items(folder, 1);

        Path file = folder.resolve("app.db");
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        Scratch.close(connections);
    }

    @Test
    void backup_isACopyInUse() {
        SqliteConnectionFactory connections = Scratch.items(folder, 100);
        Path target = folder.resolve("app-2026-11-21.db");

        // tag::backup[]
        Mono<Void> backup = Mono.usingWhen(
                connections.create(),
                connection -> SqliteCapabilities.require(connection, SqliteBackup.class)
                        .backup(target),
                Connection::close);
        // end::backup[]

        StepVerifier.create(backup).verifyComplete();
        SqliteConnectionFactory copy = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + target + "?mode=ro");
        assertThat(Scratch.value(copy, Long.class, "SELECT count(*) FROM item")).isEqualTo(100);
        StepVerifier.create(backup)
                .expectErrorMatches(error -> error.getMessage().contains("exists"))
                .verify(Duration.ofSeconds(10));
        Scratch.close(copy);
        Scratch.close(connections);
    }

    @Test
    void backup_ofMemory_isAFile() {
        SqliteConnectionFactory memory = SqliteConnectionFactory.fromUrl(":memory:");
        Path target = folder.resolve("memory.db");

        StepVerifier.create(Mono.usingWhen(
                        memory.create(),
                        connection -> SqliteCapabilities.require(connection, SqliteBackup.class)
                                .backup(target),
                        Connection::close))
                .verifyComplete();
        assertThat(target).exists();
        Scratch.close(memory);
    }

    @Test
    void checkpoint_runsOnTheWriter() {
        SqliteConnectionFactory connections = Scratch.items(folder, 1_000);

        // tag::checkpoint[]
        Mono<Long> busy = Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(connection
                                .createStatement("PRAGMA wal_checkpoint(TRUNCATE)")
                                .execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get("busy", Long.class)))
                        .single(),
                Connection::close);
        // end::checkpoint[]

        StepVerifier.create(busy).expectNext(0L).verifyComplete();
        assertThat(connections.walBytes()).isZero();
        Scratch.close(connections);
    }

    @Test
    void statistics_areForGauges() {
        SqliteConnectionFactory connections = Scratch.items(folder, 1);

        // tag::statistics[]
        SqliteStatistics engine = SqliteCapabilities.require(connections, SqliteStatistics.class);
        LaneStats now = engine.statistics();
        long waitingWrites = now.writerQueueDepth();
        long waitingReads = now.readQueueDepth();
        long openCursors = now.openCursors();
        Duration oldestSnapshot = now.oldestSnapshot();
        Duration leaseAge = now.leaseAge();
        long walBytes = engine.walBytes();
        // end::statistics[]

        assertThat(waitingWrites + waitingReads + openCursors).isZero();
        assertThat(oldestSnapshot.plus(leaseAge)).isZero();
        assertThat(walBytes).isPositive();
        Scratch.close(connections);
    }
}
