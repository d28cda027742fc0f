package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Prepares files and looks at them afterwards through a plain JDBC connection of its own. */
final class Checks {

    private static final String ENTRY_TABLE =
            "CREATE TABLE entry(id INTEGER PRIMARY KEY, who INTEGER NOT NULL, note TEXT NOT NULL)";

    private Checks() {}

    static void createItems(Path file, int rows) {
        with(file, connection -> {
            run(connection, "PRAGMA journal_mode=WAL");
            run(connection, Item.TABLE);
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement(Item.INSERT)) {
                for (long id = 1; id <= rows; id++) {
                    JdbcStore.bind(insert, Item.of(id).values());
                    insert.addBatch();
                    if (id % 1_000 == 0 || id == rows) {
                        insert.executeBatch();
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    static void createEntries(Path file) {
        with(file, connection -> {
            run(connection, "PRAGMA journal_mode=WAL");
            run(connection, ENTRY_TABLE);
        });
    }

    /** Fails unless the file holds exactly the rows that were acknowledged. */
    static void entries(Path file, Tally acknowledged) {
        with(file, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*), coalesce(sum(who), 0), coalesce(sum(length(note)), 0) FROM entry")) {
                row.next();
                equal("inserted rows", acknowledged.operations(), row.getLong(1));
                equal("sum of who", acknowledged.sum(), row.getLong(2));
                equal("length of notes", acknowledged.operations() * Client.NOTE.length(), row.getLong(3));
            }
        });
    }

    static void items(Path file, Sums expected) {
        Sums found = new Sums();
        with(file, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT count(*), sum(id), sum(length(name) + length(email)),"
                                    + " sum(amount), sum(score) FROM item")) {
                row.next();
                found.add(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getDouble(5));
            }
        });
        same("imported rows", expected.toString(), found.toString());
    }

    static void equal(String what, long expected, long found) {
        if (expected != found) {
            same(what, expected, found);
        }
    }

    static void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(
                    "Wrong " + what + ": expected " + expected + ", found " + found + ". The run does not count.");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void with(Path file, Work work) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot work on " + file, e);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
