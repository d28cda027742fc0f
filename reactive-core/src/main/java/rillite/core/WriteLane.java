package rillite.core;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import rillite.core.Resource.Interrupts;
import rillite.core.WriteWork.Atomicity;

/**
 * The one thread that writes. It takes what is queued in order of arrival: a single write, a group of writes, the lease of a
 * transaction, or, where there are no readers, the visit of a cursor. It is never asleep while something can be done, and
 * never emits.
 */
final class WriteLane<C extends PhysicalConnection> implements Lane<C>, Command.Slots<C>, Runnable {
    private static final int PURGE_AT = 1024;
    private static final int SPINS = 200;
    private static final long MOST_BYTES = 1L << 38;

    private final Lanes<C> lanes;
    private final WriteQueue<Command<C>> queue;
    private final Queue<Command<C>> leaseCommands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tombstones = new AtomicInteger();
    private final LaneThread thread;
    private final CommitGroup<C> group;
    private volatile @Nullable Lease<C> lease;
    private volatile @Nullable Resource<C> resource;
    private volatile boolean parked;
    private volatile boolean stopping;
    private volatile boolean backoffOver = true;

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
    @Nullable LaneException offer(Command<C> command, long bytes) {
        command.bytes = Math.min(Math.max(bytes, 0), MOST_BYTES);
        if (!queue.reserve(command.bytes)) {
            return full();
        }
        command.slots = this;
        command.takeSlot();
        queue.add(command);
        if (command.isEnded()) {
            giveSlotBack(command);
        }
        boolean waits = !parked || lease != null || queue.depth() > 1;
        wake();
        if (waits && command.deadline != Long.MAX_VALUE) {
            lanes.sweeper.soon();
        }
        if (stopping) {
            failWaiting();
        }
        return null;
    }

    private LaneFullException full() {
        LaneOptions options = lanes.options;
        boolean items = queue.depth() >= options.writerQueueLimit();
        return new LaneFullException(
                lanes.name(),
                items ? "writerQueueLimit" : "writerQueueBytes",
                items ? options.writerQueueLimit() : options.writerQueueBytes(),
                items ? queue.depth() : queue.bytes(),
                backlog());
    }

    private String backlog() {
        Command<C> oldest = queue.peek();
        String head = oldest == null
                ? ""
                : "; the oldest waits for "
                        + Duration.ofNanos(lanes.ticker.nanos() - oldest.enqueued)
                                .toMillis() + " ms";
        Lease<C> held = lease;
        return held == null
                ? head
                : head + "; transaction " + held.name + " of " + held.session.id() + " holds the writer";
    }

    /** Appends a later visit of a cursor, which gives something back and is never refused. */
    void visit(CursorPull<C> pull) {
        queue.add(pull);
        wake();
    }

    @Override
    public void dropped(Command<C> command) {
        if (giveSlotBack(command) && tombstones.incrementAndGet() >= PURGE_AT) {
            tombstones.set(0);
            queue.purge(Command::isEnded);
        }
    }

    boolean giveSlotBack(Command<C> command) {
        if (command.giveSlot()) {
            queue.release(command.bytes);
            return true;
        }
        return false;
    }

    @Override
    public void execute(Command<C> command) {
        leaseCommands.offer(command);
        wake();
    }

    @Override
    public void release(Lease<C> held) {
        lanes.counters.leases.decrementAndGet();
        lease = null;
        wake();
    }

    /** A dedicated session runs on its own connection while it holds the ticket. */
    private void grantTicket(Command<C> command, Resource<C> own) {
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
    }

