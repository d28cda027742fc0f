package rillite.r2dbc.web;

import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.TestDatabase;

/** A table of 100,000 rows of about 180 bytes, as lines of JSON, with counts of what was taken from it. */
final class WideRows implements AutoCloseable {
    static final int COUNT = 100_000;
    static final int LINE_BYTES = 178;

    private final TestDatabase database;
    private final AtomicLong mapped = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();

    private WideRows(TestDatabase database) {
        this.database = database;
    }

    static WideRows in(Path directory) {
        TestDatabase database = TestDatabase.in(directory);
        database.run("CREATE TABLE wide (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
        database.run(
                "INSERT INTO wide SELECT value, printf('%0150d', value) FROM (WITH RECURSIVE n(value) AS"
                        + " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)",
                COUNT);
        return new WideRows(database);
    }

    /** Every row as one line. */
    Flux<String> lines() {
        return database.using(c -> TestDatabase.rows(c, this::line, "SELECT id, body FROM wide ORDER BY id"))
                .doOnSubscribe(s -> open.incrementAndGet())
                .doFinally(end -> open.decrementAndGet());
    }

    /** One row as one line. */
    Mono<String> line(int id) {
        return database.using(c -> TestDatabase.rows(c, this::line, "SELECT id, body FROM wide WHERE id = ?", id))
                .single();
    }

    /** Rows that reached the mapper so far. */
    long mapped() {
        return mapped.get();
    }

    /** Waits until no stream of lines is open any more and nothing of them is left in the engine. */
    void awaitNoneOpen() {
        await().atMost(Duration.ofSeconds(10)).until(() -> open.get() == 0);
        database.assertNoSnapshot();
    }

    private String line(Row row) {
        mapped.incrementAndGet();
        return "{\"id\":" + row.get(0, Long.class) + ",\"body\":\"" + row.get(1, String.class) + "\"}\n";
    }

    @Override
    public void close() {
        database.close();
    }
}
