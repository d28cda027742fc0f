package rillite.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/**
 * A platform thread that runs native work. It is {@link NonBlocking}, so that a blocking call in a user's mapper is refused
 * instead of stopping every reader. A lane waits in {@link #spin}, {@link #park}, {@link #parkNanos} and {@link #await} only.
 */
final class LaneThread extends Thread implements NonBlocking {
    /** The reader connection on which this thread runs several reads in one snapshot now. Touched by itself only. */
    @Nullable Resource<?> sharing;

    LaneThread(String name, Runnable work) {
        super(null, work, name, 0, false);
        setDaemon(true);
    }

    /** Waits for work for a moment, awake. */
    static void spin() {
        Thread.onSpinWait();
    }

    /** Waits for work. */
    static void park(Object blocker) {
        LockSupport.park(blocker);
    }

    /** Waits for work, not for ever. */
    static void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    /** Waits for other lanes to end. */
    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
