package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.Numbers.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Many transactions at once, and cancels at any moment. */
final class TransactionStressTests {

    @TempDir
    Path directory;

    private Numbers numbers;

    @BeforeEach
    void open() {
        numbers = Numbers.in(directory, Access.DRIVER);
    }

    @AfterEach
    void close() {
        numbers.fixture.awaitClosed();
        numbers.close();
    }

    @Test
    void oneTransaction_subscribedByManyThreads_isAsManyTransactions() {
        Mono<Long> kept = numbers.db
                .inTransaction(
                        tx -> numbers.n().create("v", null).then(numbers.n().count()))
                .single();

        assertThat(run(Flux.range(0, 100).flatMap(i -> kept.subscribeOn(Schedulers.parallel()), 100)))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void oneQuery_subscribedInsideAndOutsideAtOnce_seesWhatItsPlaceSees() {
        Mono<Long> count = numbers.n().count();
        numbers.fill(10);
        Flux<Long> inside = numbers.db.inTransaction(tx -> numbers.add(11)
                .thenMany(Flux.range(0, 50).flatMap(i -> count.subscribeOn(Schedulers.parallel())))
                .concatWith(Flux.range(0, 50)
                        .flatMap(i -> Mono.fromFuture(() -> count.toFuture()).map(outside -> -outside))));

        List<Long> seen = run(inside);
        assertThat(seen).hasSize(100).containsOnly(11L, -10L);
    }

    @Test
    void cancel_atAnyMoment_leavesAllOrNothing_andNothingOpen() {
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            long id = 10L * i;
            Disposable running = numbers.db
                    .inTransaction(tx -> numbers.add(id)
                            .then(numbers.db
                                    .inTransaction(part -> numbers.add(id + 1))
                                    .single())
                            .then(numbers.n()
                                    .orderBy("id")
                                    .fetchSize(2)
                                    .flux()
                                    .take(3)
                                    .then())
                            .then(numbers.add(id + 2)))
                    .subscribe();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(1500)));
            running.dispose();
        }

        numbers.fixture.awaitClosed();
        List<Long> stored = numbers.stored();
        assertThat(stored.size() % 3).isZero();
        for (int i = 0; i < stored.size(); i += 3) {
            assertThat(stored.subList(i, i + 3)).containsExactly(stored.get(i), stored.get(i) + 1, stored.get(i) + 2);
        }
        assertThat(run(numbers.add(-1))).hasSize(1);
    }
}
