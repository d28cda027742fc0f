package rillite.auth;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * The threads on which passwords are hashed: never those of the database, of Netty or of Vert.x. Bounded; what does not fit is
 * refused at once. Threads end when nothing comes for a while.
 */
final class HashPool {

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor;
    private final int waiting;

    HashPool(AuthOptions options) {
        waiting = options.hashingQueue();
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                options.hashingThreads(),
                options.hashingThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                task -> {
                    Thread thread = new Thread(task, "rillite-auth-hash-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs work on one of the threads when subscribed to; a cancel takes it out of the queue if it is still there. Gives {@link
     * AuthOverloadedException} when there is no place.
     */
    <T> Mono<T> run(Callable<T> work) {
        return Mono.create(sink -> {
            FutureTask<?> task = new FutureTask<>(
                    () -> {
                        try {
                            sink.success(work.call());
                        } catch (Throwable failure) {
                            sink.error(failure);
                        }
                    },
                    true);
            sink.onCancel(() -> {
                task.cancel(false);
                executor.remove(task);
            });
            try {
                executor.execute(task);
            } catch (RejectedExecutionException full) {
                sink.error(new AuthOverloadedException(waiting));
            }
        });
    }
}
