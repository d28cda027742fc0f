package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.InvalidMigrationException;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/** Migrations over the plainest connections, and over wrapped ones of the driver. */
final class MigrationAccessTests {

    private static final Migrations MIGRATIONS = Migrations.ofFiles(Map.of(
            "0001_users.sql",
            "CREATE TABLE users (id INTEGER PRIMARY KEY);\n-- down\n-- rillite: foreign-keys on\nDROP TABLE users;",
            "0002_posts.sql",
            "CREATE TABLE posts (id INTEGER PRIMARY KEY);\n-- down\n-- rillite: foreign-keys on\nDROP TABLE posts;"));

    @TempDir
    Path directory;

    private final Wire wire = new Wire();
    private final AtomicInteger open = new AtomicInteger();

    private static MigrationReport await(Mono<MigrationReport> verb) {
        return verb.blockOptional(Fixture.PATIENCE).orElseThrow();
    }

    private ConnectionFactory connect(Access access) {
        return access.connect(directory.resolve("app.db"), wire, open);
    }

    private List<String> sent() {
        return wire.take().stream().map(Wire.Sent::sql).toList();
    }

    private void assertClosed() {
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> open.get() == 0);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void everyKindOfConnection_isMigratedAndRolledBack(Access access) {
        ConnectionFactory connections = connect(access);

        assertThat(await(MIGRATIONS.migrate(connections)).names()).containsExactly("0001_users", "0002_posts");
        assertThat(await(MIGRATIONS.migrate(connections)).names()).isEmpty();
        assertThat(await(MIGRATIONS.rollback(connections, 1)).names()).containsExactly("0002_posts");
        assertClosed();
        close(connections);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void nothingToDo_isTwoReadsAndNoWrite(Access access) {
        ConnectionFactory connections = connect(access);
        await(MIGRATIONS.migrate(connections));
        wire.take();

        await(MIGRATIONS.migrate(connections));

        assertThat(sent()).hasSize(2).allMatch(sql -> sql.startsWith("SELECT "));
        assertClosed();
        close(connections);
    }

    @Test
    void rebuildWithoutTheCapability_isAnErrorThatNamesIt() {
        ConnectionFactory connections = connect(Access.BARE);
        Migrations rebuilding =
                Migrations.ofFiles(Map.of("0001_a.sql", "CREATE TABLE t (x); DROP TABLE t; CREATE TABLE u (x);"));

        assertThat(catchThrowable(() -> await(rebuilding.migrate(connections))))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageStartingWith(
                        "Cannot run 0001_a: it needs foreign keys off, which this connection does not offer"
                                + " (capability rebuildSession).");
        assertClosed();
    }

    @Test
    void rebuildThroughWrappedConnections_isFound() {
        ConnectionFactory connections = connect(Access.DRIVER);
        Migrations rebuilding =
                Migrations.ofFiles(Map.of("0001_a.sql", "CREATE TABLE t (x); DROP TABLE t; CREATE TABLE u (x);"));

        assertThat(await(rebuilding.migrate(connections)).names()).containsExactly("0001_a");
        assertThat(sent()).contains("DROP TABLE t");
        assertClosed();
        close(connections);
    }

    private static void close(ConnectionFactory connections) {
        if (connections instanceof io.r2dbc.spi.Closeable closeable) {
            Mono.from(closeable.close()).block(Fixture.PATIENCE);
        }
    }
}
