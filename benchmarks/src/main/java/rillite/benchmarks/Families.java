package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Authors with their books: the file, and what it holds.
 *
 * @param authors how many
 * @param booksEach books of each author
 */
record Families(int authors, int booksEach) {

    static final String AUTHORS = "SELECT id, name, email FROM author ORDER BY id";
    static final String BOOKS = "SELECT id, title, author_id, pages, price FROM book WHERE author_id IN"
            + " (SELECT value FROM json_each(?))";

    /** 1,000 authors with 50 books each when a million rows are the measure. */
    static Families of(Scale scale) {
        return new Families(Math.max(2, scale.rows() / 1_000), 50);
    }

    long books() {
        return (long) authors * booksEach;
    }

    /** One author as people write it by hand. */
    record Author(long id, String name, String email, List<Book> books) {}

    /** One book as people write it by hand. */
    record Book(long id, String title, long authorId, long pages, double price) {}

    void create(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    PRAGMA journal_mode = WAL;
                    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL);
                    CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL,
                      author_id INTEGER NOT NULL REFERENCES author(id), pages INTEGER NOT NULL, price REAL NOT NULL);
                    CREATE INDEX book_author ON book(author_id);
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1$d)
                      INSERT INTO author SELECT i, 'author ' || i, 'author' || i || '@example.org' FROM n;
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %2$d)
                      INSERT INTO book SELECT i + 1, 'the book number ' || i, 1 + i %% %1$d, i %% 900, i / 4.0 FROM n;
                    PRAGMA wal_checkpoint(TRUNCATE);
                    """.formatted(authors, books() - 1));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill " + file, e);
        }
    }

    /** The sum over all keys of books, each multiplied by the key of its author. */
    long sum() {
        long sum = 0;
        for (long i = 0; i < books(); i++) {
            sum += (i + 1) * (1 + i % authors);
        }
        return sum;
    }
}
