package rillite.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks after deadlines while somebody waits or a cursor is open; sleeps otherwise. Runs on the timer and only flips state. */
final class Sweeper {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration SELDOM = Duration.ofMillis(250);

    private final Lanes<?> lanes;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean urgent = new AtomicBoolean();

    Sweeper(Lanes<?> lanes) {
        this.lanes = lanes;
    }

    /** A command waits. */
    void soon() {
        if (!urgent.get() && urgent.compareAndSet(false, true)) {
            armed.set(true);
            lanes.timer.schedule(OFTEN, this::often);
        }
    }

    /** A cursor is open. */
    void sometime() {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            lanes.timer.schedule(SELDOM, this::seldom);
        }
    }

    private void often() {
        urgent.set(false);
        armed.set(false);
        look();
    }

    private void seldom() {
        armed.set(false);
        look();
    }

    private void look() {
        boolean waiting = true;
        try {
            waiting = lanes.sweep(lanes.ticker.nanos());
        } catch (Throwable t) {
            lanes.listener.unexpected("looking after deadlines", t);
        }
        if (waiting) {
            soon();
        } else if (lanes.hasOpenCursors()) {
            sometime();
        }
    }
}
