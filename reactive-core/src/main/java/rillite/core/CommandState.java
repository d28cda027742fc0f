package rillite.core;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Who ends a command, who gives its slot back and who tells its subscriber: each is decided by one compare-and-set, so a
 * lane, a cancel and a deadline may race freely.
 */
abstract class CommandState {
    private static final int WAITING = 0;
    private static final int RUNNING = 1;
    private static final int ENDED = 2;

    private static final int FRESH = 0;
    private static final int REQUESTED = 1;
    private static final int CANCELLED = 2;
    private static final int TOLD = 3;

    private static final AtomicIntegerFieldUpdater<CommandState> STATE =
            AtomicIntegerFieldUpdater.newUpdater(CommandState.class, "state");
    private static final AtomicIntegerFieldUpdater<CommandState> SLOT =
            AtomicIntegerFieldUpdater.newUpdater(CommandState.class, "slot");
    private static final AtomicIntegerFieldUpdater<CommandState> LIFE =
            AtomicIntegerFieldUpdater.newUpdater(CommandState.class, "life");

    private volatile int state;
    private volatile int slot;
    private volatile int life;

    /** The lane wins the right to run it. */
    final boolean claim() {
        return STATE.compareAndSet(this, WAITING, RUNNING);
    }

    /** The lane lets it wait again. */
    final void unclaim() {
        STATE.compareAndSet(this, RUNNING, WAITING);
    }

    /** Wins the right to end a command that does not run. */
    final boolean end() {
        return STATE.compareAndSet(this, WAITING, ENDED);
    }

    /** The lane ends what it has claimed. */
    final void finished() {
        state = ENDED;
    }

    final boolean isEnded() {
        return state == ENDED;
    }

    final boolean isRunning() {
        return state == RUNNING;
    }

    /** Marks that a slot of a bounded queue is taken for this command. */
    final void takeSlot() {
        slot = 1;
    }

    /** Wins the right to give the slot back. */
    final boolean giveSlot() {
        return slot == 1 && SLOT.compareAndSet(this, 1, 0);
    }

    final boolean hasSlot() {
        return slot == 1;
    }

    /** The first request; false when there was one already or the subscriber has gone. */
    final boolean ask() {
        return LIFE.compareAndSet(this, FRESH, REQUESTED);
    }

    /** The subscriber goes; true when it had asked and nothing was told yet, so that there is something to stop. */
    final boolean leave() {
        if (LIFE.compareAndSet(this, FRESH, CANCELLED)) {
            return false;
        }
        return LIFE.compareAndSet(this, REQUESTED, CANCELLED);
    }

    /** The subscriber goes before it asked for anything. */
    final boolean leaveFresh() {
        return LIFE.compareAndSet(this, FRESH, CANCELLED);
    }

    /** Wins the right to signal the end to the subscriber. */
    final boolean tell() {
        return LIFE.compareAndSet(this, REQUESTED, TOLD);
    }

    final boolean isCancelled() {
        return life == CANCELLED;
    }
}
