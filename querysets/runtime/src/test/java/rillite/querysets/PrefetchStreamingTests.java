package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Related rows inside of streams: chunks, snapshots, demand, cancels. */
final class PrefetchStreamingTests {

    private static final int HOUSES = 10_000;

    private static final String SCRIPT = """
            CREATE TABLE house (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE room (id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES house(id));
            CREATE TABLE chair (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL REFERENCES room(id));
            CREATE INDEX room_house ON room(house_id);
            CREATE INDEX chair_room ON chair(room_id);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            INSERT INTO house SELECT i, 'house ' || i FROM n;
            INSERT INTO room (house_id) SELECT id FROM house;
            INSERT INTO chair (room_id) SELECT id FROM room;
            """.formatted(HOUSES);

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> houses;

    @BeforeEach
    void open() {
        open(Access.DRIVER);
    }

    private void open(Access access) {
        if (fixture != null) {
            fixture.close();
        }
        fixture = Fixture.ofScript(access, directory, SCRIPT);
        houses = fixture.db.objects("house").orderBy("id");
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void flux_twoLevels_sendsOneStatementForEachChunkAndLevel(Access access) {
        open(access);
        StepVerifier.create(houses.prefetchRelated("rooms__chairs")
                        .fetchSize(500)
                        .flux()
                        .doOnNext(row -> {
                            assertThat(row.list("rooms")).hasSize(1);
                            assertThat(row.list("rooms").get(0).list("chairs")).hasSize(1);
                        }))
                .expectNextCount(HOUSES)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(fixture.sent()).hasSize(1 + 40);
    }

    @Test
    void list_sendsOneStatementForEachLevel() {
        List<Row> all = Objects.requireNonNull(
                houses.prefetchRelated("rooms__chairs").list().block(Fixture.PATIENCE));
        assertThat(all).hasSize(HOUSES);
        assertThat(fixture.sent()).hasSize(3);
    }

    @Test
    void flux_withoutFetchSize_hasChunksOf500() {
        assertThat(houses.limit(1001).prefetchRelated("rooms").flux().count().block(Fixture.PATIENCE))
                .isEqualTo(1001);
        assertThat(fixture.sent()).hasSize(1 + 3);
    }

    @Test
    void flux_halfConsumed_seesOneStateAndAQueryAfterItSeesAll() {
        QuerySet<Row> query = houses.limit(1000).prefetchRelated("rooms").fetchSize(100);
        StepVerifier.create(query.flux().map(row -> row.list("rooms").size()), 450)
                .expectNextCount(450)
                .then(() -> {
                    fixture.db.objects("room").create("house_id", 5).block(Fixture.PATIENCE);
                    fixture.db.objects("room").create("house_id", 990).block(Fixture.PATIENCE);
                    fixture.db
                            .objects("house")
                            .filter("id", 991)
                            .update("name", "new")
                            .block(Fixture.PATIENCE);
                })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(size -> size == 1)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(query.flux()
                        .map(row -> row.list("rooms").size())
                        .reduce(0, Integer::sum)
                        .block(Fixture.PATIENCE))
                .isEqualTo(1002);
    }

    @Test
    void flux_lastChunkNotYetConsumed_hasGivenTheConnectionBack() {
        StepVerifier.create(houses.limit(5).prefetchRelated("rooms").flux(), 1)
                .expectNextCount(1)
                .then(fixture::awaitClosed)
                .thenRequest(4)
                .expectNextCount(4)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void flux_requestedOneByOne_readsNoMoreThanTheNextChunk() {
        // The houses, and the rooms of the chunk in use and of the next one.
        AtomicInteger sent = new AtomicInteger();
        StepVerifier.create(houses.prefetchRelated("rooms").fetchSize(10).flux(), 0)
                .expectSubscription()
                .thenRequest(1)
                .expectNextCount(1)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(sent.addAndGet(fixture.sent().size())).isLessThanOrEqualTo(1 + 2))
                .thenRequest(9)
                .expectNextCount(9)
                .then(() -> assertThat(sent.addAndGet(fixture.sent().size())).isLessThanOrEqualTo(1 + 3))
                .thenCancel()
                .verify(Fixture.PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void flux_cancelledAnywhere_leavesNothingOpen(Access access) {
        open(access);
        QuerySet<Row> query = houses.limit(40).prefetchRelated("rooms__chairs").fetchSize(7);
        for (int i = 0; i <= 41; i++) {
            StepVerifier.create(query.flux().take(i))
                    .expectNextCount(Math.min(i, 40))
                    .verifyComplete();
            StepVerifier.create(query.flux(), i)
                    .expectNextCount(Math.min(i, 40))
                    .thenCancel()
                    .verify(Fixture.PATIENCE);
        }
        fixture.awaitClosed();
    }

    @Test
    void flux_cancelledAtEachStatement_leavesNothingOpen() {
        AtomicInteger left = new AtomicInteger();
        AtomicReference<Sinks.Empty<Void>> stop = new AtomicReference<>(Sinks.empty());
        StatementListener listener = sql -> {
            if (left.decrementAndGet() == 0) {
                stop.get().tryEmitEmpty();
            }
        };
        Database db = Objects.requireNonNull(
                Database.over(fixture.connections, DatabaseOptions.defaults().statementListener(listener))
                        .block(Fixture.PATIENCE));
        QuerySet<Row> query =
                db.objects("house").limit(40).prefetchRelated("rooms__chairs").fetchSize(7);
        for (int at = 1; at <= 13; at++) {
            stop.set(Sinks.empty());
            left.set(at);
            query.flux().takeUntilOther(stop.get().asMono()).blockLast(Fixture.PATIENCE);
            stop.set(Sinks.empty());
            left.set(at);
            query.list().takeUntilOther(stop.get().asMono()).block(Fixture.PATIENCE);
            fixture.awaitClosed();
        }
        assertThat(query.flux().count().block(Fixture.PATIENCE)).isEqualTo(40);
    }

    @Test
    void flux_errorInAChildStatement_arrivesAndLeavesNothingOpen() {
        Database db = Objects.requireNonNull(
                Database.over(fixture.connections, DatabaseOptions.defaults().maxPrefetchRows(3))
                        .block(Fixture.PATIENCE));
        StepVerifier.create(db.objects("house")
                        .limit(10)
                        .prefetchRelated("rooms")
                        .fetchSize(3)
                        .flux())
                .expectNextCount(9)
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(db.objects("house")
                        .limit(10)
                        .prefetchRelated("rooms")
                        .fetchSize(4)
                        .flux())
                .expectError(InvalidQueryException.class)
                .verify(Fixture.PATIENCE);
        fixture.awaitClosed();
    }

    @Test
    void flux_consumerThatThrows_leavesNothingOpen() {
        assertThatThrownBy(() -> houses.prefetchRelated("rooms")
                        .flux()
                        .map(row -> {
                            throw new IllegalStateException("consumer");
                        })
                        .blockLast(Fixture.PATIENCE))
                .hasMessage("consumer");
    }

    @ParameterizedTest
    @EnumSource
    void flux_inATransaction_seesItsWrites(Access access) {
        open(access);
        Long rooms = fixture.db
                .inTransaction(transaction -> fixture.db
                        .objects("room")
                        .create("house_id", 1)
                        .thenMany(houses.limit(3)
                                .prefetchRelated("rooms")
                                .fetchSize(2)
                                .flux())
                        .map(row -> (long) row.list("rooms").size())
                        .reduce(0L, Long::sum))
                .blockLast(Fixture.PATIENCE);
        assertThat(rooms).isEqualTo(4);
    }

    @Test
    void flux_manyAtOnce_stayRight() {
        QuerySet<Row> query = houses.limit(300).prefetchRelated("rooms").fetchSize(50);
        StepVerifier.create(Flux.range(0, 32)
                        .flatMap(
                                i -> query.flux()
                                        .map(row -> row.list("rooms").size())
                                        .reduce(0, Integer::sum),
                                32)
                        .distinct())
                .expectNext(300)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void connectionWithoutConcurrentStatements_readsAllOwnersFirstUpToABound() {
        open(Access.BARE);
        Database db = Objects.requireNonNull(
                Database.over(fixture.connections, DatabaseOptions.defaults().maxMaterializeRows(100))
                        .block(Fixture.PATIENCE));
        fixture.sent();
        QuerySet<Row> query = db.objects("house").prefetchRelated("rooms").fetchSize(40);
        assertThat(query.limit(100)
                        .flux()
                        .map(row -> row.list("rooms").size())
                        .count()
                        .block(Fixture.PATIENCE))
                .isEqualTo(100);
        assertThat(fixture.sent()).hasSize(1 + 3);
        assertThatThrownBy(() -> query.limit(101).flux().blockLast(Fixture.PATIENCE))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "The connection cannot read related rows while a result is open, so all rows of house have to be"
                                + " read before them, and there are more than 100 (maxMaterializeRows). Slice the query, or raise"
                                + " DatabaseOptions.maxMaterializeRows.");
    }

    @Test
    void flux_subscriberThatPausesTooLong_isToldWhatToDo() {
        DatabaseOptions options = DatabaseOptions.defaults().driverOption("transactionIdleTimeout", "PT0.2S");
        Database db = Objects.requireNonNull(
                Database.open(Fixture.fill(directory, SCRIPT), options).block(Fixture.PATIENCE));
        Flux<Row> paused = db.objects("house")
                .prefetchRelated("rooms")
                .fetchSize(10)
                .flux()
                .delayUntil(row -> row.pk().equals(5L) ? Mono.delay(Duration.ofSeconds(2)) : Mono.empty());
        StepVerifier.create(paused)
                .thenConsumeWhile(row -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(TransactionException.class)
                        .hasMessage(
                                "The subscriber of house with its related rows paused for longer than the connection"
                                        + " keeps the snapshot that both are read from. Stream with a smaller fetchSize, read pages"
                                        + " by key, or collect with list(). The error of the connection is the cause.")
                        .hasCauseInstanceOf(R2dbcException.class))
                .verify(Fixture.PATIENCE);
        db.close().block(Fixture.PATIENCE);
    }

    @Test
    void flux_askedInAnyPortions_givesNoMoreThanAsked() {
        Random random = new Random(42);
        for (int run = 0; run < 30; run++) {
            int rows = random.nextInt(60);
            int size = 1 + random.nextInt(20);
            AtomicLong asked = new AtomicLong();
            AtomicLong given = new AtomicLong();
            Flux<Row> flux =
                    houses.limit(rows).prefetchRelated("rooms").fetchSize(size).flux();
            BaseSubscriber<Row> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    ask();
                }

                @Override
                protected void hookOnNext(Row row) {
                    assertThat(row.pk()).isEqualTo(given.incrementAndGet());
                    assertThat(given.get()).isLessThanOrEqualTo(asked.get());
                    if (given.get() == asked.get()) {
                        ask();
                    }
                }

                private void ask() {
                    int more = 1 + random.nextInt(15);
                    asked.addAndGet(more);
                    request(more);
                }
            };
            CountDownLatch done = new CountDownLatch(1);
            flux.doFinally(signal -> done.countDown()).subscribe(subscriber);
            assertThat(awaited(done)).isTrue();
            assertThat(given.get()).isEqualTo(rows);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
