package rillite.core;

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
final class ReadLane<C extends PhysicalConnection> implements Lane<C>, Command.Slots<C> {
    private static final int MOST_THREADS = 63;
    private static final int SPINS = 100;
    private static final int PURGE_AT = 1024;
    private static final int SHARED_READS = 32;
    private static final long SHARED_NANOS = 500_000;
    private static final long QUIET_NANOS = 10_000_000_000L;
    private static final long STARVED_NANOS = 100_000_000L;

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
        this.threads = new LaneThread[Math.min(threadCount, MOST_THREADS)];
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
    @Nullable LaneException submit(Command<C> command) {
        LaneException full = takeSlot(command);
        if (full != null) {
            return full;
        }
        boolean waits = parkedThreads.get() == 0;
        enqueue(command);
        if (waits && command.deadline != Long.MAX_VALUE) {
            lanes.sweeper.soon();
        }
        recheck(command);
        return null;
    }

    /** Queues a read transaction, which holds its connection for long. */
    @Nullable LaneException acquireLease(BeginCommand<C> command) {
        LaneException full = takeSlot(command);
        if (full != null) {
            return full;
        }
        if (pool.holders.takeOrWait(command)) {
            enqueue(command);
        } else {
            lanes.sweeper.soon();
        }
        recheck(command);
        return null;
    }

    /** It may have ended, or the lanes begun to close, between the last look and its place in the queue. */
    private void recheck(Command<C> command) {
        if (command.isEnded()) {
            dropped(command);
        } else if (lanes.isClosing()) {
            command.endWith(lanes.closedError());
        }
    }

    private @Nullable LaneException takeSlot(Command<C> command) {
        int limit = lanes.options.readerQueueLimit();
        while (true) {
            int now = depth.get();
            if (now >= limit) {
                return new LaneFullException(lanes.name(), "readerQueueLimit", limit, now, "");
            }
            if (depth.compareAndSet(now, now + 1)) {
                break;
            }
        }
        command.slots = this;
        command.wantsConnection = true;
        command.takeSlot();
        return null;
    }

    private boolean giveSlotBack(Command<C> command) {
        if (command.giveSlot()) {
            depth.decrementAndGet();
            return true;
        }
        return false;
    }

    @Override
    public void dropped(Command<C> command) {
        if (giveSlotBack(command)) {
            if (tombstones.incrementAndGet() >= PURGE_AT) {
                tombstones.set(0);
                queue.removeIf(waiting -> waiting.wantsConnection && waiting.isEnded() && waiting.resource == null);
            }
            pool.forget(command);
        }
    }

