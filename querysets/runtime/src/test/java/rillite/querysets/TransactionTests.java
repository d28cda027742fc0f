package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.Numbers.run;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Commit, rollback and snapshots, over the driver and over the plainest connections. */
@ParameterizedClass
@EnumSource(Access.class)
final class TransactionTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Numbers numbers;
    private Database db;

    @BeforeEach
    void open() {
        numbers = Numbers.in(directory, access);
        db = numbers.db;
    }

    @AfterEach
    void close() {
        numbers.fixture.awaitClosed();
        numbers.close();
    }

    private static <T> void fails(Publisher<T> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(Fixture.PATIENCE);
    }

    @Test
    void inTransaction_ofAMono_givesItsValueAfterTheCommit() {
        Flux<Row> work = db.inTransaction(tx -> numbers.add(1)
                .doOnNext(row -> assertThat(numbers.stored()).isEmpty())
                .then(numbers.add(2)));

        StepVerifier.create(work)
                .assertNext(row -> assertThat(numbers.stored()).containsExactly(1L, 2L))
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void isInTransaction_tellsBySubscriber() {
        Mono<Boolean> asked = Mono.deferContextual(context -> Mono.just(db.isInTransaction(context)));
        StepVerifier.create(asked.concatWith(db.inTransaction(tx -> asked)).concatWith(db.readOnly(tx -> asked)))
                .expectNext(false, true, true)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void isInTransaction_connectionsOfSomebodyElse_mayBe() {
        ConnectionSource source = ConnectionSource.of(db.connectionFactory());
        ConnectionSource lent = new ConnectionSource() {
            @Override
            public Publisher<? extends Connection> acquire() {
                return source.acquire();
            }

            @Override
            public Publisher<Void> release(Connection connection) {
                return source.release(connection);
            }
        };
        Database theirs = Database.over(db.connectionFactory(), lent).block(Fixture.PATIENCE);
        assertThat(theirs).isNotNull();
        assertThat(theirs.isInTransaction(Context.empty())).isTrue();
    }

    @Test
    void inTransaction_ofAnEmptyMono_commits() {
        StepVerifier.create(db.inTransaction(tx -> numbers.add(1).then()))
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void inTransaction_ofAFlux_givesElementsBeforeTheCommit() {
        Flux<Row> work = db.inTransaction(tx -> Flux.concat(numbers.add(1), numbers.add(2)));

        StepVerifier.create(work)
                .assertNext(row -> assertThat(numbers.stored()).isEmpty())
                .assertNext(row -> assertThat(numbers.stored()).isEmpty())
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(numbers.stored()).containsExactly(1L, 2L);
    }

    @Test
    void inTransaction_ofAQuerySet_isReadByDemand() {
        numbers.fill(10);

        StepVerifier.create(db.inTransaction(tx -> numbers.n().orderBy("id")).map(Row::pk), 2)
                .expectNext(1L, 2L)
                .thenRequest(1)
                .expectNext(3L)
                .thenRequest(100)
                .expectNextCount(7)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void inTransaction_error_leavesNothingAndPassesAsItIs() {
        IllegalStateException wrong = new IllegalStateException("wrong");

        StepVerifier.create(db.inTransaction(tx -> numbers.add(1).then(Mono.error(wrong))))
                .expectErrorMatches(error -> error == wrong)
                .verify(Fixture.PATIENCE);
        assertThat(numbers.stored()).isEmpty();
    }

    @Test
    void inTransaction_functionThatThrows_leavesNothing() {
        fails(
                db.inTransaction(tx -> {
                    throw new IllegalStateException("wrong");
                }),
                IllegalStateException.class);
        assertThat(run(numbers.add(1))).hasSize(1);
    }

    @Test
    void inTransaction_subscribedTwice_isTwoTransactions() {
        List<String> names = new ArrayList<>();
        Flux<Long> work = db.inTransaction(tx -> {
            names.add(tx.name());
            return numbers.n().create("v", null).map(row -> (Long) row.pk());
        });

        assertThat(run(work)).containsExactly(1L);
        assertThat(run(work)).containsExactly(2L);
        assertThat(names).hasSize(2).allMatch(name -> name.startsWith("transaction "));
    }

    @Test
    void inTransaction_namesOfTwoSubscriptions_differ() {
        assertThat(run(db.inTransaction(tx -> Mono.just(tx.name()))))
                .isNotEqualTo(run(db.inTransaction(tx -> Mono.just(tx.name()))));
    }

    @Test
    void context_ofOneTransaction_neverReachesAnother() {
        Mono<Long> count = numbers.n().count();
        Flux<Long> first = db.inTransaction(tx -> numbers.add(1).then(count));
        Flux<Long> behind = first.concatMap(seen -> count.map(outside -> seen * 10 + outside));

        assertThat(run(behind)).containsExactly(11L);
        assertThat(run(db.readOnly(tx -> count))).containsExactly(1L);
    }

    @Test
    void querySet_thatIsKept_usesTheConnectionOfWhereItIsSubscribed() {
        Mono<Long> kept = numbers.n().count();
        AtomicReference<Long> inside = new AtomicReference<>();
        Flux<Long> work = db.inTransaction(
                tx -> numbers.add(1).then(kept).doOnNext(inside::set).then(Mono.fromSupplier(() ->
                        (long) numbers.stored().size())));

        assertThat(run(kept)).containsExactly(0L);
        assertThat(run(work)).containsExactly(0L);
        assertThat(inside).hasValue(1L);
        assertThat(run(kept)).containsExactly(1L);
    }

    @Test
    void explicitObjects_whereTheContextIsLost_areInTheTransaction() {
        Flux<Long> work = db.inTransaction(
                tx -> Mono.fromFuture(() -> tx.objects("n").create("v", 1).toFuture())
                        .then(Mono.fromFuture(() -> tx.objects("n").count().toFuture()))
                        .doOnNext(seen -> assertThat(numbers.stored()).isEmpty()));

        assertThat(run(work)).containsExactly(1L);
        assertThat(numbers.stored()).hasSize(1);
    }

    @Test
    void explicitDatabase_isEqualToTheOneItCameFrom() {
        run(numbers.add(1));
        Flux<Row> mixed = db.inTransaction(
                tx -> tx.objects("n").filter("id__in", numbers.n().values("id")).and(numbers.n()));

        assertThat(run(mixed)).hasSize(1);
        assertThat(run(db.inTransaction(tx -> Mono.just(tx.database().equals(db)))))
                .containsExactly(true);
        assertThat(run(db.inTransaction(tx -> tx.database().close()))).isEmpty();
    }

    @Test
    void transaction_thatHasEnded_refusesStatements() {
        AtomicReference<Transaction> kept = new AtomicReference<>();
        run(db.inTransaction(tx -> {
            kept.set(tx);
            return Mono.just(1);
        }));

        assertThatThrownBy(() -> run(kept.get().objects("n").count()))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining(kept.get().name())
                .hasMessageContaining("has ended");
        fails(kept.get().objects("n").create("v", 1), TransactionException.class);
        fails(kept.get().inTransaction(tx -> numbers.n().count()), TransactionException.class);
        assertThat(numbers.fixture.sent()).isEmpty();
    }

    @Test
    void readOnly_severalQueries_seeOneState() {
        numbers.fill(3);
        Flux<Long> work = db.readOnly(tx -> numbers.n()
                .count()
                .doOnNext(seen -> numbers.fixture.jdbc("INSERT INTO n VALUES (100, 100)"))
                .then(numbers.n().count()));

        assertThat(run(work)).containsExactly(3L);
        assertThat(run(numbers.n().count())).containsExactly(4L);
    }

    @Test
    void readOnly_write_isRefusedBeforeItIsSent() {
        List<Publisher<?>> writes = List.of(
                numbers.add(1),
                numbers.n().update("v", 1),
                numbers.n().delete(),
                db.sql("DELETE FROM n").execute(),
                db.sql("/* all */ DELETE FROM n RETURNING id").values(),
                db.inTransaction(tx -> numbers.n().count()));
        for (Publisher<?> write : writes) {
            StepVerifier.create(db.readOnly(tx -> write))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(TransactionException.class)
                            .hasMessageContaining("read-only"))
                    .verify(Fixture.PATIENCE);
        }
        assertThat(numbers.fixture.sent()).isEmpty();
    }

    @Test
    void readOnly_inATransaction_seesItsWritesAndAddsNone() {
        numbers.fill(1);
        Flux<Long> work = db.inTransaction(tx ->
                numbers.add(2).then(db.readOnly(read -> numbers.n().count()).single()));
        Flux<Row> wrong = db.inTransaction(tx -> db.readOnly(read -> numbers.add(3)));

        assertThat(run(work)).containsExactly(2L);
        fails(wrong, TransactionException.class);
        assertThat(numbers.stored()).containsExactly(1L, 2L);
    }

    @Test
    void inTransaction_ofAReadOnlyDefinition_isReadOnly() {
        Flux<Boolean> work = db.inTransaction(
                TransactionTerms.read("report"),
                tx -> Mono.just(tx.isReadOnly() && tx.name().equals("report")));

        assertThat(run(work)).containsExactly(true);
    }

    @Test
    void cancel_betweenStatements_rollsBack() {
        StepVerifier.create(db.inTransaction(tx -> numbers.add(1).concatWith(Mono.never())))
                .expectNextCount(1)
                .thenCancel()
                .verify(Fixture.PATIENCE);

        numbers.fixture.awaitClosed();
        assertThat(numbers.stored()).isEmpty();
        assertThat(run(numbers.add(1))).hasSize(1);
    }

    @Test
    void cancel_betweenBeginAndTheFirstStatement_rollsBack() {
        StepVerifier.create(db.inTransaction(tx -> Flux.just(tx.name()).concatWith(Mono.never())))
                .expectNextCount(1)
                .thenCancel()
                .verify(Fixture.PATIENCE);

        numbers.fixture.awaitClosed();
        assertThat(run(numbers.add(1))).hasSize(1);
    }

    @Test
    void cancel_atEveryElement_leavesNothingOpen() {
        numbers.fill(20);
        for (int taken = 0; taken < 25; taken++) {
            StepVerifier.create(
                            db.inTransaction(tx -> numbers.n()
                                    .fetchSize(3)
                                    .flux()
                                    .concatMap(row -> numbers.n()
                                            .byId(row.pk())
                                            .update("v", null)
                                            .thenReturn(row))),
                            taken)
                    .expectNextCount(Math.min(taken, 20))
                    .thenCancel()
                    .verify(Fixture.PATIENCE);
        }
        numbers.fixture.awaitClosed();
        assertThat(run(numbers.n().filter("v__isnull", false).count())).containsExactly(20L);
    }

    @Test
    void tx_toString_tellsNameAndKind() {
        assertThat(run(db.readOnly(tx -> Mono.just(tx.toString())))).allMatch(text -> text.endsWith(", read-only]"));
        assertThat(run(db.inTransaction(tx -> Mono.just(tx.toString())))).allMatch(text -> text.endsWith("]"));
    }
}
