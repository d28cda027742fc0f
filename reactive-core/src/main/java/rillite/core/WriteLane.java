package rillite.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import rillite.core.Resource.Interrupts;
import rillite.core.WriteWork.Atomicity;

/**
 * The one thread that writes. It takes what is queued in order of arrival: a single write, a group of writes, the lease of a
 * transaction, or, where there are no readers, the pull of a cursor. It is never asleep while something can be done, and
 * never emits.
 */
final class WriteLane<C extends PhysicalConnection> implements Lane<C>, Runnable {
    private static final int PURGE_AT = 1024;
    private static final int SPINS = 200;

    private final Lanes<C> lanes;
    private final WriteQueue<Command<C>> queue;
    private final ArrayDeque<Command<C>> pending = new ArrayDeque<>();
    private final AtomicInteger tombstones = new AtomicInteger();
    private final LaneThread thread;
    private final CommitGroup<C> group;
    private volatile @Nullable Command<C> leaseCommand;
    private volatile @Nullable Lease<C> lease;
    private volatile @Nullable Resource<C> resource;
    private volatile boolean parked;
    private volatile boolean sweep;
    private volatile boolean stopping;
    private volatile boolean reopen;
    private volatile boolean backoffOver = true;
    private volatile boolean drained;

    WriteLane(Lanes<C> lanes) {
        this.lanes = lanes;
        this.queue = new WriteQueue<>(lanes.options.writerQueueLimit(), lanes.options.writerQueueBytes());
        this.group = new CommitGroup<>(lanes, this);
        this.thread = new LaneThread("rillite-writer-" + lanes.name(), this);
    }

    void start() {
        thread.start();
    }

    /** Appends a command in its turn; returns the error when a bound is met. */
    @Nullable
    LaneException offer(Command<C> command, long bytes) {
        if (stopping) {
            return new LaneClosedException(lanes.name(), "the engine");
        }
        command.bytes = bytes;
        command.slot.set(true);
        if (!queue.offer(command, bytes)) {
            command.slot.set(false);
            return full();
        }
        if (command.state.get() == Command.ENDED) {
            giveSlotBack(command);
        }
        wake();
        if (lease != null) {
            lanes.sweeper.soon();
        }
        if (drained && command.end()) {
            giveSlotBack(command);
            command.state.set(Command.WAITING);
            return new LaneClosedException(lanes.name(), "the engine");
        }
        return null;
    }

    private LaneFullException full() {
        boolean items = queue.depth() >= lanes.options.writerQueueLimit();
        String detail = lanes.holder(null, false);
        return items
                ? new LaneFullException(
                        lanes.name(), "writerQueueLimit", lanes.options.writerQueueLimit(), queue.depth(), detail)
                : new LaneFullException(
                        lanes.name(), "writerQueueBytes", lanes.options.writerQueueBytes(), queue.bytes(), detail);
    }

    /** A command that was ended while it waited gives its slot back. */
    void dropped(Command<C> command) {
        if (giveSlotBack(command) && tombstones.incrementAndGet() >= PURGE_AT) {
            sweep = true;
            wake();
        }
    }

    boolean giveSlotBack(Command<C> command) {
        if (command.slot.compareAndSet(true, false)) {
            queue.release(command.bytes);
            return true;
        }
        return false;
    }

    @Override
    public void execute(Command<C> command) {
        leaseCommand = command;
        wake();
    }

    @Override
    public void release(Lease<C> held) {
        lanes.counters.leases.decrementAndGet();
        lease = null;
        wake();
    }

    /** A dedicated session runs on its own connection while it holds the ticket. */
    private boolean ticket(Command<C> command) {
        Resource<C> own = command.session.dedicated;
        if (own == null) {
            return false;
        }
        Lane<C> readers = lanes.readLane();
        if (command instanceof WriteItem<C, ?> item) {
            lanes.counters.leases.incrementAndGet();
            Lease<C> held = new Lease<>(command.session, own, readers, true, item.work.label());
            lease = held;
            item.resource = own;
            readers.execute(new TicketRun<>(item, held));
        } else if (command instanceof BeginCommand<C> begin) {
            Lease<C> held = new Lease<>(command.session, own, new TicketLane<>(readers, this), true, begin.name);
            lease = held;
            readers.execute(new TicketBegin<>(begin, held));
        }
        return true;
    }

