package rillite.querysets;

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
import org.jspecify.annotations.Nullable;

/** A fresh file filled from a script of the test resources, opened over bare connections. */
final class Fixture {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    final Path file;
    final BareConnectionFactory connections;
    final Database db;

    private Fixture(Path file) {
        this.file = file;
        connections = new BareConnectionFactory(file);
        db = Objects.requireNonNull(Database.over(connections).block(PATIENCE));
        connections.sent.clear();
        connections.rowsRead.set(0);
    }

    static Fixture library(Path directory) {
        return ofScript(directory, script("library.sql"));
    }

    static Fixture bookshop(Path directory) {
        return ofScript(directory, script("bookshop.sql"));
    }

    static Fixture ofScript(Path directory, String script) {
        return new Fixture(fill(directory, script));
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
        try (Connection jdbc = connections.jdbc();
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

    /** Keys of the rows in order. */
    List<Object> keys(QuerySet<Row> query) {
        return Objects.requireNonNull(query.list().block(PATIENCE)).stream().map(Row::pk).toList();
    }

    /** Statements sent since the last call. */
    List<String> sent() {
        List<String> statements = List.copyOf(connections.sent);
        connections.sent.clear();
        return statements;
    }
}
