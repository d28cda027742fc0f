package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteConnectionFactory;

/** A folder of migrations and a database file beside it, both of this test. */
abstract class MigrationCase {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private @Nullable SqliteConnectionFactory opened;

    Path folder() {
        return directory.resolve("migrations");
    }

    Path databaseFile() {
        return directory.resolve("app.db");
    }

    Migrations migrations() {
        return Migrations.of(folder());
    }

    SqliteConnectionFactory connections() {
        SqliteConnectionFactory known = opened;
        if (known == null) {
            known = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + databaseFile());
            opened = known;
        }
        return known;
    }

    @AfterEach
    void closeDatabase() {
        close(opened);
        opened = null;
    }

    static void close(@Nullable Object connections) {
        if (connections instanceof Closeable closeable) {
            Mono.from(closeable.close()).block(PATIENCE);
        }
    }

    /** Writes a file into the folder, which is made if it is not there; lines are joined. */
    Path write(String name, String... lines) {
        return writeBytes(name, String.join("\n", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Path writeBytes(String name, byte[] content) {
        try {
            Path file = folder().resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two migrations with their ways back. */
    void writeUsersAndPosts() {
        write("0001_create_users.up.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);");
        write("0001_create_users.down.sql", "DROP TABLE users;");
        write(
                "0002_create_posts.up.sql",
                "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users ON DELETE CASCADE);",
                "CREATE INDEX posts_user ON posts (user_id);");
        write("0002_create_posts.down.sql", "DROP TABLE posts;");
    }

    static <T> T await(Mono<T> mono) {
        return mono.blockOptional(PATIENCE).orElseThrow();
    }

    /** The names of the migrations that a verb worked on. */
    static List<String> names(Mono<MigrationReport> verb) {
        return await(verb).names();
    }

    static <E extends Throwable> E error(Class<E> type, Mono<?> verb) {
        E error = catchThrowableOfType(type, () -> verb.block(PATIENCE));
        assertThat(error).as("an error").isNotNull();
        return error;
    }

    InvalidMigrationException invalid() {
        return error(InvalidMigrationException.class, migrations().files());
    }

    void run(String... statements) {
        run(connections(), statements);
    }

    static void run(ConnectionFactory connections, String... statements) {
        for (String sql : statements) {
            Mono.usingWhen(connections.create(), c -> StatementRun.run(c, sql), Connection::close)
                    .block(PATIENCE);
        }
    }

    /** The first column of every row, as text; NULL is "null". */
    List<String> query(String sql) {
        return query(connections(), sql);
    }

    static List<String> query(ConnectionFactory connections, String sql) {
        return Objects.requireNonNull(Flux.usingWhen(
                        connections.create(),
                        c -> StatementRun.rows(c, sql, row -> String.valueOf(row.get(0))),
                        Connection::close)
                .collectList()
                .block(PATIENCE));
    }

    /** Names of all tables but the history. */
    List<String> tables() {
        List<String> names = new ArrayList<>(query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"));
        names.remove("rillite_migration");
        return names;
    }

    List<String> history() {
        if (query("SELECT 1 FROM sqlite_schema WHERE name = 'rillite_migration'")
                .isEmpty()) {
            return List.of();
        }
        return query("SELECT set_name || ':' || version || '_' || name FROM rillite_migration ORDER BY 1");
    }
}
