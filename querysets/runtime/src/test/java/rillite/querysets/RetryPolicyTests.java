package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is run again, how often, and what is not. */
final class RetryPolicyTests {

    @TempDir
    Path directory;

    @Test
    void busy_runsTheWholeFunctionAgain() {
        List<Exception> inTheWay = List.of(
                new R2dbcTransientResourceException("busy", "55006", 5),
                new R2dbcRollbackException("old snapshot", "40001", 517),
                new R2dbcTimeoutException("lock", "55P03", 5));
        try (Numbers numbers = Numbers.in(directory, Access.DRIVER)) {
            AtomicInteger runs = new AtomicInteger();
            Mono<Row> work = numbers.db
                    .inTransaction(tx -> {
                        int run = runs.getAndIncrement();
                        Mono<Row> added = numbers.add(1);
                        return run < inTheWay.size() ? added.then(Mono.error(inTheWay.get(run))) : added;
                    })
                    .retryWhen(RetryPolicy.busy())
                    .single();

            StepVerifier.create(work).expectNextCount(1).expectComplete().verify(Fixture.PATIENCE);
            assertThat(runs).hasValue(4);
            assertThat(numbers.stored()).containsExactly(1L);
        }
    }

    @Test
    void busy_givesUpWithTheLastError() {
        AtomicInteger runs = new AtomicInteger();
        R2dbcTimeoutException lock = new R2dbcTimeoutException("lock", "55P03", 5);

        StepVerifier.create(Mono.error(() -> {
                            runs.incrementAndGet();
                            return lock;
                        })
                        .retryWhen(RetryPolicy.busy()))
                .expectErrorMatches(error -> error == lock)
                .verify(Fixture.PATIENCE);
        assertThat(runs).hasValue(6);
    }

    @Test
    void busy_neverRepeatsWhatMayHaveBeenApplied_orIsWrong() {
        for (Exception error : List.of(
                new R2dbcNonTransientResourceException("outcome unknown", "08007"),
                new R2dbcRollbackException("idle", "40000"),
                new IllegalStateException("wrong"))) {
            AtomicInteger runs = new AtomicInteger();
            StepVerifier.create(Mono.error(() -> {
                                runs.incrementAndGet();
                                return error;
                            })
                            .retryWhen(RetryPolicy.busy()))
                    .expectErrorMatches(seen -> seen == error)
                    .verify(Fixture.PATIENCE);
            assertThat(runs).hasValue(1);
        }
    }
}
