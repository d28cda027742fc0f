package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;

/** A fresh file filled from a script of the test resources, and a Database over it whose statements are recorded. */
final class Fixture implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Path file;
    final ConnectionFactory connections;
    final Database db;
    final AtomicInteger open = new AtomicInteger();
    private final Wire wire = new Wire();

    private Fixture(Connecting connecting, Path file, DatabaseOptions options) {
        this.file = file;
        connections = connecting.connect(file, wire, open);
        db = Objects.requireNonNull(
                Database.over(connections, options.schemaCheck(Duration.ZERO)).block(PATIENCE));
        wire.take();
    }

    private interface Connecting {
        ConnectionFactory connect(Path file, Wire wire, AtomicInteger open);
    }

    /** The library over connections that have our functions. */
    static Fixture libraryWithFunctions(Path directory) {
        return withFunctions(directory, script("library.sql"));
    }

    static Fixture withFunctions(Path directory, String script) {
        return new Fixture(Access::withFunctions, fill(directory, script), DatabaseOptions.defaults());
    }

    static Fixture library(Access access, Path directory) {
        return ofScript(
                access,
                directory,
                script("library.sql"),
                DatabaseOptions.defaults().relation("author.mentor_id", "mentor", "mentees"));
    }

    static Fixture bookshop(Access access, Path directory) {
        return ofScript(access, directory, script("bookshop.sql"));
    }

    static Fixture ofScript(Access access, Path directory, String script) {
        return ofScript(access, directory, script, DatabaseOptions.defaults());
    }

    static Fixture ofScript(Access access, Path directory, String script, DatabaseOptions options) {
        return new Fixture(access::connect, fill(directory, script), options);
    }

    /** Over a file that is there. */
    static Fixture ofFile(Access access, Path file) {
        return new Fixture(access::connect, file, DatabaseOptions.defaults());
    }

    @Override
    public void close() {
        if (connections instanceof Closeable closeable) {
            Mono.from(closeable.close()).block(PATIENCE);
        }
    }

    /** Creates a file and runs a script in it. */
    static Path fill(Path directory, String script) {
        Path file = directory.resolve(UUID.randomUUID() + ".db");
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    static String script(String name) {
        try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a query directly. */
    List<List<@Nullable Object>> jdbc(String sql) {
        try (Connection jdbc = BareConnectionFactory.jdbc(file);
                Statement statement = jdbc.createStatement()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a script directly. */
    void run(String script) {
        try (Connection jdbc = BareConnectionFactory.jdbc(file);
                Statement statement = jdbc.createStatement()) {
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements directly, all or none. */
    void inOneTransaction(String... statements) {
        try (Connection jdbc = BareConnectionFactory.jdbc(file);
                Statement statement = jdbc.createStatement()) {
            jdbc.setAutoCommit(false);
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            jdbc.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys of the rows in order. */
    List<Object> keys(QuerySet<Row> query) {
        return Objects.requireNonNull(query.list().block(PATIENCE)).stream()
                .map(Row::pk)
                .toList();
    }

    /** Waits until every connection was given back, which a cancel does not tell, and the engine does nothing more. */
    void awaitClosed() {
        SqliteStatistics engine = SqliteCapabilities.find(connections, SqliteStatistics.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> open.get() == 0
                        && (engine == null
                                || engine.statistics().idle()
                                        && engine.statistics().sessions() == 0));
    }

    /** Statements sent since the last call. */
    List<String> sent() {
        return wired().stream().map(Wire.Sent::sql).toList();
    }

    /** The same with the values that went along. */
    List<Wire.Sent> wired() {
        return wire.take();
    }
}
