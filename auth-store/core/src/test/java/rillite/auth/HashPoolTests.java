package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

final class HashPoolTests {

    private final HashPool pool = new HashPool(AuthOptions.defaults().hashingThreads(1, 1));
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private Integer occupy() throws InterruptedException {
        started.countDown();
        assertThat(release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return 1;
    }

    @Test
    void run_full_isRefusedAtOnce() throws Exception {
        AtomicInteger done = new AtomicInteger();
        Disposable running = pool.run(this::occupy).subscribe(done::addAndGet);
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Disposable waiting = pool.run(() -> 10).subscribe(done::addAndGet);

        fails(pool.run(() -> 100), AuthOverloadedException.class, "1 are waiting");
        fails(pool.place(), AuthOverloadedException.class, "1 are waiting");

        release.countDown();
        await().atMost(PATIENCE).until(() -> done.get() == 11);
        assertThat(pool.place().blockOptional(PATIENCE)).isEmpty();
        assertThat(running.isDisposed()).isTrue();
        assertThat(waiting.isDisposed()).isTrue();
    }

    @Test
    void run_cancelledWhileWaiting_leavesThePlace() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        pool.run(this::occupy).subscribe();
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        pool.run(ran::incrementAndGet).subscribe().dispose();
        AtomicInteger second = new AtomicInteger();
        pool.run(second::incrementAndGet).subscribe();

        release.countDown();
        await().atMost(PATIENCE).until(() -> second.get() == 1);
        assertThat(ran).hasValue(0);
    }

    @Test
    void defaults_leaveAProcessorToThoseWhoRead() {
        int processors = Runtime.getRuntime().availableProcessors();

        assertThat(AuthOptions.defaults().hashingThreads()).isEqualTo(processors == 1 ? 1 : processors - 1);
    }

    @Test
    void run_onThreadsOfItsOwn_andErrorsArrive() {
        assertThat(get(pool.run(() -> Thread.currentThread().getName()))).startsWith("rillite-auth-hash-");
        assertThat(get(pool.run(() -> Thread.currentThread().isDaemon()))).isTrue();
        assertThat(get(pool.run(() -> Thread.currentThread().getPriority()))).isEqualTo(Thread.MIN_PRIORITY);
        fails(
                pool.run(() -> {
                    throw new OutOfMemoryError("planted");
                }),
                OutOfMemoryError.class,
                "planted");
        assertThat(get(pool.run(() -> 1))).isEqualTo(1);
    }
}
