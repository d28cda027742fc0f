package rillite.auth;

import java.util.concurrent.Callable;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The threads on which passwords are hashed: never those of the database, of Netty or of Vert.x. Bounded; what does not fit is
 * refused at once. Who comes never waits, not even for a lock. Threads end when nothing comes for a while.
 */
final class HashPool {

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor;
    private final Semaphore places;
    private final int waiting;

    HashPool(AuthOptions options) {
        int threads = options.hashingThreads();
        waiting = options.hashingQueue();
        places = new Semaphore(threads + waiting);
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedTransferQueue<>(), task -> {
                    Thread thread = new Thread(task, "rillite-auth-hash-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    // Who reads comes first, where the system asks for priorities.
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** {@link AuthOverloadedException} when there is no place now; empty when there is one, which somebody else may take. */
    Mono<Void> place() {
        return Mono.defer(() -> places.availablePermits() > 0 ? Mono.empty() : Mono.error(full()));
    }

    private AuthOverloadedException full() {
        return new AuthOverloadedException(waiting);
    }

    /**
     * Runs work on one of the threads when subscribed to; a cancel takes it out of the queue if it is still there. Gives {@link
     * AuthOverloadedException} when there is no place.
     */
    <T> Mono<T> run(Callable<T> work) {
        return Mono.create(sink -> {
            if (!places.tryAcquire()) {
                sink.error(full());
                return;
            }
            Task<T> task = new Task<>(work, sink);
            sink.onCancel(() -> {
                if (task.begun.compareAndSet(false, true)) {
                    executor.remove(task);
                    places.release();
                }
            });
            executor.execute(task);
        });
    }

    /** Work that begins or is given up, whichever comes first. */
    private final class Task<T> implements Runnable {

        private final Callable<T> work;
        private final MonoSink<T> sink;
        private final AtomicBoolean begun = new AtomicBoolean();

        Task(Callable<T> work, MonoSink<T> sink) {
            this.work = work;
            this.sink = sink;
        }

        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            T result;
            try {
                result = work.call();
            } catch (Throwable failure) {
                places.release();
                sink.error(failure);
                return;
            }
            places.release();
            sink.success(result);
        }
    }
}
