package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import rillite.auth.Maintenance.CleanupReport;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** Many rows go in batches, and the store does not outlive its database. */
final class SweepTests extends StoreTests {

    private void sql(String text) {
        run(store.db.sql(text).execute());
    }

    /** Notes how many rows each transaction deletes: the rows of one share the count of commits before it. */
    private void watch(String table) {
        sql("CREATE TABLE IF NOT EXISTS deleted (at TEXT, n INTEGER)");
        sql("CREATE TRIGGER watch_" + table + " AFTER DELETE ON " + table + " BEGIN INSERT INTO deleted VALUES ('"
                + table + "', 1); END");
    }

    private void sessions(UserId user, int number, long expiresAt) {
        sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + number + ")"
                + " INSERT INTO auth_session (token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at,"
                + " absolute_expires_at) SELECT randomblob(32), 's-' || hex(randomblob(16)), '" + user.value()
                + "', 0, 0, 0, " + expiresAt + ", " + expiresAt + " FROM n");
    }

    @Test
    void purge_ofExpiredRevokedAndOrphaned_takesAllAndNoOther() {
        UserId ada = store.user("ada@example.org");
        UserId grace = store.user("grace@example.org");
        long now = store.clock.millis();
        sessions(ada, 1_201, now);
        sessions(grace, 700, now + 1);
        get(auth.sessions().revokeAll(grace));
        sessions(ada, 300, now + 1);
        try (Raw raw = new Raw(store.file)) {
            raw.run("PRAGMA foreign_keys = OFF");
            raw.run("UPDATE auth_session SET user_id = 'gone' WHERE token_hash IN"
                    + " (SELECT token_hash FROM auth_session WHERE expires_at > " + now + " AND user_id = '"
                    + ada.value() + "' LIMIT 7)");
        }

        assertThat(get(auth.maintenance().purgeExpired(100))).isEqualTo(new CleanupReport(1_908, 0, 0));
        assertThat(store.count("SELECT count(*) FROM auth_session")).isEqualTo(293);
    }

    @Test
    void purge_refusedByATrigger_ends() {
        sessions(store.user("ada@example.org"), 10, 0);
        sql("CREATE TRIGGER keep BEFORE DELETE ON auth_session BEGIN SELECT RAISE(IGNORE); END");

        assertThat(get(auth.maintenance().purgeExpired(2))).isEqualTo(new CleanupReport(0, 0, 0));
    }

    @Test
    void throttles_hitInTheMeantime_stay() {
        Throttle.Limit limit = new Throttle.Limit(1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        for (int i = 0; i < 25; i++) {
            get(auth.throttle().hit("key " + i, limit));
        }
        store.clock.move(Duration.ofDays(1));
        get(auth.throttle().hit("key 7", limit));
        get(auth.throttle().hit("z \"quoted\" \\ key", limit));

        assertThat(get(auth.maintenance().purgeExpired(3))).isEqualTo(new CleanupReport(0, 0, 24));
        assertThat(store.count("SELECT count(*) FROM auth_throttle")).isEqualTo(2);
    }

    @Test
    void delete_ofAUserOfManySessions_goesInBatches() {
        UserId ada = store.user("ada@example.org");
        UserId grace = store.user("grace@example.org");
        sessions(ada, 2_600, store.clock.millis() + 1);
        sessions(grace, 10, store.clock.millis() + 1);
        sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO auth_token"
                + " (token_hash, purpose, subject, created_at, expires_at) SELECT randomblob(32), 'p', '" + ada.value()
                + "', 0, 0 FROM n");
        watch("auth_session");
        Queue<String> statements = new ConcurrentLinkedQueue<>();
        Database watched = get(Database.open(
                store.file, DatabaseOptions.defaults().statementListener(one -> statements.add(one.toString()))));
        try {
            AuthStore other = AuthStore.on(watched, Fixture.options(store.clock));
            assertThat(get(other.users().delete(ada))).isTrue();
        } finally {
            run(watched.close());
        }

        assertThat(store.count("SELECT count(*) FROM deleted")).isEqualTo(2_600);
        assertThat(store.count("SELECT count(*) FROM auth_session")).isEqualTo(10);
        assertThat(store.count("SELECT count(*) FROM auth_token")).isZero();
        assertThat(statements)
                .filteredOn(one -> one.contains("DELETE FROM auth_session"))
                .hasSize(6);
        assertThat(statements)
                .filteredOn(one -> one.contains("DELETE FROM auth_token"))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT token_hash FROM auth_session WHERE expires_at <= 1 LIMIT 5",
                "SELECT token_hash FROM auth_session WHERE user_id = 'u' LIMIT 5",
                "SELECT token_hash FROM auth_token WHERE expires_at <= 1 LIMIT 5",
                "SELECT token_hash FROM auth_token WHERE subject = 's' LIMIT 5",
                "DELETE FROM auth_token WHERE subject IN ('a', 'b')",
                "DELETE FROM auth_token WHERE purpose = 'p' AND subject = 's'",
                "DELETE FROM auth_session WHERE token_hash IN (SELECT unhex(value) FROM json_each('[]')) AND user_id = 'u'",
                "DELETE FROM auth_token WHERE token_hash IN (SELECT unhex(value) FROM json_each('[]')) AND expires_at <= 1",
                "SELECT s.token_hash FROM auth_session s LEFT JOIN auth_user u ON u.id = s.user_id"
                        + " WHERE s.token_hash > x'00' ORDER BY s.token_hash LIMIT 5"
            })
    void statements_searchByAnIndex_andScanNoTable(String statement) {
        var plan = get(store.db
                        .sql("EXPLAIN QUERY PLAN " + statement)
                        .values()
                        .flux()
                        .collectList())
                .stream()
                .map(row -> String.valueOf(row.get("detail", String.class)))
                .toList();

        assertThat(plan).anyMatch(line -> line.startsWith("SEARCH"));
        assertThat(plan).noneMatch(line -> line.startsWith("SCAN") && !line.contains("json_each"));
        assertThat(plan).noneMatch(line -> line.contains("TEMP B-TREE"));
    }

    private static Queue<String> loggedDuring(Runnable work) {
        return loggedDuring(logged -> work.run());
    }

    private static Queue<String> loggedDuring(Consumer<Queue<String>> work) {
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        Logger root = Logger.getLogger("");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        root.addHandler(handler);
        try {
            work.accept(logged);
        } finally {
            root.removeHandler(handler);
        }
        return logged;
    }

    @Test
    void schedule_afterClose_endsQuietly() {
        Database other = get(Database.open(directory.resolve("other.db")));
        AuthStore closing = AuthStore.on(other, Fixture.options(store.clock));
        run(closing.migrate());
        Queue<String> logged = loggedDuring(() -> {
            run(other.close());
            Disposable sweep = closing.maintenance().schedule(Duration.ofMillis(5));
            await().atMost(PATIENCE).until(sweep::isDisposed);
        });

        assertThat(logged).noneMatch(line -> line.contains("swept"));
    }

    @Test
    void schedule_whoseStatementsAreStopped_goesOn() {
        Path file = directory.resolve("other.db");
        Database slow = get(Database.open(file));
        AuthStore before = AuthStore.on(slow, Fixture.options(store.clock));
        run(before.migrate());
        get(before.tokens().issue(Purpose.MAGIC_LINK, "s"));
        run(slow.sql("CREATE TRIGGER slow BEFORE DELETE ON auth_token BEGIN SELECT (WITH RECURSIVE n(i) AS"
                        + " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n); END")
                .execute());
        run(slow.close());
        store.clock.move(Duration.ofDays(1));

        Database stopped =
                get(Database.open(file, DatabaseOptions.defaults().driverOption("statementTimeout", "PT0.2S")));
        try {
            Maintenance maintenance =
                    AuthStore.on(stopped, Fixture.options(store.clock)).maintenance();
            loggedDuring(logged -> {
                Disposable sweep = maintenance.schedule(Duration.ofMillis(5));
                await().atMost(PATIENCE)
                        .until(() -> logged.stream()
                                        .filter(line -> line.contains("swept"))
                                        .count()
                                >= 2);
                assertThat(sweep.isDisposed()).isFalse();
                sweep.dispose();
            });
        } finally {
            run(stopped.close());
        }
    }

    @Test
    void synchronousNormal_isWarnedAboutOnceForAStore() {
        Path file = directory.resolve("normal.db");
        Queue<String> logged = loggedDuring(() -> {
            Database fast = get(Database.open(file, DatabaseOptions.defaults().driverOption("synchronous", "NORMAL")));
            try {
                run(AuthStore.on(fast).migrate());
                AuthStore second = AuthStore.on(fast);
                get(second.users().create(NewUser.of("ada@example.org")));
                get(second.users().create(NewUser.of("grace@example.org")));
                run(second.migrate());
            } finally {
                run(fast.close());
            }
        });

        assertThat(logged)
                .filteredOn(line -> line.contains("synchronous < FULL"))
                .hasSize(2);
    }
}
