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

    private @Nullable Object running;
    private Interrupts allowed = Interrupts.NEVER;
    private boolean closed;

    Resource(C connection) {
        this.connection = connection;
    }

    /** Marks a native run; the pair to {@link #exit()}. Held for nanoseconds, never across a native call. */
    synchronized void enter(Object run, Interrupts interrupts) {
        running = run;
        allowed = interrupts;
    }

    synchronized void exit() {
        running = null;
    }

    /** Interrupts the run if it is still this one and its kind allows it. */
    synchronized boolean interrupt(Object run, Interrupts cause) {
        if (closed || running != run || allowed.compareTo(cause) < 0) {
            return false;
        }
        connection.interrupt();
        return true;
    }

    /** Interrupts whatever runs and allows this cause; for shutdown. */
    synchronized boolean interruptAny(Interrupts cause) {
        if (closed || running == null || allowed.compareTo(cause) < 0) {
            return false;
        }
        connection.interrupt();
        return true;
    }

    /** Who may interrupt a run, from nobody to everybody. */
    enum Interrupts {
        /** COMMIT and ROLLBACK. */
        NEVER,
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
        } catch (Exception e) {
            listener.unexpected("closing a connection", e);
        }
    }

    /** Makes room for a write or the end of a transaction: the rest of every parked cursor goes to the heap. */
    void spillParked(SnapshotTooOldException.Reason reason) {
        if (parked.isEmpty()) {
            return;
        }
        for (CursorSubscription<C, ?, ?> cursor : List.copyOf(parked)) {
            cursor.spillHere(this, reason);
        }
        parked.clear();
    }
}
