package rillite.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read. Commands wait in one queue, in order of arrival; a thread takes one, finds it a connection, runs
 * it and is free again. A cursor between two chunks holds a connection and no thread.
 */
final class ReadLane<C extends PhysicalConnection> implements Lane<C> {
    private static final int SPINS = 100;
    private static final int PURGE_AT = 1024;
    private static final int SHARED_READS = 32;
    private static final long SHARED_NANOS = 500_000;

    private final Lanes<C> lanes;
    private final Queue<Command<C>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicInteger tombstones = new AtomicInteger();
    private final AtomicLong parkedThreads = new AtomicLong();
    private final LaneThread[] threads;
    private final CountDownLatch running;
    final ReaderPool<C> pool;
    private volatile boolean stopping;

    ReadLane(Lanes<C> lanes, int threadCount) {
        this.lanes = lanes;
        this.pool = new ReaderPool<>(lanes, this::enqueue);
        this.threads = new LaneThread[Math.min(threadCount, 63)];
        this.running = new CountDownLatch(threads.length);
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = new LaneThread("rillite-reader-" + lanes.name() + "-" + i, () -> loop(index));
        }
    }

    void start() {
        for (LaneThread thread : threads) {
            thread.start();
        }
    }

    /** Queues a command that needs a connection of the pool; returns the error when the bound is met. */
    @Nullable
    LaneException submit(Command<C> command) {
        if (stopping) {
            return new LaneClosedException(lanes.name(), "the engine");
        }
        LaneException full = takeSlot(command);
        if (full == null) {
            enqueue(command);
            if (parkedThreads.get() == 0 && command.deadline != Long.MAX_VALUE) {
                lanes.sweeper.soon();
            }
        }
        return full;
    }

    /** Queues a read transaction, which holds its connection for long. */
    @Nullable
    LaneException acquireLease(BeginCommand<C> command) {
        if (stopping) {
            return new LaneClosedException(lanes.name(), "the engine");
        }
        LaneException full = takeSlot(command);
        if (full != null) {
            return full;
        }
        if (pool.holdOrWait(command)) {
            enqueue(command);
        } else {
            lanes.sweeper.soon();
        }
        return null;
    }

    private @Nullable LaneException takeSlot(Command<C> command) {
        if (depth.incrementAndGet() > lanes.options.readerQueueLimit()) {
            depth.decrementAndGet();
            return new LaneFullException(
                    lanes.name(), "readerQueueLimit", lanes.options.readerQueueLimit(), depth.get(), "");
        }
        command.slot.set(true);
        command.wantsConnection = true;
        return null;
    }

    private boolean giveSlotBack(Command<C> command) {
        if (command.slot.compareAndSet(true, false)) {
            depth.decrementAndGet();
            return true;
        }
        return false;
    }

    /** A command that was ended while it waited gives its slot back. */
    void dropped(Command<C> command) {
        if (giveSlotBack(command)) {
            if (tombstones.incrementAndGet() >= PURGE_AT) {
                tombstones.set(0);
                queue.removeIf(waiting -> waiting.wantsConnection && waiting.state.get() == Command.ENDED);
            }
            if (pool.forget(command)) {
                pool.unhold();
            }
        }
    }

    @Override
    public void execute(Command<C> command) {
        enqueue(command);
    }

    /** Runs a command that needs no connection of the pool. */
    void executeUnowned(DedicateCommand<C> command) {
        enqueue(command);
    }

    private void enqueue(Command<C> command) {
        queue.offer(command);
        wakeOne();
    }

    private void wakeOne() {
        long mask = parkedThreads.get();
        while (mask != 0) {
            long bit = Long.lowestOneBit(mask);
            if (parkedThreads.compareAndSet(mask, mask & ~bit)) {
                LockSupport.unpark(threads[Long.numberOfTrailingZeros(bit)]);
                return;
            }
            mask = parkedThreads.get();
        }
    }

    private void loop(int index) {
        Command<C> left = null;
        while (true) {
            Command<C> command = left != null ? left : queue.poll();
            left = null;
            if (command == null) {
                if (stopping) {
                    break;
                }
                idle(index);
                continue;
            }
            try {
                left = serve(command);
            } catch (Throwable t) {
                lanes.options.listener().unexpected("a reader's loop", t);
            }
        }
        pool.closeFree();
        running.countDown();
    }

    /** Runs one command, and those behind it that may share its snapshot; returns one that was taken but may not. */
    private @Nullable Command<C> serve(Command<C> command) {
        if (command instanceof DedicateCommand<C> dedicate) {
            dedicate.open();
            return null;
        }
        if (!command.wantsConnection) {
            Resource<C> owned = command.resource;
            if (owned != null) {
                command.run(owned);
            }
            return null;
        }
        if (command.resource == null && command.state.get() == Command.ENDED) {
            return null;
        }
        Resource<C> found = command.resource != null ? command.resource : pool.acquire(command);
        if (found == null) {
            lanes.sweeper.soon();
            return null;
        }
        if (!hand(found, command)) {
            pool.release(found);
            return null;
        }
        Command<C> next = queue.peek();
        if (!(command instanceof CursorPull) || !(next instanceof CursorPull) || !next.wantsConnection) {
            command.run(found);
            return null;
        }
        return share(found, command);
    }

    /** Gives the command its connection; false when it was ended while it waited. */
    private boolean hand(Resource<C> found, Command<C> command) {
        command.resource = found;
        command.wantsConnection = false;
        return giveSlotBack(command);
    }

    /**
     * Runs reads on one snapshot: taking one costs more than a point read. Only reads that were subscribed before the
     * snapshot may see it, so that whoever waited for a write finds it; a bound on time and number keeps it young.
     */
    private @Nullable Command<C> share(Resource<C> found, Command<C> command) {
        LaneThread self = (LaneThread) Thread.currentThread();
        long began = lanes.ticker.nanos();
        if (!beginShared(found)) {
            command.run(found);
            return null;
        }
        self.sharing = found;
        command.run(found);
        Command<C> next = null;
        for (int reads = 1; reads < SHARED_READS && self.sharing == found; reads++) {
            if (lanes.ticker.nanos() - began > SHARED_NANOS) {
                break;
            }
            next = queue.poll();
            if (next == null) {
                break;
            }
            boolean fits = next instanceof CursorPull
                    && next.wantsConnection
                    && next.resource == null
                    && next.enqueued - began < 0;
            if (!fits) {
                break;
            }
            if (hand(found, next)) {
                next.run(found);
            }
            next = null;
        }
        if (self.sharing == found) {
            keepAlone(found);
            pool.release(found);
        }
        return next;
    }

    private boolean beginShared(Resource<C> found) {
        try {
            return found.connection.beginShared();
        } catch (Exception e) {
            lanes.options.listener().unexpected("starting a shared snapshot", e);
            return false;
        }
    }

    /** Ends the sharing of a connection: its next statement has a snapshot of its own. On the thread that owns it. */
    void keepAlone(Resource<C> owned) {
        if (Thread.currentThread() instanceof LaneThread self && self.sharing == owned) {
            self.sharing = null;
            try {
                owned.connection.endShared();
            } catch (Exception e) {
                lanes.options.listener().unexpected("ending a shared snapshot", e);
            }
        }
    }

    /** Takes a connection back after a read, unless this thread goes on to use it for the next. */
    void giveBack(Resource<C> owned) {
        if (!(Thread.currentThread() instanceof LaneThread self) || self.sharing != owned) {
            pool.release(owned);
        }
    }

    private void idle(int index) {
        for (int i = 0; i < SPINS; i++) {
            if (!queue.isEmpty()) {
                return;
            }
            Thread.onSpinWait();
        }
        long bit = 1L << index;
        parkedThreads.getAndUpdate(mask -> mask | bit);
        if (queue.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        parkedThreads.getAndUpdate(mask -> mask & ~bit);
    }

    @Override
    public void release(Lease<C> lease) {
        lanes.counters.leases.decrementAndGet();
        if (lease.resource != lease.session.dedicated) {
            pool.unhold();
            pool.release(lease.resource);
        }
    }

    /** Closes the own connection of a dedicated session; on a lane thread. */
    void closed(Resource<C> own) {
        own.close(lanes.options.listener());
    }

    /** Ends what has waited too long; on the timer. */
    boolean sweep(long now) {
        boolean waiting = false;
        for (Command<C> command : pool.waiting()) {
            waiting |= !expire(command, now);
        }
        for (Iterator<Command<C>> all = queue.iterator(); all.hasNext(); ) {
            Command<C> command = all.next();
            waiting |= command.slot.get() && !expire(command, now);
        }
        return waiting;
    }

    private boolean expire(Command<C> command, long now) {
        if (command.slot.get() && command.expired(now) && command.end()) {
            dropped(command);
            command.session.ended(command);
            command.fail(command.lockWaitError(null));
            return true;
        }
        return false;
    }

    /** Fails what waits for a connection; commands that own one run on. */
    void failWaiting() {
        List<Command<C>> all = new ArrayList<>(pool.waiting());
        all.addAll(queue);
        for (Command<C> command : all) {
            if (command.slot.get() && command.end()) {
                dropped(command);
                command.session.ended(command);
                command.fail(new LaneClosedException(lanes.name(), "the engine"));
            }
        }
    }

    void stop() {
        stopping = true;
        for (LaneThread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the reader threads to end; on the writer's thread, which has nothing else to do by then. */
    void awaitEnd() {
        try {
            running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.closeAll();
    }

    int depth() {
        return depth.get();
    }
}
