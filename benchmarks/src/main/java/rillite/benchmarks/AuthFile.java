package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Scanner;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import reactor.core.publisher.Mono;
import rillite.auth.AuthStore;
import rillite.querysets.Database;

/** A file with the tables of ours and of Spring Session side by side. Every value follows from the number of its user. */
final class AuthFile {

    static final String ROLE = "reader";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private AuthFile() {}

    /** The tables, and the users from 0 to {@code users}, without a session. */
    static void create(Path file, int users) {
        migrate(file);
        with(file, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(springTables());
            }
            users(connection, users);
        });
    }

    /** Gives each user one session, whose visits are noted already, and one role. */
    static void signIn(Path file, int users) {
        with(file, connection -> {
            long now = System.currentTimeMillis();
            try (Statement statement = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO auth_session (token_hash, id,"
                            + " user_id, epoch, created_at, last_seen_at, expires_at, absolute_expires_at)"
                            + " VALUES (?, ?, ?, 0, ?, ?, ?, ?)")) {
                for (int user = 0; user <= users; user++) {
                    insert.setBytes(1, sha256(token(user)));
                    insert.setString(2, "session-" + user);
                    insert.setString(3, id(user));
                    insert.setLong(4, now);
                    insert.setLong(5, now + Duration.ofHours(1).toMillis());
                    insert.setLong(6, now + WEEK.toMillis());
                    insert.setLong(7, now + 4 * WEEK.toMillis());
                    insert.addBatch();
                }
                insert.executeBatch();
                statement.executeUpdate("INSERT INTO auth_role VALUES ('" + ROLE + "')");
                statement.executeUpdate("INSERT INTO auth_user_role SELECT id, '" + ROLE + "' FROM auth_user");
            }
        });
    }

    /** Fails unless the file holds exactly the sessions that were acknowledged, of ours and of Spring's together. */
    static void sessions(Path file, Tally acknowledged) {
        with(file, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*), coalesce(sum(substr(who, 6)), 0) FROM (SELECT user_id AS who"
                                    + " FROM auth_session UNION ALL SELECT PRINCIPAL_NAME FROM SPRING_SESSION)")) {
                row.next();
                Checks.equal("sessions", acknowledged.operations(), row.getLong(1));
                Checks.equal("sum of users", acknowledged.sum(), row.getLong(2));
            }
        });
    }

    /** The id of a user. */
    static String id(long user) {
        return "user-" + user;
    }

    static String email(long user) {
        return "user" + user + "@example.org";
    }

    /** What the browser of a user sends. */
    static String token(long user) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("session of " + id(user)));
    }

    /** The tokens of the users from 0 to {@code users}. */
    static List<String> tokens(int users) {
        List<String> tokens = new ArrayList<>();
        for (int user = 0; user <= users; user++) {
            tokens.add(token(user));
        }
        return tokens;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void migrate(Path file) {
        requireNonNull(Mono.usingWhen(
                        Database.open(file),
                        database -> AuthStore.on(database).migrate().thenReturn(true),
                        Database::close)
                .block(PATIENCE));
    }

    private static String springTables() {
        try (Scanner text = new Scanner(
                requireNonNull(JdbcIndexedSessionRepository.class.getResourceAsStream("schema-sqlite.sql")),
                StandardCharsets.UTF_8)) {
            return text.useDelimiter("\\A").next();
        }
    }

    private static void users(Connection connection, int users) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO auth_user (id, email, email_key, name, created_at, updated_at)"
                        + " VALUES (?, ?2, ?2, ?3, ?4, ?4)")) {
            for (int user = 0; user <= users; user++) {
                insert.setString(1, id(user));
                insert.setString(2, email(user));
                insert.setString(3, Long.toString(Item.amountOf(user)));
                insert.setLong(4, user);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void with(Path file, Work work) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            work.on(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot work on " + file, e);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