    @Override
    public void execute(Command<C> command) {
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
            if (command == null && stopping) {
                break;
            }
            try {
                if (command == null) {
                    idle(index);
                } else {
                    if (!queue.isEmpty()) {
                        // a wake-up may have been spent on a thread that was awake already
                        wakeOne();
                    }
                    left = serve(command);
                }
            } catch (Throwable t) {
                lanes.listener.unexpected("a reader's loop", t);
            }
        }
        running.countDown();
    }

    /** Runs one command, and those behind it that may share its snapshot; returns one that was taken but may not. */
    private @Nullable Command<C> serve(Command<C> command) {
        if (command instanceof DedicateCommand<C> dedicate) {
            dedicate.open();
            return null;
        }
        boolean pooled = command.wantsConnection;
        if (pooled && !connect(command)) {
            return null;
        }
        Resource<C> owned = command.resource;
        if (owned == null) {
            return null;
        }
        if (pooled && command instanceof CursorPull && mayShare(queue.peek())) {
            return share(owned, command);
        }
        command.run(owned);
        return null;
    }

    /** Finds the command a connection; false when there is none yet, or the command was ended while it waited. */
    private boolean connect(Command<C> command) {
        Resource<C> found = command.resource;
        if (found == null) {
            if (command.isEnded()) {
                return false;
            }
            found = pool.acquire(command);
        }
        if (found == null) {
            lanes.sweeper.soon();
            if (command.isEnded()) {
                pool.forget(command);
            }
            return false;
        }
        if (!hand(found, command)) {
            pool.release(found);
            return false;
        }
        return true;
    }

    /** Gives the command its connection; false when it was ended while it waited. */
    private boolean hand(Resource<C> found, Command<C> command) {
        command.resource = found;
        command.wantsConnection = false;
        return giveSlotBack(command);
    }

    private boolean mayShare(@Nullable Command<C> command) {
        return command instanceof CursorPull && command.wantsConnection && command.resource == null;
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
        Command<C> next = command;
        try {
            command.run(found);
            next = null;
            for (int reads = 1; reads < SHARED_READS && self.sharing == found; reads++) {
                next = lanes.ticker.nanos() - began > SHARED_NANOS ? null : queue.poll();
                if (next == null || !mayShare(next) || next.enqueued - began >= 0) {
                    break;
                }
                if (hand(found, next)) {
                    next.run(found);
                }
                next = null;
            }
        } finally {
            if (self.sharing == found) {
                keepAlone(found);
                pool.release(found);
            }
        }
        return next;
    }

    private boolean beginShared(Resource<C> found) {
        try {
            return found.connection.beginShared();
        } catch (Throwable t) {
            lanes.listener.unexpected("starting a shared snapshot", t);
            return false;
        }
    }

    /** Ends the sharing of a connection: its next statement has a snapshot of its own. On the thread that owns it. */
    void keepAlone(Resource<C> owned) {
        if (Thread.currentThread() instanceof LaneThread self && self.sharing == owned) {
            self.sharing = null;
            try {
                owned.connection.endShared();
            } catch (Throwable t) {
                owned.broken = true;
                lanes.listener.unexpected("ending a shared snapshot", t);
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
            LaneThread.spin();
        }
        boolean surplus = index == 0 && pool.hasSurplus();
        long bit = 1L << index;
        parkedThreads.getAndUpdate(mask -> mask | bit);
        if (queue.isEmpty() && !stopping) {
            if (surplus) {
                LaneThread.parkNanos(this, QUIET_NANOS);
            } else {
                LaneThread.park(this);
            }
        }
        parkedThreads.getAndUpdate(mask -> mask & ~bit);
        if (surplus && queue.isEmpty()) {
            pool.shrink();
        }
    }

    @Override
    public void release(Lease<C> lease) {
        lanes.counters.leases.decrementAndGet();
        if (lease.resource != lease.session.dedicated) {
            pool.unhold();
            pool.release(lease.resource);
        }
    }

    /** Ends what has waited too long; on the timer. True while something waits that has a deadline. */
    boolean sweep(long now) {
        boolean waiting = false;
        for (Command<C> command : pool.waiting()) {
            waiting |= waits(command, now);
        }
        for (Command<C> command : queue) {
            waiting |= waits(command, now);
        }
        if (pool.starves(now - STARVED_NANOS)) {
            lanes.releaseOldestSnapshot(SnapshotTooOldException.Reason.CURSORS);
        }
        return waiting;
    }

    private boolean waits(Command<C> command, long now) {
        if (!command.hasSlot() || command.isEnded()) {
            return false;
        }
        return !command.expired(now) || !command.endWith(command.lockWaitError(null));
    }

    /** Fails what waits for a connection; commands that own one run on. From any thread. */
    void failWaiting() {
        for (Command<C> command : pool.waiting()) {
            command.endWith(lanes.closedError());
        }
        for (Command<C> command : queue) {
            if (command.hasSlot()) {
                command.endWith(lanes.closedError());
            }
        }
    }

    void stop() {
        stopping = true;
        for (LaneThread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the reader threads to end; on the writer's thread, which then serves what is left and closes. */
    void awaitEnd() {
        LaneThread.await(running);
        serveRest();
        lanes.abandonCursors();
        serveRest();
        pool.closeAll();
    }

    private void serveRest() {
        Command<C> command = queue.poll();
        while (command != null) {
            try {
                serve(command);
            } catch (Throwable t) {
                lanes.listener.unexpected("the end of the readers", t);
            }
            command = queue.poll();
        }
    }

    int depth() {
        return depth.get();
    }
}
