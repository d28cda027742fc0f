package rillite.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Lanes<C> lanes;
    private final Consumer<Command<C>> ready;
    private final ArrayDeque<Resource<C>> free = new ArrayDeque<>();
    private final Set<Resource<C>> all = new HashSet<>();
    private final LinkedHashSet<Command<C>> waiting = new LinkedHashSet<>();
    /** Cursors between two chunks and read transactions. */
    final Permits<BeginCommand<C>> holders;

    private int total;
    private long lastShortage;

    ReaderPool(Lanes<C> lanes, Consumer<Command<C>> ready) {
        this.lanes = lanes;
        this.ready = ready;
        this.holders = new Permits<>(lanes.options.maxOpenCursors());
        this.lastShortage = lanes.ticker.nanos();
    }

    /** Returns a connection with no open statement, or null after queueing the command for the next free one. */
    @Nullable Resource<C> acquire(Command<C> command) {
        synchronized (this) {
            Resource<C> found = free.pollLast();
            if (found != null) {
                return found;
            }
            lastShortage = lanes.ticker.nanos();
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
            Resource<C> opened = lanes.openReader();
            synchronized (this) {
                all.add(opened);
            }
            return opened;
        } catch (Throwable t) {
            return notOpened(command, t);
        }
    }

    /** With other connections the command waits for one of them; without any it fails, and the next one tries. */
    private @Nullable Resource<C> notOpened(Command<C> command, Throwable error) {
        Command<C> next = null;
        boolean others;
        synchronized (this) {
            total--;
            Resource<C> found = free.pollLast();
            if (found != null) {
                return found;
            }
            others = total > 0;
            if (others) {
                waiting.add(command);
            } else {
                next = first(waiting);
            }
        }
        if (others) {
            lanes.listener.unexpected("opening one more reader", error);
        } else {
            command.endWith(error);
        }
        if (next != null) {
            ready.accept(next);
        }
        return null;
    }

    /** Takes a connection back; it has no open statement any more. */
    void release(Resource<C> resource) {
        Command<C> next;
        boolean broken = resource.broken;
        synchronized (this) {
            next = first(waiting);
            if (broken) {
                total--;
                all.remove(resource);
            } else if (next == null) {
                free.addLast(resource);
            } else {
                next.resource = resource;
            }
        }
        if (broken) {
            resource.close(lanes.listener);
        }
        if (next != null) {
            ready.accept(next);
        }
    }

    private static <E> @Nullable E first(LinkedHashSet<E> queue) {
        if (queue.isEmpty()) {
            return null;
        }
        Iterator<E> elements = queue.iterator();
        E found = elements.next();
        elements.remove();
        return found;
    }

    void unhold() {
        BeginCommand<C> next = holders.giveBack();
        if (next != null) {
            ready.accept(next);
        }
    }

    /** Forgets a command that waits. */
    void forget(Command<C> command) {
        synchronized (this) {
            waiting.remove(command);
        }
        if (command instanceof BeginCommand<C> begin && holders.forget(begin)) {
            unhold();
        }
    }

    List<Command<C>> waiting() {
        List<Command<C>> copy = new ArrayList<>(holders.waiting());
        synchronized (this) {
            copy.addAll(waiting);
        }
        return copy;
    }

    /** Tells that every connection there may be is held by cursors and read transactions while a read waits. */
    synchronized boolean starves(long since) {
        return !waiting.isEmpty()
                && holders.held() >= total
                && free.isEmpty()
                && waiting.iterator().next().enqueued - since < 0;
    }

    /** Tells that there are more connections than threads, which can be closed when nobody needs them. */
    synchronized boolean hasSurplus() {
        return total > lanes.options.readerThreads() && !free.isEmpty();
    }

    /** Closes one connection above the number of threads that nobody has needed for a while; on a lane thread. */
    void shrink() {
        Resource<C> surplus = null;
        long now = lanes.ticker.nanos();
        synchronized (this) {
            if (now - lastShortage >= QUIET_NANOS && hasSurplus()) {
                surplus = free.pollFirst();
                total--;
                all.remove(surplus);
            }
        }
        if (surplus != null) {
            surplus.close(lanes.listener);
        }
    }

    /** Closes every connection; only when no reader thread runs any more. */
    void closeAll() {
        List<Resource<C>> rest;
        synchronized (this) {
            rest = List.copyOf(all);
            all.clear();
            free.clear();
            total = 0;
        }
        for (Resource<C> resource : rest) {
            resource.close(lanes.listener);
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
}
