package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.Maintenance.CleanupReport;
import rillite.core.testing.MovingClock;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** A million expired rows go while others write. */
final class MillionRowsIT {

    private static final int ROWS = 1_000_000;
    private static final int BATCH = 5_000;
    private static final int WRITES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path directory = Path.of("");

    @Test
    void purge_ofAMillionRows_letsOthersWriteBetweenItsBatches() {
        AtomicInteger deletes = new AtomicInteger();
        DatabaseOptions watching = DatabaseOptions.defaults()
                .driverOption("synchronous", "NORMAL")
                .statementListener(sql -> deletes.addAndGet(sql.startsWith("DELETE FROM auth_token") ? 1 : 0));
        Database db = get(Database.open(directory.resolve("auth.db"), watching));
        try {
            MovingClock clock = new MovingClock();
            AuthStore auth = AuthStore.on(db, Fixture.options(clock));
            run(auth.migrate());
            db.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ")"
                            + " INSERT INTO auth_token (token_hash, purpose, subject, created_at, expires_at)"
                            + " SELECT CAST(printf('%032d', i) AS BLOB), 'p', 'u' || (i / 10), 0, i FROM n")
                    .execute()
                    .block(PATIENCE);

            AtomicLong leftWhenTheWritesWereDone = new AtomicLong(-1);
            Mono<Void> writes = Flux.range(0, WRITES)
                    .concatMap(i -> auth.users().create(NewUser.of("u" + i + "@example.org")))
                    .then(db.sql("SELECT count(*) FROM auth_token")
                            .values()
                            .flat(Long.class)
                            .get())
                    .doOnNext(leftWhenTheWritesWereDone::set)
                    .then();
            CleanupReport report = Mono.zip(
                            auth.maintenance().purgeExpired(BATCH), writes.thenReturn(true), (swept, done) -> swept)
                    .block(PATIENCE);

            assertThat(report).isEqualTo(new CleanupReport(0, ROWS, 0));
            assertThat(deletes).as("one statement for each batch").hasValue(ROWS / BATCH);
            assertThat(leftWhenTheWritesWereDone.get())
                    .as("each write waits for the batches before it, not for all of them")
                    .isBetween(1L, (long) ROWS);
        } finally {
            run(db.close());
        }
    }
}
