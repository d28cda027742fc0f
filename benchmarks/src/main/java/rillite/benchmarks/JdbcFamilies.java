package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One query for each level and a map from keys to owners, as people write it by hand. */
record JdbcFamilies(Connection connection) implements FamilyReader {

    private static final String PUBLISHERS = "SELECT id, name FROM publisher";
    private static final String AUTHORS = "SELECT id, name, email, publisher_id FROM author";
    private static final String AUTHORS_OF = AUTHORS + " WHERE publisher_id IN (SELECT value FROM json_each(?))";
    private static final String BOOKS_OF = "SELECT id, title, author_id, pages, price FROM book"
            + " WHERE author_id IN (SELECT value FROM json_each(?))";

    @Override
    public FamilySum authors() {
        return Unchecked.call(() -> {
            try (PreparedStatement query = connection.prepareStatement(AUTHORS)) {
                Map<Long, Families.Author> authors = authors(query);
                addBooks(authors);
                return FamilyReader.ofAuthors(authors.values());
            }
        });
    }

    @Override
    public FamilySum publishers() {
        return Unchecked.call(() -> {
            Map<Long, Families.Publisher> publishers = new LinkedHashMap<>();
            try (PreparedStatement query = connection.prepareStatement(PUBLISHERS);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    publishers.put(id, new Families.Publisher(id, rows.getString(2), new ArrayList<>()));
                }
            }
            try (PreparedStatement query = connection.prepareStatement(AUTHORS_OF)) {
                query.setString(1, json(publishers.keySet()));
                Map<Long, Families.Author> authors = authors(query);
                for (Families.Author author : authors.values()) {
                    requireNonNull(publishers.get(author.publisherId()))
                            .authors()
                            .add(author);
                }
                addBooks(authors);
            }
            return FamilyReader.ofPublishers(publishers.values());
        });
    }

    private static Map<Long, Families.Author> authors(PreparedStatement query) throws SQLException {
        Map<Long, Families.Author> authors = new LinkedHashMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong(1);
                authors.put(
                        id,
                        new Families.Author(
                                id, rows.getString(2), rows.getString(3), rows.getLong(4), new ArrayList<>()));
            }
        }
        return authors;
    }

    private void addBooks(Map<Long, Families.Author> authors) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BOOKS_OF)) {
            query.setString(1, json(authors.keySet()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Families.Book book = new Families.Book(
                            rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4), rows.getDouble(5));
                    requireNonNull(authors.get(book.authorId())).books().add(book);
                }
            }
        }
    }

    private static String json(Collection<Long> keys) {
        return keys.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
