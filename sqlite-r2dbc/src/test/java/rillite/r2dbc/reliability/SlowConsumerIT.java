package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import rillite.r2dbc.EngineProbe;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** However slowly rows are asked for: what is read runs ahead of what is delivered by two chunks at most. */
@ExtendWith(LeakFree.class)
final class SlowConsumerIT {
    private static final int ROWS = 30_000;
    private static final int TWO_CHUNKS = 2 * 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000})
    void requests_ofAnySize_boundWhatIsRead(int request) throws Exception {
        try (var database = TestDatabase.in(directory)) {
            database.items(ROWS);
            long before = EngineProbe.rowsRead();
            Puller puller = new Puller();
            database.using(c -> TestDatabase.column(c, Long.class, "SELECT id FROM item ORDER BY id"))
                    .subscribe(puller);

            for (long delivered = 0; delivered < ROWS; ) {
                puller.request(request);
                for (int i = 0; i < request && delivered < ROWS; i++) {
                    assertThat(puller.take()).isEqualTo(++delivered);
                }
                assertThat(EngineProbe.rowsRead() - before - delivered)
                        .as("read ahead after %s rows", delivered)
                        .isLessThanOrEqualTo(TWO_CHUNKS);
            }
            assertThat(puller.take()).isEqualTo(-1);
        }
    }

    @Test
    void wideRows_boundedByBytes() throws Exception {
        try (var database = TestDatabase.in(directory)) {
            database.run("CREATE TABLE wide (id INTEGER PRIMARY KEY, b BLOB)");
            database.run("INSERT INTO wide SELECT value, zeroblob(100000) FROM (WITH RECURSIVE n(value) AS"
                    + " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 300) SELECT value FROM n)");
            long before = EngineProbe.rowsRead();
            Puller puller = new Puller();
            Flux<Long> ids = database.using(c -> TestDatabase.rows(
                    c,
                    row -> {
                        byte[] b = row.get(1, byte[].class);
                        return b != null && b.length == 100_000 ? row.get(0, Long.class) : Long.valueOf(-2);
                    },
                    "SELECT id, b FROM wide ORDER BY id"));
            ids.subscribe(puller);

            for (long delivered = 1; delivered <= 300; delivered++) {
                puller.request(1);
                assertThat(puller.take()).isEqualTo(delivered);
                assertThat(EngineProbe.rowsRead() - before - delivered).isLessThanOrEqualTo(2 * 4);
            }
            assertThat(puller.take()).isEqualTo(-1);
        }
    }

    /** Requests what the test says and hands the elements over; -1 is the end. */
    private static final class Puller extends BaseSubscriber<Long> {
        private final BlockingQueue<Long> values = new LinkedBlockingQueue<>();

        long take() throws InterruptedException {
            Long value = values.poll(10, TimeUnit.SECONDS);
            if (value == null) {
                throw new AssertionError("nothing delivered within 10 s");
            }
            return value;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Long value) {
            values.add(value);
        }

        @Override
        protected void hookOnComplete() {
            values.add(-1L);
        }
    }
}
