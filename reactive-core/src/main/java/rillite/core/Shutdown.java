package rillite.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import rillite.core.Resource.Interrupts;

/**
 * Ends the lanes step by step on the timer: refuse what waits, end cursors, roll transactions back, let running writes end,
 * and at the deadline interrupt whatever still runs. The connections are closed by the threads that own them.
 */
final class Shutdown<C extends PhysicalConnection> {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final long ANSWER_NANOS = 50_000_000;

    private final Lanes<C> lanes;
    private final long deadline;
    private final List<Session<C>> sessions = new ArrayList<>();

    Shutdown(Lanes<C> lanes) {
        this.lanes = lanes;
        this.deadline = lanes.ticker.nanos() + lanes.options.closeTimeout().toNanos();
    }

    void begin() {
        lanes.writeLane.stop();
        if (lanes.hasReaders()) {
            lanes.readLane().failWaiting();
        }
        lanes.sessions().forEach(sessions::add);
        sessions.forEach(Session::closeNow);
        lanes.openCursors().forEach(cursor -> cursor.abort(lanes.closedError()));
        step();
    }

    private void step() {
        boolean late = lanes.ticker.nanos() - deadline >= 0;
        if (late) {
            lanes.writeLane.interruptAny(Interrupts.CLOSE);
            sessions.forEach(session -> session.interruptDedicated(Interrupts.CLOSE));
            if (lanes.ticker.nanos() - deadline >= ANSWER_NANOS) {
                lanes.tellUnanswered();
            }
        }
        if (lanes.hasReaders()) {
            lanes.readLane().failWaiting();
            lanes.readLane().pool.interruptAny(late ? Interrupts.CLOSE : Interrupts.CANCEL);
        }
        if (lanes.counters.activeCommands.get() > 0 || lanes.hasOpenCursors()) {
            lanes.timer.schedule(STEP, this::step);
        } else {
            lanes.stopReaders();
        }
    }
}
