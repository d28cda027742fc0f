package rillite.core;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** The timer of production: one daemon thread, cancelled tasks leave its queue at once. */
final class DaemonTimer implements Timer {

    private final ScheduledThreadPoolExecutor executor;

    DaemonTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Disposable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> cancel(future);
        } catch (RejectedExecutionException stopped) {
            return Disposables.disposed();
        }
    }

    private static void cancel(ScheduledFuture<?> future) {
        future.cancel(false);
    }

    @Override
    public void stop() {
        try {
            // on its own thread, where no task is interrupted; handing it over may still meet the executor's lock
            executor.execute(executor::shutdownNow);
        } catch (RejectedExecutionException stopped) {
            // stopping again changes nothing
        }
    }
}
