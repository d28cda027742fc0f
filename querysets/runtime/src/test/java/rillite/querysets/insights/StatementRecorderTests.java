package rillite.querysets.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class StatementRecorderTests {

    private final StatementRecorder recorder =
            new StatementRecorder(InsightOptions.defaults().shapes(3).repeats(4));

    @Test
    void shapes_beyondTheBound_areCountedTogether() {
        for (int run = 0; run < 2; run++) {
            for (int i = 0; i < 5; i++) {
                recorder.shape("SELECT " + i).ended(1_000, 1);
            }
        }

        InsightReport report = recorder.report();
        assertThat(report.shapes()).extracting(InsightReport.Shape::sql).hasSize(3);
        assertThat(report.others()).isEqualTo(4);
        assertThat(report.statements()).isEqualTo(10);
        assertThat(report.toString())
                .startsWith("10 statements seen in ")
                .contains("4 of them beyond the bound of 3 shapes");
    }

    @Test
    void textsThatAreTooLong_areNotKept() {
        recorder.shape("x".repeat(InsightOptions.LONGEST + 1)).ended(1, 1);
        recorder.shape("x".repeat(InsightOptions.LONGEST)).ended(1, 1);

        assertThat(recorder.report().shapes()).hasSize(1);
        assertThat(recorder.report().others()).isEqualTo(1);
    }

    @Test
    void shapes_ofManyThreads_areAllCounted() throws Exception {
        int threads = 8;
        int each = 20_000;
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                runs.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < each; i++) {
                        recorder.shape("SELECT " + i % 5).ended(i, 2);
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        InsightReport report = recorder.report();
        assertThat(report.shapes()).hasSize(3).allMatch(shape -> shape.count() == threads * each / 5);
        assertThat(report.shapes()).allMatch(shape -> shape.rows() == 2L * threads * each / 5);
        assertThat(report.statements()).isEqualTo(threads * each);
    }

    /** Tells the recorder who subscribes. */
    private Mono<Integer> asking(RecordedShape shape, int value) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                recorder.asked(shape, actual, System.nanoTime(), null);
                Mono.just(value).subscribe(actual);
            }
        };
    }

    @Test
    void repeats_throughAnyOperators_belongToTheLastSubscriber() {
        RecordedShape shape = recorder.shape("SELECT 1");
        Flux<Integer> all = Flux.range(0, 2)
                .concatMap(i -> asking(shape, i).map(n -> n + 1).then(asking(shape, i)))
                .concatWith(Flux.range(0, 2).flatMap(i -> asking(shape, i).filter(n -> n > 5)))
                .concatWith(Mono.defer(() -> asking(shape, 1))
                        .repeat(1)
                        .collectList()
                        .flatMapIterable(list -> list));
        all.blockLast();
        all.then().block();

        assertThat(recorder.report().repeats()).singleElement().satisfies(repeat -> {
            assertThat(repeat.times()).isEqualTo(2);
            assertThat(repeat.most()).isEqualTo(8);
            assertThat(repeat.sql()).isEqualTo("SELECT 1");
        });
    }

    @Test
    void repeats_ofManySubscribers_areNone() {
        RecordedShape shape = recorder.shape("SELECT 1");
        for (int i = 0; i < 100; i++) {
            Flux.range(0, 3).flatMap(n -> asking(shape, n)).blockLast();
        }

        assertThat(recorder.report().repeats()).isEmpty();
    }

    @Test
    void repeats_farApart_areNone() {
        RecordedShape shape = recorder.shape("SELECT 1");
        Object subscriber = new Object();
        for (long minute = 1; minute < 20; minute++) {
            recorder.asked(shape, subscriber, TimeUnit.MINUTES.toNanos(minute), null);
        }

        assertThat(recorder.report().repeats()).isEmpty();
    }

    @Test
    void reset_forgets() {
        recorder.shape("SELECT 1").ended(1, 1);
        recorder.reset();

        assertThat(recorder.report().statements()).isZero();
        assertThat(recorder.report().shapes()).isEmpty();
    }

    @Test
    void options_outOfBounds_areRefused() {
        assertThatThrownBy(() -> InsightOptions.defaults().shapes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InsightOptions.defaults().repeats(1)).hasMessageContaining("repeats at least 2");
        assertThatThrownBy(() -> InsightOptions.defaults().largeTable(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
