package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.Seed;
import rillite.r2dbc.testing.TestDatabase;

/** Random work of many sessions: the feed tells exactly what a log kept by triggers holds, in its order. */
@ExtendWith(LeakFree.class)
final class ChangeFeedIT {
    private static final int SESSIONS = 8;
    private static final int STEPS = 60;
    private static final int KEYS = 40;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @RepeatedTest(5)
    void randomWork_feedEqualsTheLogOfTriggers() {
        Seed seed = Seed.get();
        try (TestDatabase database = TestDatabase.in(directory);
                TestDatabase dedicated = TestDatabase.at(database.file(), "session=dedicated")) {
            database.run("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER);"
                    + " CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT);"
                    + " CREATE TABLE child (p REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
            trigger(database, "INSERT", "new");
            trigger(database, "UPDATE", "new");
            trigger(database, "DELETE", "old");
            Disposable listening = SqliteCapabilities.require(database.connect(), SqliteChanges.class)
                    .changes()
                    .filter(change -> change.table().equals("t"))
                    .subscribe(change -> told.add(change.kind() + " " + change.rowid()));
            List<Mono<Void>> work = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                TestDatabase from = i == 0 ? dedicated : database;
                Random random = new Random(seed.value() + i);
                work.add(from.using(connection -> session(connection, random)).then());
            }
            Await.done(Flux.merge(Flux.fromIterable(work), SESSIONS));
            database.run("INSERT INTO t VALUES (1000, 0)");
            await().atMost(Duration.ofSeconds(10)).until(() -> told.contains("INSERT 1000"));
            listening.dispose();

            assertThat(told)
                    .as(seed.toString())
                    .hasSizeGreaterThan(STEPS)
                    .isEqualTo(database.read(String.class, "SELECT what FROM log ORDER BY id"));
        }
    }

    private static void trigger(TestDatabase database, String event, String row) {
        database.run("CREATE TRIGGER on_" + event + " AFTER " + event + " ON t BEGIN INSERT INTO log (what) VALUES ('"
                + event + " ' || " + row + ".a); END");
    }

    private static Mono<Void> session(Connection connection, Random random) {
        return Flux.range(0, STEPS)
                .concatMap(step -> random.nextInt(3) == 0 ? transaction(connection, random) : write(connection, random))
                .then();
    }

    private static Mono<Void> transaction(Connection connection, Random random) {
        return Mono.from(connection.beginTransaction())
                .thenMany(Flux.range(0, 1 + random.nextInt(6)).concatMap(i -> inTransaction(connection, random)))
                .then(Mono.defer(() -> Mono.from(
                        random.nextInt(4) == 0 ? connection.rollbackTransaction() : connection.commitTransaction())))
                .onErrorResume(error -> Mono.from(connection.rollbackTransaction()));
    }

    private static Mono<Void> inTransaction(Connection connection, Random random) {
        String name = "s" + random.nextInt(3);
        return switch (random.nextInt(6)) {
            case 0, 1 -> Mono.from(connection.createSavepoint(name));
            case 2 -> Mono.from(connection.rollbackTransactionToSavepoint(name)).onErrorComplete();
            case 3 -> Mono.from(connection.releaseSavepoint(name));
            default -> write(connection, random);
        };
    }

    private static Mono<Void> write(Connection connection, Random random) {
        int a = random.nextInt(KEYS);
        int b = random.nextInt(KEYS);
        String pair = "INTO t VALUES (" + a + ", 0), (" + b + ", 0)";
        Statement statement = switch (random.nextInt(9)) {
            case 0 -> connection.createStatement("INSERT " + pair);
            case 1 -> connection.createStatement("INSERT OR FAIL " + pair);
            case 2 -> connection.createStatement("INSERT OR ROLLBACK " + pair);
            case 3 -> connection.createStatement("INSERT OR IGNORE " + pair + " RETURNING a");
            case 4 -> connection.createStatement("UPDATE t SET b = b + 1 WHERE a > " + a + " AND a < " + b);
            case 5 -> connection.createStatement("DELETE FROM t WHERE a % 7 = " + a % 7);
            case 6 -> connection.createStatement("INSERT INTO child VALUES (" + (a + KEYS / 2) + ")");
            case 7 -> connection.createStatement("INSERT INTO t VALUES (" + a + ", 0)");
            default ->
                connection
                        .createStatement("INSERT INTO t VALUES ($1, 0)")
                        .bind(0, a)
                        .add()
                        .bind(0, b);
        };
        return Flux.from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> true))
                .onErrorComplete()
                .then();
    }
}
