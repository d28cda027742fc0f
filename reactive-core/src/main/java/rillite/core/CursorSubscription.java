package rillite.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import rillite.core.Resource.Interrupts;
import rillite.core.SnapshotTooOldException.Reason;

/**
 * One subscription of a cursor. The phase says who may touch the native side: nobody (idle, ended), a lane (running), or
 * whoever moves it on from parked or queued. At most the chunk being delivered and one more are read ahead.
 */
final class CursorSubscription<C extends PhysicalConnection, K extends PreparedCursor.Chunk, T>
        implements Subscription, ChunkDrain.Pulls {
    private static final int IDLE = 0;
    private static final int QUEUED = 1;
    private static final int RUNNING = 2;
    private static final int PARKED = 3;
    private static final int ENDED = 4;

    private final Session<C> session;
    private final Lanes<C> lanes;
    private final PreparedCursor.Source<C, K> source;
    private final ChunkDrain<K, T> drain;
    private final AtomicInteger phase = new AtomicInteger(IDLE);
    private volatile @Nullable CursorPull<C> firstPull;
    private volatile @Nullable Resource<C> resource;
    private volatile @Nullable Throwable abortReason;
    private volatile boolean stopped;
    private volatile boolean timedOut;
    private volatile @Nullable Reason spillReason;
    private volatile long lastDemand;
    private volatile long openedAt;
    private @Nullable PreparedCursor<K> cursor;
    private boolean pooled;
    private boolean writerOnly;
    private boolean holding;
    private boolean tracked;
    private int rows;

    CursorSubscription(
            Session<C> session,
            PreparedCursor.Source<C, K> source,
            PreparedCursor.Reader<K, T> reader,
            CoreSubscriber<? super T> actual) {
        this.session = session;
        this.lanes = session.lanes;
        this.source = source;
        this.drain = new ChunkDrain<>(actual, reader, lanes.emitter, this);
        this.rows = source.fetchSize() > 0 ? source.fetchSize() : Math.min(16, lanes.options.chunkRows());
    }

    @Override
    public void request(long n) {
        if (!Operators.validate(n)) {
            return;
        }
        drain.addDemand(n);
        lastDemand = lanes.ticker.nanos();
        if (phase.get() == IDLE && phase.compareAndSet(IDLE, QUEUED)) {
            CursorPull<C> pull = new CursorPull<>(session, this, true);
            firstPull = pull;
            session.submit(pull);
        } else {
            drain.drainThere();
        }
    }

    @Override
    public void cancel() {
        stop();
        drain.cancel();
    }

    @Override
    public void stop() {
        stopped = true;
        stopNative();
    }

    /** Ends the stream with an error, and its native side. */
    void abort(Throwable reason) {
        abortReason = reason;
        stopNative();
    }

    private boolean stopping() {
        return stopped || abortReason != null;
    }

    private void stopNative() {
        while (true) {
            switch (phase.get()) {
                case IDLE -> {
                    if (phase.compareAndSet(IDLE, ENDED)) {
                        finish(abortReason);
                        drain.drainThere();
                        return;
                    }
                }
                case QUEUED -> {
                    dropFirst(abortReason);
                    return;
                }
                case RUNNING -> {
                    interrupt();
                    return;
                }
                case PARKED -> {
                    if (phase.compareAndSet(PARKED, QUEUED)) {
                        queuePull();
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void interrupt() {
        Resource<C> running = resource;
        if (running != null && running.interrupt(this, Interrupts.CANCEL)) {
            lanes.counters.interrupts.increment();
        }
    }

    /** Ends the first visit while it waits; false when it has started. A later visit sees that it should stop. */
    private boolean dropFirst(@Nullable Throwable reason) {
        CursorPull<C> pull = firstPull;
        if (pull == null || !pull.end()) {
            return false;
        }
        pull.disarmStatementTimer();
        if (writerOnly) {
            lanes.writeLane.dropped(pull);
        } else if (pooled) {
            lanes.readLane().dropped(pull);
        }
        phase.set(ENDED);
        finish(reason);
        session.ended(pull);
        drain.drainThere();
        return true;
    }

    void statementTimeout(CursorPull<C> pull) {
        timedOut = true;
        if (!dropFirst(timeout(null)) && pull.state.get() == Command.RUNNING) {
            interrupt();
        }
    }

    private Throwable timeout(@Nullable Throwable cause) {
        return lanes.translate(new LaneTimeoutException(
                lanes.name(),
                LaneTimeoutException.Kind.STATEMENT,
                session.statementTimeout(),
                " before the first row of " + source.label() + ".",
                cause));
    }

    /** Hands the pull to the lane it belongs to; in the turn of the session. */
    boolean startPull(CursorPull<C> pull, boolean first) {
        if (!first) {
            return startNextPull(pull);
        }
        LaneException refused = session.refusal(pull);
        if (refused != null) {
            return refuse(pull, refused);
        }
        pull.armLockWait(session.lockWaitTimeout());
        pull.armStatementTimer(session.statementTimeout());
        Lease<C> lease = session.lease;
        Resource<C> own = session.dedicated;
        if (lease != null) {
            session.label(source.label());
            pull.resource = lease.resource;
            lease.lane.execute(pull);
        } else if (own != null) {
            pull.resource = own;
            lanes.readLane().execute(pull);
        } else if (!lanes.hasReaders()) {
            writerOnly = true;
            LaneException full = lanes.writeLane.offer(pull, 64);
            return full == null || refuse(pull, full);
        } else {
            pooled = true;
            LaneException full = lanes.readLane().submit(pull);
            return full == null || refuse(pull, full);
        }
        return true;
    }

    private boolean startNextPull(CursorPull<C> pull) {
        Resource<C> owned = resource;
        Lease<C> lease = session.lease;
        if (phase.get() != QUEUED || owned == null) {
            if (pull.end()) {
                session.ended(pull);
            }
            return false;
        }
        pull.resource = owned;
        if (lease != null && lease.resource == owned) {
            lease.lane.execute(pull);
        } else {
            lanes.readLane().execute(pull);
        }
        return true;
    }

    private boolean refuse(CursorPull<C> pull, LaneException reason) {
        if (pull.end()) {
            failPull(reason);
            session.ended(pull);
        }
        return false;
    }

    /** The pull was ended before it ran. */
    void failPull(Throwable error) {
        phase.set(ENDED);
        finish(error instanceof LaneException lane ? lanes.translate(lane) : error);
        drain.drainThere();
    }

    /** Queues the next visit of a parked cursor. */
    private void queuePull() {
        Resource<C> owned = resource;
        CursorPull<C> pull = new CursorPull<>(session, this, false);
        if (owned == null) {
            return;
        }
        if (pooled) {
            pull.resource = owned;
            lanes.readLane().execute(pull);
        } else if (writerOnly) {
            LaneException full = lanes.writeLane.offer(pull, 0);
            if (full != null) {
                // the lane ends and closes its connection, and with it whatever this cursor holds
                failPull(full);
            }
        } else {
            session.submit(pull);
        }
    }

    /** One visit; on a lane thread, with the resource. */
    void runPull(CursorPull<C> pull, Resource<C> owned) {
        if (!pull.claim()) {
            if (pooled && pull == firstPull) {
                lanes.readLane().giveBack(owned);
            }
            return;
        }
        if (!phase.compareAndSet(QUEUED, RUNNING)) {
            pull.state.set(Command.ENDED);
            session.ended(pull);
            return;
        }
        boolean first = pull == firstPull;
        resource = owned;
        Throwable error = null;
        boolean last = stopping();
        owned.enter(this, interrupts(owned));
        try {
            if (!last) {
                last = spillReason != null ? drainToHeap(owned) : pullOnce(owned);
            }
        } catch (Throwable t) {
            error = timedOut ? timeout(t) : t;
            last = true;
        } finally {
            owned.exit();
        }
        if (first) {
            pull.disarmStatementTimer();
        }
        if (last || stopping()) {
            endNative(owned, error);
        } else {
            park(owned, first);
        }
        pull.state.set(Command.ENDED);
        session.ended(pull);
        if (first && pooled && phase.get() == ENDED && !lanes.options.alwaysEmitThere()) {
            drain.drainHere();
        } else {
            drain.drainThere();
        }
    }

    private Interrupts interrupts(Resource<C> owned) {
        boolean sole = owned.parked.isEmpty() || (owned.parked.size() == 1 && owned.parked.contains(this));
        return pooled || sole ? Interrupts.CANCEL : Interrupts.NEVER;
    }

    private PreparedCursor<K> open(Resource<C> owned) throws Exception {
        PreparedCursor<K> opened = cursor;
        if (opened == null) {
            opened = source.open(owned.connection);
            cursor = opened;
            openedAt = lanes.ticker.nanos();
        }
        return opened;
    }

    private boolean pullOnce(Resource<C> owned) throws Exception {
        K chunk = open(owned).pull(rows, lanes.options.chunkBytes());
        lanes.counters.rowsRead.add(chunk.size());
        if (source.fetchSize() == 0) {
            rows = Math.min(rows << 2, lanes.options.chunkRows());
        }
        boolean last = chunk.last();
        drain.add(chunk);
        return last;
    }

    /** Reads the rest; true at the end, also when the rest did not fit. */
    private boolean drainToHeap(Resource<C> owned) throws Exception {
        Reason reason = spillReason;
        if (reason == null) {
            return false;
        }
        long most = lanes.options.maxMaterializeBytes();
        long bytes = 0;
        PreparedCursor<K> opened = open(owned);
        while (bytes <= most) {
            K chunk = opened.pull(Math.max(rows, 256), (int) Math.min(Integer.MAX_VALUE, most));
            lanes.counters.rowsRead.add(chunk.size());
            bytes += chunk.bytes();
            drain.add(chunk);
            if (chunk.last()) {
                lanes.counters.spilledBytes.add(bytes);
                lanes.options.listener().cursorSpilled(reason, bytes);
                return true;
            }
        }
        lanes.options
                .listener()
                .snapshotTooOld(reason, Duration.ofNanos(lanes.ticker.nanos() - openedAt), source.label());
        throw new SnapshotTooOldException(lanes.name(), reason, lanes.bound(reason), most);
    }

    private void endNative(Resource<C> owned, @Nullable Throwable error) {
        PreparedCursor<K> opened = cursor;
        cursor = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (Throwable t) {
                lanes.options.listener().unexpected("closing a cursor", t);
            }
        }
        owned.parked.remove(this);
        resource = null;
        phase.set(ENDED);
        if (pooled) {
            if (holding) {
                lanes.readLane().pool.unhold();
            }
            lanes.readLane().giveBack(owned);
        }
        if (tracked) {
            session.untrack(this);
            lanes.untrack(this);
        }
        Throwable told = abortReason != null ? abortReason : error;
        finish(told instanceof LaneException lane ? lanes.translate(lane) : told);
    }

    private void finish(@Nullable Throwable error) {
        drain.finish(error instanceof LaneException lane ? lanes.translate(lane) : error);
    }

    private void park(Resource<C> owned, boolean first) {
        if (first && pooled) {
            lanes.readLane().keepAlone(owned);
        }
        if (first) {
            if (pooled && !lanes.readLane().pool.tryHold()) {
                spillReason = Reason.CURSORS;
                if (spillInsteadOfParking(owned)) {
                    return;
                }
                lanes.readLane().pool.holdAnyway();
            }
            holding = pooled;
            if (!pooled) {
                owned.parked.add(this);
            }
            tracked = true;
            lanes.track(this);
            session.track(this);
        }
        phase.set(PARKED);
        if (stopping() || spillReason != null) {
            stopOrSpill();
        }
    }

    /** The bound of open cursors is met: the rest goes to the heap, or another one's rest does, or this one fails. */
    private boolean spillInsteadOfParking(Resource<C> owned) {
        Throwable error = null;
        owned.enter(this, interrupts(owned));
        try {
            drainToHeap(owned);
        } catch (SnapshotTooOldException tooLarge) {
            error = new LaneFullException(
                    lanes.name(), "maxOpenCursors", lanes.options.maxOpenCursors(), lanes.options.maxOpenCursors(), "");
        } catch (Throwable t) {
            error = t;
        } finally {
            owned.exit();
        }
        endNative(owned, error);
        return true;
    }

    private void stopOrSpill() {
        if (phase.compareAndSet(PARKED, QUEUED)) {
            queuePull();
        }
    }

    /** Drains the rest to the heap on the lane thread that owns the resource now. */
    void spillHere(Resource<C> owned, Reason reason) {
        if (!phase.compareAndSet(PARKED, RUNNING) && !phase.compareAndSet(QUEUED, RUNNING)) {
            return;
        }
        spillReason = reason;
        Throwable error = null;
        owned.enter(this, Interrupts.NEVER);
        try {
            if (!stopping()) {
                drainToHeap(owned);
            }
        } catch (Throwable t) {
            error = t;
        } finally {
            owned.exit();
        }
        endNative(owned, error);
        drain.drainThere();
    }

    /** Asks a parked cursor to give its snapshot up. */
    void spillSoon(Reason reason) {
        if (phase.get() == PARKED) {
            spillReason = reason;
            stopOrSpill();
        }
    }

    /** Watches age and idleness; on the timer. */
    void check(long now) {
        if (phase.get() != PARKED) {
            return;
        }
        LaneOptions options = lanes.options;
        if (over(now - openedAt, options.maxSnapshotAge())) {
            spillSoon(Reason.AGE);
        } else if (over(now - lastDemand, options.cursorIdleTimeout())) {
            spillSoon(Reason.IDLE);
        }
    }

    private static boolean over(long nanos, Duration bound) {
        return !bound.isZero() && nanos > bound.toNanos();
    }

    @Override
    public void more(int left, int size, long demand) {
        if (phase.get() != PARKED || drain.hasChunks()) {
            return;
        }
        if (((left << 2) <= size || demand > left) && phase.compareAndSet(PARKED, QUEUED)) {
            queuePull();
        }
    }

    long openedAt() {
        return openedAt;
    }
}
