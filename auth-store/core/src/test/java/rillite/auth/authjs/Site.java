package rillite.auth.authjs;

import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import rillite.auth.Secret;
import rillite.querysets.Database;

/** A file in one of the layouts, with the adapter, a clock that stands still, and a look at the stored values. */
final class Site implements AutoCloseable {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123Z");

    /** The layouts there are. */
    enum Kind {
        KYSELY(AuthJsAdapter::kysely, "User", "Account", "Session", "VerificationToken", "Authenticator"),
        DRIZZLE(AuthJsAdapter::drizzle, "user", "account", "session", "verificationToken", "authenticator"),
        PRISMA_ISO(
                db -> AuthJsAdapter.prisma(db, PrismaDates.ISO_OFFSET),
                "User",
                "Account",
                "Session",
                "VerificationToken",
                "Authenticator"),
        PRISMA_MS(
                db -> AuthJsAdapter.prisma(db, PrismaDates.EPOCH_MS),
                "User",
                "Account",
                "Session",
                "VerificationToken",
                "Authenticator");

        private final Function<Database, AuthJsAdapter> adapter;
        final String user;
        final String account;
        final String session;
        final String verification;
        final String authenticator;

        Kind(
                Function<Database, AuthJsAdapter> adapter,
                String user,
                String account,
                String session,
                String verification,
                String authenticator) {
            this.adapter = adapter;
            this.user = user;
            this.account = account;
            this.session = session;
            this.verification = verification;
            this.authenticator = authenticator;
        }

        AuthJsAdapter on(Database db) {
            return adapter.apply(db);
        }

        boolean hasAuthenticators() {
            return this != KYSELY;
        }

        /** A date as it must be stored, with its storage class in front. */
        String stored(Instant date) {
            String iso = date.toString(); // the dates of the tests have 3 digits
            return switch (this) {
                case KYSELY -> "text:" + iso;
                case PRISMA_ISO -> "text:" + iso.replace("Z", "+00:00");
                case DRIZZLE, PRISMA_MS -> "integer:" + date.toEpochMilli();
            };
        }
    }

    final Kind kind;
    final Path file;
    final Database db;
    final AuthJsAdapter adapter;
    private final Connection raw;

    private Site(Kind kind, Path directory) {
        this.kind = kind;
        file = directory.resolve(kind + ".db");
        db = get(Database.open(file));
        adapter = kind.on(db).clock(Clock.fixed(NOW, ZoneOffset.UTC));
        try {
            raw = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=60000");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the tables of the layout. */
    static Site in(Path directory, Kind kind) {
        Site site = new Site(kind, directory);
        run(site.adapter.createTables());
        return site;
    }

    /** Without any table. */
    static Site empty(Path directory, Kind kind) {
        return new Site(kind, directory);
    }

    AuthJsAdapter at(Instant now) {
        return adapter.clock(Clock.fixed(now, ZoneOffset.UTC));
    }

    AdapterUser user(String email) {
        return get(adapter.createUser(AdapterUser.of(email)));
    }

    AdapterSession session(String userId, String token, Instant expires) {
        return get(adapter.createSession(new AdapterSession(Secret.of(token), userId, expires)));
    }

    /** What another program does to the file. */
    void raw(String sql) {
        try (PreparedStatement statement = raw.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a table as {@code class:value} for each of the columns, {@code null} for NULL. */
    List<List<String>> stored(String table, String... columns) {
        List<String> selected = new ArrayList<>();
        for (String column : columns) {
            selected.add("ifnull(typeof(t.\"" + column + "\") || ':' || t.\"" + column + "\", 'null')");
        }
        return query("SELECT " + String.join(", ", selected) + " FROM \"" + table + "\" t ORDER BY rowid");
    }

    long count(String table) {
        return Long.parseLong(
                query("SELECT count(*) FROM \"" + table + "\"").get(0).get(0));
    }

    List<List<String>> query(String sql) {
        try (PreparedStatement statement = raw.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run(db.close());
        try {
            raw.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
