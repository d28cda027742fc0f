package rillite.core;

import java.time.Duration;
import rillite.core.Resource.Interrupts;

/**
 * Ends the lanes step by step on the timer: ask politely, interrupt reads, and at the deadline interrupt whatever still runs.
 * The connections are closed by the threads that own them.
 */
final class Shutdown<C extends PhysicalConnection> {
    private static final Duration STEP = Duration.ofMillis(5);

    private final Lanes<C> lanes;
    private final long deadline;

    Shutdown(Lanes<C> lanes) {
        this.lanes = lanes;
        this.deadline = lanes.ticker.nanos() + lanes.options.closeTimeout().toNanos();
    }

    void begin() {
        if (lanes.hasReaders()) {
            lanes.readLane().failWaiting();
        }
        lanes.writeLane.stop();
        for (Session<C> session : lanes.sessions()) {
            session.markClosed();
            session.abortCursors();
            if (session.lease != null || session.dedicated != null) {
                session.expireAndClose();
            }
        }
        step();
    }

    private void step() {
        boolean late = lanes.ticker.nanos() - deadline >= 0;
        Interrupts cause = late ? Interrupts.NEVER : Interrupts.CANCEL;
        if (lanes.hasReaders()) {
            lanes.readLane().failWaiting();
            lanes.readLane().pool.interruptAny(cause);
        }
        boolean idle = lanes.counters.activeCommands.get() == 0 && !lanes.hasOpenCursors();
        if (!idle && !late) {
            lanes.options.timer().schedule(STEP, this::step);
            return;
        }
        if (late) {
            lanes.writeLane.interruptAny(cause);
        }
        if (lanes.hasReaders()) {
            lanes.readLane().stop();
        }
        if (!idle) {
            lanes.options.timer().schedule(STEP, this::step);
        }
    }
}
