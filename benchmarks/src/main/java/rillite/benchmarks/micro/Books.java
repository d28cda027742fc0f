package rillite.benchmarks.micro;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import rillite.querysets.ConnectionSource;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** A small shop of books in a file of its own, opened; closing it deletes the file. */
final class Books implements AutoCloseable {

    private static final List<String> SCRIPT = List.of(
            "CREATE TABLE publisher(id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT)",
            "CREATE TABLE series(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE author(id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, age INTEGER)",
            "CREATE TABLE book(id INTEGER PRIMARY KEY, title TEXT NOT NULL, isbn TEXT NOT NULL, pages INTEGER NOT NULL,"
                    + " price REAL NOT NULL, language TEXT NOT NULL, stock INTEGER NOT NULL, weight REAL, rating REAL,"
                    + " author_id INTEGER NOT NULL REFERENCES author(id),"
                    + " publisher_id INTEGER NOT NULL REFERENCES publisher(id), series_id INTEGER REFERENCES series(id))",
            "CREATE TABLE review(id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book(id),"
                    + " stars INTEGER NOT NULL, text TEXT)",
            "INSERT INTO publisher VALUES (1, 'Harbour Press', 'Porto')",
            "INSERT INTO author VALUES (1, 'Ines Duarte', 'ines@example.org', 41)",
            "INSERT INTO book VALUES (1, 'Tides', '978-0', 320, 18.5, 'pt', 7, 0.4, 4.5, 1, 1, NULL)",
            "INSERT INTO review VALUES (1, 1, 5, 'Read it twice.')");

    private final Path file;
    private final ConnectionFactory connections;
    private final Database database;

    /**
     * Makes the file.
     *
     * @param rememberedShapes how many compiled queries the database keeps
     */
    Books(int rememberedShapes) {
        try {
            file = Files.createTempFile("books", ".db");
            fill(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections =
                ConnectionFactories.get("r2dbc:sqlite:file:///" + file.toUri().getRawPath());
        database = requireNonNull(
                Database.over(connections, DatabaseOptions.defaults().rememberedShapes(rememberedShapes))
                        .block());
    }

    private static void fill(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : SCRIPT) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Database database() {
        return database;
    }

    /** The same tables, with another way to send statements. */
    Database over(ConnectionSource source, DatabaseOptions options) {
        return requireNonNull(Database.over(connections, source, options).block());
    }

    @Override
    public void close() {
        database.close().block();
        try {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(file + suffix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
