package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Streams of rows through the driver: order, demand, cancel, many at once. */
final class QuerySetStreamingTests {

    private static final int ROWS = 20_000;

    private static final String SCRIPT = """
            CREATE TABLE point (id INTEGER PRIMARY KEY, x INTEGER NOT NULL, label TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            INSERT INTO point SELECT i, i * 7 %% 1000, 'point ' || i FROM n;
            """.formatted(ROWS);

    @TempDir
    Path directory;

    private Database db;

    @BeforeEach
    void open() {
        db = Objects.requireNonNull(
                Database.open(Fixture.fill(directory, SCRIPT)).block(Fixture.PATIENCE));
    }

    @AfterEach
    void close() {
        db.close().block(Fixture.PATIENCE);
    }

    @Test
    void flux_allRows_arriveInOrder() {
        Flux<Long> keys = db.objects("point").orderBy("id").flux().map(row -> (Long) row.pk());
        StepVerifier.create(keys.reduce((before, now) -> {
                    assertThat(now).isEqualTo(before + 1);
                    return now;
                }))
                .expectNext((long) ROWS)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void flux_requestedOneByOne_givesOneByOne() {
        StepVerifier.create(
                        db.objects("point")
                                .orderBy("id")
                                .fetchSize(10)
                                .limit(50)
                                .flux(),
                        1)
                .expectNextCount(1)
                .thenRequest(1)
                .expectNextCount(1)
                .thenRequest(48)
                .expectNextCount(48)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void flux_cancelled_freesTheConnection() {
        for (int i = 0; i < 200; i++) {
            StepVerifier.create(db.objects("point").flux().take(i % 7L))
                    .expectNextCount(i % 7)
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
        }
        StepVerifier.create(db.objects("point").count())
                .expectNext((long) ROWS)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void flux_whileHalfRead_doesNotDelayWrites() {
        StepVerifier.create(db.objects("point").orderBy("id").flux(), 5)
                .expectNextCount(5)
                .then(() -> assertThat(
                                db.objects("point").filter("id", ROWS).delete().block(Fixture.PATIENCE))
                        .isEqualTo(Deleted.of("point", 1)))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(ROWS - 5)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(db.objects("point").count().block(Fixture.PATIENCE)).isEqualTo(ROWS - 1);
    }

    @Test
    void querySet_sharedByManySubscribers_staysRight() {
        QuerySet<Row> shared = db.objects("point").filter("x__lt", 100).orderBy("-id");
        Long expected = shared.count().block(Fixture.PATIENCE);
        assertThat(expected).isNotNull();
        StepVerifier.create(Flux.range(0, 64)
                        .flatMap(i -> shared.flux().count(), 64)
                        .distinct())
                .expectNext(expected)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void flux_longKeyLists_areOneStatement() {
        StepVerifier.create(db.objects("point")
                        .filter(
                                "id__in",
                                java.util.stream.LongStream.range(0, 250_000).toArray())
                        .count())
                .expectNext((long) ROWS)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }
}
