package rillite.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may touch the native side of a cursor: nobody (idle, ended), the lane that runs it, or whoever wins the step out of
 * parked or queued.
 */
final class CursorPhase {
    private static final int IDLE = 0;
    private static final int QUEUED = 1;
    private static final int RUNNING = 2;
    private static final int PARKED = 3;
    private static final int ENDED = 4;

    private final AtomicInteger phase = new AtomicInteger(IDLE);

    /** The first demand; true once. */
    boolean begin() {
        return phase.get() == IDLE && phase.compareAndSet(IDLE, QUEUED);
    }

    /** Ends a cursor that never began. */
    boolean endIdle() {
        return phase.compareAndSet(IDLE, ENDED);
    }

    /** Wins the right to send a parked cursor to its lane. */
    boolean enqueue() {
        return phase.get() == PARKED && phase.compareAndSet(PARKED, QUEUED);
    }

    /** The visit begins, on the lane. */
    boolean run() {
        return phase.compareAndSet(QUEUED, RUNNING);
    }

    /** The thread that owns the resource takes the cursor out of turn; a visit that is queued will find nothing to do. */
    boolean take() {
        return phase.compareAndSet(PARKED, RUNNING) || phase.compareAndSet(QUEUED, RUNNING);
    }

    /** The visit is over and the statement stays open. */
    void park() {
        phase.set(PARKED);
    }

    void end() {
        phase.set(ENDED);
    }

    boolean isQueued() {
        return phase.get() == QUEUED;
    }

    boolean isRunning() {
        return phase.get() == RUNNING;
    }

    boolean isParked() {
        return phase.get() == PARKED;
    }

    boolean isEnded() {
        return phase.get() == ENDED;
    }
}
