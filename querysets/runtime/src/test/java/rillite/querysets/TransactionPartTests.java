package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.Numbers.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
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
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Transactions inside of transactions: savepoints, new ones, and what is refused. */
@ParameterizedClass
@EnumSource(Access.class)
final class TransactionPartTests {

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

    private Mono<Row> failing(long id) {
        return db.inTransaction(tx -> numbers.add(id).then(Mono.<Row>error(new IllegalStateException("wrong"))))
                .single();
    }

    @Test
    void part_thatFails_isTakenBackAlone() {
        Flux<Row> work = db.inTransaction(tx -> numbers.add(1)
                .then(failing(2).onErrorComplete())
                .then(db.inTransaction(inner -> numbers.add(3)).single())
                .then(numbers.add(4)));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L, 3L, 4L);
    }

    @Test
    void part_errorThatIsNotHandled_endsTheWhole() {
        StepVerifier.create(db.inTransaction(tx -> numbers.add(1).then(failing(2))))
                .expectErrorMessage("wrong")
                .verify(Fixture.PATIENCE);
        assertThat(numbers.stored()).isEmpty();
    }

    @Test
    void part_ofTheConstraintKind_keepsTheOuterUsable() {
        numbers.fill(1);
        Flux<Long> work = db.inTransaction(tx -> numbers.add(2)
                .then(db.inTransaction(inner -> numbers.add(3).then(numbers.add(1)))
                        .then()
                        .onErrorComplete())
                .then(numbers.n().count()));

        assertThat(run(work)).containsExactly(2L);
        assertThat(numbers.stored()).containsExactly(1L, 2L);
    }

    @Test
    void part_inAPartInAPart_takesBackTheInnerOnes() {
        Flux<Row> work = db.inTransaction(one -> numbers.add(1)
                .then(db.inTransaction(two -> numbers.add(2)
                                .then(db.inTransaction(three -> numbers.add(3)).single())
                                .then(failing(4)))
                        .then()
                        .onErrorComplete())
                .then(numbers.add(5)));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L, 5L);
    }

    @Test
    void part_isCancelled_takesBackItsOwn() {
        Flux<Row> work = db.inTransaction(tx -> numbers.add(1)
                .then(db.inTransaction(inner -> numbers.add(2).concatWith(Mono.never()))
                        .next())
                .then(numbers.add(3)));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L, 3L);
    }

    @Test
    void parts_sideBySide_takeTurns() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> most = new CopyOnWriteArrayList<>();
        Flux<Row> work = db.inTransaction(tx -> Flux.range(1, 20)
                .flatMap(id -> db.inTransaction(part -> {
                            most.add(inside.incrementAndGet());
                            Mono<Row> added = numbers.add(id)
                                    .delayElement(Duration.ofMillis(1), Schedulers.parallel())
                                    .doOnTerminate(inside::decrementAndGet);
                            return id % 3 == 0 ? added.then(Mono.<Row>error(new IllegalStateException())) : added;
                        })
                        .onErrorComplete()));

        assertThat(run(work)).hasSize(14);
        assertThat(most).hasSize(20).containsOnly(1);
        assertThat(numbers.stored())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20)
                        .filter(id -> id % 3 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void write_besideAPartThatIsTakenBack_stays() {
        Flux<Row> work = db.inTransaction(tx -> Flux.merge(
                db.inTransaction(part -> numbers.add(1)
                                .delayElement(Duration.ofMillis(20), Schedulers.parallel())
                                .then(Mono.<Row>error(new IllegalStateException())))
                        .onErrorComplete(),
                numbers.add(2)));

        run(work);
        assertThat(numbers.stored()).containsExactly(2L);
    }

    @Test
    void part_thatIsCancelledWhileItWaits_letsTheNextOneIn() {
        Flux<Row> work = db.inTransaction(tx -> Flux.merge(
                db.inTransaction(first -> numbers.add(1).delayElement(Duration.ofMillis(50), Schedulers.parallel())),
                db.inTransaction(second -> numbers.add(2))
                        .takeUntilOther(Mono.delay(Duration.ofMillis(5), Schedulers.parallel())),
                db.inTransaction(third -> numbers.add(3))));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L, 3L);
    }

    @Test
    void part_byTheExplicitOuterTransaction_insideAPart_doesNotWaitForItself() {
        Flux<Row> work = db.inTransaction(outer -> db.inTransaction(
                inner -> outer.inTransaction(innermost -> outer.objects("n").create("id", 1, "v", 1))
                        .single()));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void part_whereTheContextIsLost_isInTheTransaction() {
        Flux<Row> work = db.inTransaction(outer -> db.inTransaction(inner ->
                        Mono.fromFuture(() -> outer.inTransaction(lost -> lost.objects("n")
                                        .create("id", 1, "v", 1)
                                        .then(Mono.<Row>error(new IllegalStateException())))
                                .then()
                                .onErrorComplete()
                                .toFuture()))
                .then(numbers.add(2)));

        run(work);
        assertThat(numbers.stored()).containsExactly(2L);
    }

    @Test
    void write_byTheExplicitOuterTransaction_whereTheContextIsLost_doesNotWaitForItself() {
        Flux<Row> work = db.inTransaction(outer -> db.inTransaction(inner ->
                Mono.fromFuture(() -> outer.objects("n").create("id", 1, "v", 1).toFuture())));

        run(work);
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void savepoints_haveNamesOfTheirOwn() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            run(db.inTransaction(tx -> db.inTransaction(part -> {
                names.add(part.name());
                return Mono.just(1);
            })));
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void requiresNew_outside_isATransaction() {
        run(db.requiresNew(tx -> numbers.add(1)));
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void requiresNew_insideAWriteTransaction_isRefusedBeforeAnyStatement() {
        List<Publisher<Row>> refused = List.of(
                db.requiresNew(tx -> numbers.add(1)),
                db.readOnly(read -> db.requiresNew(tx -> numbers.add(1))),
                db.inTransaction(part -> db.requiresNew(tx -> numbers.add(1))));
        for (Publisher<Row> one : refused) {
            StepVerifier.create(db.inTransaction(tx -> one))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(TransactionException.class)
                            .hasMessageContaining("one writer"))
                    .verify(Fixture.PATIENCE);
        }
        StepVerifier.create(db.inTransaction(tx -> tx.database().requiresNew(mine -> numbers.add(1))))
                .expectError(TransactionException.class)
                .verify(Fixture.PATIENCE);
        assertThat(numbers.fixture.sent()).isEmpty();
    }

    @Test
    void requiresNew_insideReadOnly_writesBesideTheSnapshot() {
        Flux<Long> work = db.readOnly(read -> numbers.n()
                .count()
                .then(db.requiresNew(tx -> numbers.add(1)).single())
                .then(numbers.n().count()));

        assertThat(run(work)).containsExactly(0L);
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void otherDatabaseOverTheFile_thatWrites_isRefusedInsteadOfWaitingForItself() {
        Numbers other = numbers.with(DatabaseOptions.defaults());
        for (Publisher<?> write : List.<Publisher<?>>of(
                other.add(1),
                other.db.inTransaction(tx -> other.add(1)),
                other.n().delete())) {
            StepVerifier.create(db.inTransaction(tx -> numbers.add(2).thenMany(write)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(TransactionException.class)
                            .hasMessageContaining("transaction ")
                            .hasMessageContaining("wait for itself"))
                    .verify(Fixture.PATIENCE);
        }
        assertThat(run(db.inTransaction(tx -> numbers.add(2).then(other.n().count()))))
                .containsExactly(0L);
    }
}
