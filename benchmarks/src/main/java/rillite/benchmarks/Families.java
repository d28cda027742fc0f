package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Publishers, their authors and their books: the file, and what it holds. Every value follows from the key.
 *
 * @param publishers how many
 * @param authors how many, each of one publisher
 * @param booksEach books of each author
 */
record Families(int publishers, int authors, int booksEach) {

    /** 1,000 authors with 50 books each when a million rows are the measure. */
    static Families of(Scale scale) {
        int authors = Math.max(2, scale.rows() / 1_000);
        return new Families(Math.max(1, authors / 10), authors, 50);
    }

    /** One publisher as people write it by hand. */
    record Publisher(long id, String name, List<Author> authors) {}

    /** One author as people write it by hand. */
    record Author(long id, String name, String email, long publisherId, List<Book> books) {}

    /** One book as people write it by hand. */
    record Book(long id, String title, long authorId, long pages, double price) {}

    long books() {
        return (long) authors * booksEach;
    }

    void create(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    PRAGMA journal_mode = WAL;
                    CREATE TABLE publisher (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,
                      publisher_id INTEGER NOT NULL REFERENCES publisher(id));
                    CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL,
                      author_id INTEGER NOT NULL REFERENCES author(id), pages INTEGER NOT NULL, price REAL NOT NULL);
                    CREATE INDEX author_publisher ON author(publisher_id);
                    CREATE INDEX book_author ON book(author_id);
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1$d)
                      INSERT INTO publisher SELECT i, 'publisher ' || i FROM n;
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %2$d)
                      INSERT INTO author SELECT i, 'author ' || i, 'author' || i || '@example.org', 1 + i %% %1$d FROM n;
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %3$d)
                      INSERT INTO book SELECT i, 'the book number ' || i, 1 + i %% %2$d, i %% 900, i / 4.0 FROM n;
                    PRAGMA wal_checkpoint(TRUNCATE);
                    """.formatted(publishers, authors, books()));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill " + file, e);
        }
    }

    FamilySum ofAuthors() {
        FamilySum sum = new FamilySum();
        addAuthors(sum, false);
        return sum;
    }

    FamilySum ofPublishers() {
        FamilySum sum = new FamilySum();
        for (long i = 1; i <= publishers; i++) {
            sum.publisher(i, "publisher " + i);
        }
        addAuthors(sum, true);
        return sum;
    }

    private void addAuthors(FamilySum sum, boolean ofPublishers) {
        for (long i = 1; i <= authors; i++) {
            sum.author(ofPublishers ? 1 + i % publishers : 0, i, "author " + i, "author" + i + "@example.org");
        }
        for (long i = 1; i <= books(); i++) {
            sum.book(1 + i % authors, i, "the book number " + i, i % 900, i / 4.0);
        }
    }
}