    private void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        if (!open()) {
            return;
        }
        while (!isOver()) {
            try {
                if (!step()) {
                    idle();
                }
            } catch (Throwable t) {
                lanes.listener.unexpected("the writer's loop", t);
            }
        }
        lanes.awaitReadersClosed();
        closeWriter();
        lanes.writerClosed();
    }

    private boolean open() {
        Resource<C> opened = null;
        try {
            opened = lanes.openWriter();
            resource = opened;
            lanes.writerOpened(opened.connection);
            return true;
        } catch (Throwable t) {
            stopping = true;
            if (opened != null) {
                opened.close(lanes.listener);
            }
            lanes.writerFailed(t);
            failWaiting();
            return false;
        }
    }

    private boolean isOver() {
        return stopping && lease == null && queue.isEmpty() && leaseCommands.isEmpty();
    }

    private boolean step() {
        Command<C> leased = leaseCommands.poll();
        if (leased != null) {
            Resource<C> owned = leased.resource;
            if (owned != null) {
                leased.run(owned);
            }
            afterWrites();
            return true;
        }
        if (stopping) {
            failWaiting();
        } else if (!backoffOver) {
            return false;
        }
        if (lease != null) {
            return false;
        }
        closeBroken();
        Command<C> head = queue.peek();
        if (head == null) {
            return false;
        }
        if (head.isEnded()) {
            queue.poll();
            return true;
        }
        serve(head);
        if (!queue.isEmpty()) {
            lanes.sweeper.soon();
        }
        return true;
    }

    private void serve(Command<C> head) {
        Resource<C> writer;
        try {
            writer = writer();
        } catch (Throwable t) {
            queue.poll();
            head.endWith(t);
            return;
        }
        Resource<C> own = head.session.dedicated;
        if (head instanceof WriteItem<C, ?> item && own == null) {
            writer.spillParked(SnapshotTooOldException.Reason.WRITE);
            if (groupable(item) && lanes.options.groupLimit() > 1 && queue.depth() > 1) {
                group.run(writer);
            } else {
                alone(writer, item);
            }
            return;
        }
        queue.poll();
        if (head instanceof CursorPull<C> pull) {
            giveSlotBack(pull);
            pull.run(writer);
        } else if (!head.claim()) {
            giveSlotBack(head);
        } else if (own != null) {
            giveSlotBack(head);
            grantTicket(head, own);
        } else if (head instanceof BeginCommand<C> begin) {
            begin(writer, begin);
        }
    }

    private void begin(Resource<C> writer, BeginCommand<C> begin) {
        Lease<C> granted = new Lease<>(begin.session, writer, this, true, begin.name);
        lease = granted;
        if (begin.grant(granted, () -> giveSlotBack(begin))) {
            lease = null;
            tryAgain(begin);
        }
    }

    boolean groupable(WriteItem<C, ?> item) {
        Atomicity atomicity = item.work.atomicity();
        return !item.replayed
                && item.session.dedicated == null
                && (atomicity == Atomicity.STATEMENT || atomicity == Atomicity.SAVEPOINT)
                && item.work.expectedNanos() < lanes.options.groupTime().toNanos();
    }

    private void alone(Resource<C> writer, WriteItem<C, ?> item) {
        queue.poll();
        if (!item.claim()) {
            return;
        }
        item.resource = writer;
        long started = lanes.ticker.nanos();
        if (item.executeAlone(writer)) {
            tryAgain(item);
            return;
        }
        lanes.listener.writeWaited(Duration.ofNanos(started - item.enqueued));
        giveSlotBack(item);
        item.publish();
        afterWrites();
    }

    /** Another process holds the lock: the command keeps its place and the lane stays awake for everything else. */
    private void tryAgain(Command<C> command) {
        command.unclaim();
        queue.putBack(command);
        if (command.withdrawn() && command.end()) {
            command.withdraw();
        }
        backOff();
    }

    void backOff() {
        backoffOver = false;
        lanes.sweeper.soon();
        lanes.later(() -> {
            backoffOver = true;
            wake();
        });
    }

    void afterWrites() {
        Resource<C> writer = resource;
        if (writer == null || lease != null || writer.broken) {
            return;
        }
        try {
            writer.connection.afterWrites(queue.isEmpty());
        } catch (Throwable t) {
            lanes.listener.unexpected("work after a commit", t);
        }
    }

    /** Gives the next command of the group, or null when the group should end. */
    @Nullable WriteItem<C, ?> nextForGroup() {
        while (true) {
            Command<C> head = queue.peek();
            if (head != null && head.isEnded()) {
                queue.poll();
            } else if (head instanceof WriteItem<C, ?> item && groupable(item)) {
                queue.poll();
                if (item.claim()) {
                    return item;
                }
            } else {
                return null;
            }
        }
    }

    /** Puts the members of a failed group back to the front, in their order, to run one by one. */
    void replay(List<WriteItem<C, ?>> members) {
        for (int i = members.size() - 1; i >= 0; i--) {
            WriteItem<C, ?> member = members.get(i);
            member.replayed = true;
            member.unclaim();
            queue.putBack(member);
            if (member.withdrawn() && member.end()) {
                member.withdraw();
            }
        }
    }

    /** Nothing is acknowledged by a connection whose last commit is unknown, and it may hold locks. */
    private void closeBroken() {
        Resource<C> writer = resource;
        if (writer != null && writer.broken) {
            closeWriter();
        }
    }

    private Resource<C> writer() throws Exception {
        Resource<C> writer = resource;
        if (writer != null) {
            return writer;
        }
        Resource<C> opened = lanes.openWriter();
        resource = opened;
        return opened;
    }

    private void closeWriter() {
        Resource<C> writer = resource;
        if (writer == null) {
            return;
        }
        resource = null;
        writer.abortParked(lanes.closedError());
        if (!writer.broken) {
            try {
                lanes.beforeClose(writer.connection);
            } catch (Throwable t) {
                lanes.listener.unexpected("work before closing", t);
            }
        }
        writer.close(lanes.listener);
    }

    private void idle() {
        for (int i = 0; i < SPINS; i++) {
            if (hasWork()) {
                return;
            }
            LaneThread.spin();
        }
        parked = true;
        if (!hasWork()) {
            LaneThread.park(this);
        }
        parked = false;
    }

    private boolean hasWork() {
        if (!leaseCommands.isEmpty()) {
            return true;
        }
        if (lease != null) {
            return false;
        }
        return stopping || (backoffOver && !queue.isEmpty());
    }

    /** Asks the lane to end: what waits fails now, the open lease is awaited. */
    void stop() {
        stopping = true;
        failWaiting();
        LockSupport.unpark(thread);
    }

    /** Fails what waits; visits of open cursors are served to the end. From any thread. */
    private void failWaiting() {
        queue.forEach(command -> {
            if (command.bounded() && !command.isEnded()) {
                command.endWith(lanes.closedError());
            }
        });
    }

    /** Ends what has waited too long; on the timer. True while something waits that has a deadline. */
    boolean sweep(long now) {
        boolean[] waits = new boolean[1];
        queue.forEach(command -> {
            if (command.deadline == Long.MAX_VALUE || command.isEnded()) {
                return;
            }
            if (!command.expired(now) || !command.endWith(command.lockWaitError(null))) {
                waits[0] = true;
            }
        });
        return waits[0];
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

    @Nullable Lease<C> lease() {
        return lease;
    }
}