    void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    void sweepSoon() {
        sweep = true;
        wake();
    }

    @Override
    public void run() {
        try {
            Resource<C> opened = new Resource<>(lanes.source.openWriter());
            resource = opened;
            lanes.writerOpened(opened.connection);
        } catch (Throwable t) {
            stopping = true;
            drained = true;
            lanes.writerFailed(t);
            failWaiting();
            return;
        }
        while (!stopping || lease != null) {
            try {
                if (!step()) {
                    idle();
                }
            } catch (Throwable t) {
                lanes.options.listener().unexpected("the writer's loop", t);
            }
        }
        finish();
    }

    private boolean step() throws Exception {
        if (stopping) {
            failWaiting();
        }
        Lease<C> held = lease;
        if (held != null) {
            Command<C> command = leaseCommand;
            if (command == null) {
                take();
                return false;
            }
            leaseCommand = null;
            Resource<C> owned = command.resource;
            if (owned != null) {
                command.run(owned);
            }
            if (lease == null) {
                afterWrites();
            }
            return true;
        }
        if (reopen) {
            reopenWriter();
        }
        take();
        if (!backoffOver) {
            return false;
        }
        Command<C> head = pending.peek();
        if (head == null) {
            return false;
        }
        serve(head);
        return true;
    }

    /** Moves what was offered into the writer's own queue, and drops what has ended meanwhile. */
    private void take() {
        Command<C> next = queue.poll();
        while (next != null) {
            pending.add(next);
            next = queue.poll();
        }
        if (sweep) {
            sweep = false;
            tombstones.set(0);
            long now = lanes.ticker.nanos();
            for (Iterator<Command<C>> all = pending.iterator(); all.hasNext(); ) {
                Command<C> command = all.next();
                if (command.state.get() == Command.ENDED) {
                    all.remove();
                } else if (command.expired(now) && command.end()) {
                    all.remove();
                    giveSlotBack(command);
                    command.session.ended(command);
                    command.fail(command.lockWaitError(null));
                }
            }
        }
    }

    private void serve(Command<C> head) throws Exception {
        if (head.state.get() == Command.ENDED) {
            pending.poll();
            return;
        }
        Resource<C> writer = writer();
        boolean dedicated = head.session.dedicated != null;
        if (head instanceof WriteItem<C, ?> item && !dedicated) {
            writer.spillParked(SnapshotTooOldException.Reason.WRITE);
            boolean more = pending.size() > 1 || !queue.isEmpty();
            if (groupable(item) && more && lanes.options.groupLimit() > 1) {
                group.run(writer);
            } else {
                alone(writer, item);
            }
            return;
        }
        pending.poll();
        if (head instanceof CursorPull<C> pull) {
            giveSlotBack(pull);
            pull.run(writer);
            return;
        }
        if (!head.claim()) {
            return;
        }
        if (dedicated && ticket(head)) {
            giveSlotBack(head);
        } else if (head instanceof BeginCommand<C> begin) {
            Lease<C> granted = new Lease<>(begin.session, writer, this, true, begin.name);
            lease = granted;
            if (begin.grant(granted)) {
                lease = null;
                begin.unclaim();
                pending.addFirst(begin);
                backOff();
            } else {
                giveSlotBack(begin);
            }
        }
    }

    boolean groupable(WriteItem<C, ?> item) {
        Atomicity atomicity = item.work.atomicity();
        return !item.replayed
                && item.session.dedicated == null
                && (atomicity == Atomicity.STATEMENT || atomicity == Atomicity.SAVEPOINT)
                && item.work.expectedNanos() < lanes.options.groupTime().toNanos();
    }

    private void alone(Resource<C> writer, WriteItem<C, ?> item) throws Exception {
        pending.poll();
        if (!item.claim()) {
            return;
        }
        item.resource = writer;
        writer.enter(item, Interrupts.CANCEL);
        boolean again;
        try {
            again = item.executeAlone(writer.connection);
        } finally {
            writer.exit();
        }
        if (again) {
            item.unclaim();
            pending.addFirst(item);
            backOff();
            return;
        }
        giveSlotBack(item);
        item.publish();
        afterWrites();
    }

