package rillite.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Waits for work, as a test does that has nothing else to do. */
public final class Await {
    /** More than a busy machine needs. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** What it gives; nothing is a failure. */
    public static <T> T get(Mono<T> work) {
        T value = work.block(PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    /** What it gives, null for nothing. */
    public static <T> @Nullable T find(Mono<T> work) {
        return work.block(PATIENCE);
    }

    /** Waits for the end. */
    public static void run(Mono<?> work) {
        work.block(PATIENCE);
    }

    /** Expects an error of that type whose message has these parts. */
    public static void fails(Publisher<?> work, Class<? extends Throwable> type, String... parts) {
        StepVerifier.create(work)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(type);
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                })
                .verify(PATIENCE);
    }

    /** Asks and subscribes on a thread that must not block. */
    public static <T> T onEventLoop(Supplier<Mono<T>> work) {
        return get(Mono.defer(work).subscribeOn(Schedulers.parallel()));
    }

    /** What that many callers get that all begin at once. */
    public static <T extends @Nullable Object> List<T> race(int callers, IntFunction<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return call.apply(number);
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
