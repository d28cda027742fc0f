package rillite.querysets.migrate.internal;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reads and writes files on a thread of its own, never on the subscriber's. */
public final class FileThread {

    private static final Scheduler THREADS = Schedulers.fromExecutor(task -> {
        Thread thread = new Thread(task, "rillite-migrations");
        thread.setDaemon(true);
        thread.start();
    });

    private FileThread() {}

    /** Runs the work at each subscription; what it throws is the error. */
    public static <T> Mono<T> call(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(THREADS);
    }
}
