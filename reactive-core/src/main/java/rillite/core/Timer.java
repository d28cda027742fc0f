package rillite.core;

import java.time.Duration;
import reactor.core.Disposable;

/**
 * Runs short tasks after a delay. A task only flips state or wakes a lane: it never emits and never touches a resource.
 * Tests drive their own.
 */
public interface Timer {

    /** Runs the task once after the delay, on a thread of the timer; disposing the handle before that prevents it. */
    Disposable schedule(Duration delay, Runnable task);

    /** Stops the timer; tasks that have not run are dropped. */
    void stop();

    /** Returns a timer of one daemon thread with the given name. */
    static Timer daemon(String threadName) {
        return new DaemonTimer(threadName);
    }
}
