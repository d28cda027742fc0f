package rillite.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection with the guard that lets an interrupt meet only the run it is meant for.
 *
 * <p>The list of parked cursors belongs to the thread that owns the resource; only the guard is shared.
 */
final class Resource<C extends PhysicalConnection> {
    final C connection;
    /** Cursors parked on a resource that somebody else may use next: a lease, a dedicated session, the only connection. */
    final List<CursorSubscription<C, ?, ?>> parked = new ArrayList<>(0);
    /** Its transaction could not be ended or its last commit is unknown: it is closed before anybody else gets it. */
    volatile boolean broken;

    private @Nullable Object running;
    private Interrupts allowed = Interrupts.NEVER;
    private boolean interrupted;
    private boolean closed;

    Resource(C connection) {
        this.connection = connection;
    }

    /**
     * Marks a native run. Whoever wants to stop it sets a flag of the run first and interrupts then; the lane looks at the
     * flag after this call, so one of the two is always seen. The guard is held for nanoseconds, never across a native call.
     */
    synchronized void enter(Object run, Interrupts interrupts) {
        running = run;
        allowed = interrupts;
        interrupted = false;
    }

    /** From here on the same run may be stopped by fewer causes, as COMMIT may by none. */
    synchronized void allow(Interrupts interrupts) {
        allowed = interrupts;
    }

    /** The pair to {@link #enter}; true when the run was interrupted. */
    synchronized boolean exit() {
        running = null;
        return interrupted;
    }

    /** Interrupts the run if it is still this one and its kind allows it. */
    synchronized boolean interrupt(Object run, Interrupts cause) {
        return running == run && interruptAny(cause);
    }

    /** Interrupts whatever runs and allows this cause. */
    synchronized boolean interruptAny(Interrupts cause) {
        if (closed || running == null || allowed.compareTo(cause) < 0) {
            return false;
        }
        interrupted = true;
        connection.interrupt();
        return true;
    }

    /** Who may interrupt a run, from nobody to everybody. */
    enum Interrupts {
        /** COMMIT, ROLLBACK and BEGIN. */
        NEVER,
        /** A read beside other open cursors, which an interrupt would hit too: only when all of them end. */
        CLOSE,
        /** A write inside a transaction or a group: only its own deadline, for it costs the whole transaction. */
        DEADLINE,
        /** A read, or a single write that undoes itself: cancel too. */
        CANCEL
    }

    void close(LaneListener listener) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            connection.close();
        } catch (Throwable t) {
            listener.unexpected("closing a connection", t);
        }
    }

    /**
     * Makes room for a write or the end of a transaction: the rest of every parked cursor goes to the heap, after those that
     * nobody wants any more have gone.
     */
    void spillParked(SnapshotTooOldException.Reason reason) {
        if (parked.isEmpty()) {
            return;
        }
        for (CursorSubscription<C, ?, ?> cursor : List.copyOf(parked)) {
            if (cursor.isStopping()) {
                cursor.spillHere(this, reason);
            }
        }
        for (CursorSubscription<C, ?, ?> cursor : List.copyOf(parked)) {
            cursor.spillHere(this, reason);
        }
        parked.clear();
    }

    /** The connection is about to be closed: its parked cursors end with this error. */
    void abortParked(Throwable reason) {
        for (CursorSubscription<C, ?, ?> cursor : List.copyOf(parked)) {
            cursor.abortHere(this, reason);
        }
        parked.clear();
    }
}
