package rillite.core;

import java.util.concurrent.RejectedExecutionException;
import reactor.core.scheduler.Scheduler;

/** Delivers signals away from the lanes. */
final class Emitter {
    private final Scheduler scheduler;

    Emitter(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void emit(Runnable signals) {
        try {
            scheduler.schedule(signals);
        } catch (RejectedExecutionException disposed) {
            // a signal must not get lost because somebody shut the scheduler down
            signals.run();
        }
    }

    Scheduler.Worker worker() {
        return scheduler.createWorker();
    }
}
