package rillite.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rillite.core.Resource.Interrupts;

/**
 * The reader connections. Grows on demand up to its bound; of these, at most {@code maxOpenCursors} may be held by cursors
 * between chunks and by read transactions, so that short reads always find one.
 */
final class ReaderPool<C extends PhysicalConnection> {
    private final Lanes<C> lanes;
    private final Consumer<Command<C>> ready;
    private final ArrayDeque<Resource<C>> free = new ArrayDeque<>();
    private final Set<Resource<C>> all = new HashSet<>();
    private final ArrayDeque<Command<C>> waiting = new ArrayDeque<>();
    private final ArrayDeque<BeginCommand<C>> waitingForHold = new ArrayDeque<>();
    private int total;
    private int held;
    private long lastBusy;

    ReaderPool(Lanes<C> lanes, Consumer<Command<C>> ready) {
        this.lanes = lanes;
        this.ready = ready;
    }

    /** Returns a connection with no open statement, or null after queueing the command for the next free one. */
    @Nullable
    Resource<C> acquire(Command<C> command) {
        synchronized (this) {
            Resource<C> found = free.pollLast();
            if (found != null) {
                return found;
            }
            if (total >= lanes.options.maxReaderConnections()) {
                waiting.add(command);
                return null;
            }
            total++;
        }
        return open(command);
    }

    private @Nullable Resource<C> open(Command<C> command) {
        try {
            Resource<C> opened = new Resource<>(lanes.source.openReader());
            synchronized (this) {
                all.add(opened);
            }
            return opened;
        } catch (Throwable t) {
            boolean others;
            synchronized (this) {
                total--;
                others = total > 0;
                if (others) {
                    waiting.add(command);
                }
            }
            if (others) {
                lanes.options.listener().unexpected("opening one more reader", t);
            } else if (command.end()) {
                command.session.lanes.readLane().dropped(command);
                command.session.ended(command);
                command.fail(t);
            }
            return null;
        }
    }

    /** Takes a connection back; it has no open statement any more. */
    void release(Resource<C> resource) {
        Command<C> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free.addLast(resource);
                return;
            }
            next.resource = resource;
        }
        ready.accept(next);
    }

    /** Counts one more holder of a connection, if there may be one. */
    synchronized boolean tryHold() {
        if (held >= lanes.options.maxOpenCursors()) {
            return false;
        }
        held++;
        return true;
    }

    /** Counts one more holder beyond the bound: its place is being made at this moment. */
    synchronized void holdAnyway() {
        held++;
    }

    synchronized boolean holdOrWait(BeginCommand<C> command) {
        if (held < lanes.options.maxOpenCursors()) {
            held++;
            return true;
        }
        waitingForHold.add(command);
        return false;
    }

    void unhold() {
        BeginCommand<C> next = null;
        synchronized (this) {
            held--;
            if (held < lanes.options.maxOpenCursors()) {
                next = waitingForHold.poll();
                if (next != null) {
                    held++;
                }
            }
        }
        if (next != null) {
            ready.accept(next);
        }
    }

    /** Forgets a command that waits. Returns true when it had counted as a holder. */
    synchronized boolean forget(Command<C> command) {
        boolean wasWaitingForHold = command instanceof BeginCommand<C> begin && waitingForHold.remove(begin);
        waiting.remove(command);
        return command instanceof BeginCommand<C> && !wasWaitingForHold;
    }

    synchronized List<Command<C>> waiting() {
        List<Command<C>> copy = new ArrayList<>(waiting);
        copy.addAll(waitingForHold);
        return copy;
    }

    /** Closes connections above the number of threads that nobody has needed for a while; on a lane thread. */
    void shrink() {
        Resource<C> surplus = null;
        long now = lanes.ticker.nanos();
        synchronized (this) {
            if (free.size() < total) {
                lastBusy = now;
            }
            boolean quiet = now - lastBusy > 10_000_000_000L;
            if (quiet && total > lanes.options.readerThreads() && !free.isEmpty()) {
                surplus = free.pollFirst();
                total--;
                all.remove(surplus);
            }
        }
        if (surplus != null) {
            surplus.close(lanes.options.listener());
        }
    }

    void closeFree() {
        while (true) {
            Resource<C> next;
            synchronized (this) {
                next = free.pollLast();
                if (next == null) {
                    return;
                }
                total--;
                all.remove(next);
            }
            next.close(lanes.options.listener());
        }
    }

    /** Closes what is still open; only when no reader thread runs any more. */
    void closeAll() {
        closeFree();
        List<Resource<C>> rest;
        synchronized (this) {
            rest = List.copyOf(all);
            all.clear();
            total = 0;
        }
        for (Resource<C> resource : rest) {
            resource.close(lanes.options.listener());
        }
    }

    void interruptAny(Interrupts cause) {
        List<Resource<C>> open;
        synchronized (this) {
            open = List.copyOf(all);
        }
        for (Resource<C> resource : open) {
            resource.interruptAny(cause);
        }
    }

    synchronized int total() {
        return total;
    }

    synchronized int busy() {
        return total - free.size();
    }

    synchronized int held() {
        return held;
    }
}