    /** Another process holds the lock: try again a little later, awake for everything else. */
    void backOff() {
        backoffOver = false;
        lanes.options.listener().lockedByOther();
        lanes.options.timer().schedule(Duration.ofNanos(WriteItem.jitterNanos()), () -> {
            backoffOver = true;
            sweep = true;
            wake();
        });
    }

    void afterWrites() {
        Resource<C> writer = resource;
        if (writer == null || lease != null) {
            return;
        }
        try {
            writer.connection.afterWrites(pending.isEmpty() && queue.isEmpty());
        } catch (Exception e) {
            lanes.options.listener().unexpected("work after a commit", e);
        }
    }

    /** Gives the next command of the group, or null when the group should end. */
    @Nullable
    WriteItem<C, ?> nextForGroup() {
        while (true) {
            Command<C> head = pending.peek();
            if (head == null) {
                head = queue.poll();
                if (head == null) {
                    return null;
                }
                pending.add(head);
            }
            if (head.state.get() == Command.ENDED) {
                pending.poll();
                continue;
            }
            if (!(head instanceof WriteItem<C, ?> item) || !groupable(item)) {
                return null;
            }
            pending.poll();
            if (item.claim()) {
                return item;
            }
        }
    }

    /** Puts the members of a failed group back to the front, in their order, to run one by one. */
    void replay(List<WriteItem<C, ?>> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            WriteItem<C, ?> member = members.get(i);
            member.replayed = true;
            if (member.unclaim()) {
                pending.addFirst(member);
            }
        }
    }

    void reopenSoon() {
        reopen = true;
    }

    private void reopenWriter() throws Exception {
        Resource<C> old = resource;
        if (old != null) {
            old.close(lanes.options.listener());
        }
        resource = new Resource<>(lanes.source.openWriter());
        reopen = false;
    }

    private Resource<C> writer() {
        Resource<C> writer = resource;
        if (writer == null) {
            throw new IllegalStateException("the writer is not open");
        }
        return writer;
    }

    private void idle() {
        for (int i = 0; i < SPINS; i++) {
            if (hasWork()) {
                return;
            }
            Thread.onSpinWait();
        }
        parked = true;
        if (!hasWork()) {
            LockSupport.park(this);
        }
        parked = false;
    }

    private boolean hasWork() {
        if (leaseCommand != null || sweep) {
            return true;
        }
        if (lease != null) {
            return stopping && !queue.isEmpty();
        }
        return stopping || !queue.isEmpty() || (backoffOver && !pending.isEmpty());
    }

    /** Asks the lane to end: queued commands fail, the open lease is awaited. */
    void stop() {
        stopping = true;
        wake();
        LockSupport.unpark(thread);
    }

    /** Fails whatever waits; on the writer's thread. */
    private void failWaiting() {
        take();
        Command<C> command = pending.poll();
        while (command != null) {
            failClosed(command);
            command = pending.poll();
        }
    }

    private void failClosed(Command<C> command) {
        if (command.end()) {
            giveSlotBack(command);
            command.session.ended(command);
            command.fail(new LaneClosedException(lanes.name(), "the engine"));
        }
    }

    private void finish() {
        drained = true;
        failWaiting();
        lanes.awaitReadersClosed();
        Resource<C> writer = resource;
        if (writer != null) {
            try {
                lanes.source.beforeClose(writer.connection);
            } catch (Exception e) {
                lanes.options.listener().unexpected("work before closing", e);
            }
            writer.close(lanes.options.listener());
        }
        lanes.writerClosed();
    }

    void interruptAny(Interrupts cause) {
        Resource<C> writer = resource;
        if (writer != null) {
            writer.interruptAny(cause);
        }
    }

    int depth() {
        return queue.depth();
    }

    long bytes() {
        return queue.bytes();
    }

    @Nullable
    Lease<C> lease() {
        return lease;
    }
}
