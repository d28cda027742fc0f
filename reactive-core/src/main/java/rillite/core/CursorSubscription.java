package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import rillite.core.Resource.Interrupts;
import rillite.core.SnapshotTooOldException.Reason;

/**
 * One subscription of a cursor. At most the chunk being delivered and one more are read ahead; between two visits to a lane
 * the cursor holds its connection and no thread. {@link CursorPhase} says who may touch the native side.
 */
final class CursorSubscription<C extends PhysicalConnection, K extends PreparedCursor.Chunk, T>
        implements Subscription, ChunkDrain.Pulls {

    private final Session<C> session;
    private final Lanes<C> lanes;
    private final PreparedCursor.Source<C, K> source;
    private final ChunkDrain<K, T> drain;
    private final CursorPhase phase = new CursorPhase();
    private volatile @Nullable CursorPull<C> visit;
    private volatile @Nullable Resource<C> resource;
    private volatile @Nullable Throwable abortReason;
    private volatile boolean stopped;
    private volatile @Nullable Reason spillReason;
    private volatile boolean asked;
    private volatile Home home = Home.SESSION;
    private volatile long openedAt;
    private volatile long idleSince;
    private @Nullable PreparedCursor<K> cursor;
    private boolean holding;
    private boolean tracked;
    private int rows;

    /** Where the next visit is queued. */
    private enum Home {
        /** In its session's turn: the connection is that of a lease, or the session's own. */
        SESSION,
        /** On the reader lane, with a connection of the pool. */
        POOL,
        /** On the writer, where all share one connection. */
        WRITER
    }

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
        if (n <= 0) {
            abort(Demand.refused(n));
            return;
        }
        drain.addDemand(n);
        asked = true;
        if (phase.begin()) {
            CursorPull<C> pull = new CursorPull<>(session, this, true);
            visit = pull;
            session.submit(pull);
        } else {
            drain.drainThere();
        }
    }

    @Override
    public void cancel() {
        drain.cancel();
        stop();
    }

    @Override
    public void stop() {
        stopped = true;
        endSoon(Interrupts.CANCEL);
    }

    /** Ends the stream with an error now, and its native side as soon as that can be. */
    void abort(Throwable reason) {
        if (abortReason == null) {
            abortReason = reason;
        }
        drain.abort(lanes.translate(reason));
        endSoon(Interrupts.CLOSE);
    }

    boolean isStopping() {
        return stopped || abortReason != null;
    }

    private void endSoon(Interrupts cause) {
        if (phase.endIdle()) {
            return;
        }
        CursorPull<C> pull = visit;
        if (phase.isQueued() && pull != null && pull.first && pull.end()) {
            phase.end();
            pull.withdraw();
        } else if (phase.isRunning()) {
            interrupt(pull, cause);
        } else {
            visitSoon();
        }
    }

    private void interrupt(@Nullable CursorPull<C> pull, Interrupts cause) {
        Resource<C> running = resource;
        if (running != null && pull != null) {
            lanes.interrupt(running, pull, cause);
        }
    }

    /** The deadline of the first visit has passed; on the timer. */
    void timeout(CursorPull<C> pull) {
        if (!pull.endWith(timeoutError(null))) {
            interrupt(pull, Interrupts.CANCEL);
        }
    }

    private LaneTimeoutException timeoutError(@Nullable Throwable cause) {
        return new LaneTimeoutException(
                lanes.name(),
                LaneTimeoutException.Kind.STATEMENT,
                session.statementTimeout(),
                " before the first row of " + source.label() + ".",
                cause);
    }

    /** The first visit was ended before it ran. */
    void failFirst(Throwable error) {
        phase.end();
        drain.abort(lanes.translate(error));
    }

    /** Hands the first visit to the lane it belongs to; in the turn of the session. */
    void startFirst(CursorPull<C> pull) {
        LaneException refused = session.refusal();
        if (refused != null) {
            pull.endWith(refused);
            return;
        }
        pull.armLockWait(session.lockWaitTimeout());
        pull.armStatementTimer(session.statementTimeout());
        Lease<C> lease = session.lease;
        Resource<C> own = session.dedicated;
        LaneException full = null;
        if (lease != null) {
            session.label(source.label());
            pull.resource = lease.resource;
            lease.lane.execute(pull);
        } else if (own != null) {
            pull.resource = own;
            lanes.readLane().execute(pull);
        } else if (lanes.hasReaders()) {
            home = Home.POOL;
            full = lanes.readLane().submit(pull);
        } else {
            home = Home.WRITER;
            full = lanes.writeLane.offer(pull, 64);
        }
        if (full != null) {
            pull.endWith(full);
        }
    }

    /** Hands a later visit to the lane that owns its connection now; in the turn of the session. */
    void startNext(CursorPull<C> pull) {
        Resource<C> owned = resource;
        Lease<C> lease = session.lease;
        if (!phase.isQueued() || owned == null) {
            if (pull.end()) {
                session.ended(pull);
            }
            return;
        }
        pull.resource = owned;
        if (lease != null && lease.resource == owned) {
            lease.lane.execute(pull);
        } else {
            lanes.readLane().execute(pull);
        }
    }

    /** Sends a parked cursor to its lane, unless somebody has done that already. */
    private void visitSoon() {
        if (!phase.enqueue()) {
            return;
        }
        CursorPull<C> pull = new CursorPull<>(session, this, false);
        switch (home) {
            case POOL -> {
                pull.resource = resource;
                lanes.readLane().execute(pull);
            }
            case WRITER -> lanes.writeLane.visit(pull);
            case SESSION -> session.submit(pull);
        }
    }

    /** One visit; on a lane thread, with the resource. */
    void visit(CursorPull<C> pull, Resource<C> owned) {
        if (!pull.claim()) {
            if (pull.first && home == Home.POOL) {
                lanes.readLane().giveBack(owned);
            }
            return;
        }
        if (!phase.run()) {
            over(pull);
            return;
        }
        resource = owned;
        visit = pull;
        Throwable error = null;
        K chunk = null;
        boolean last = true;
        owned.enter(pull, interrupts(owned));
        try {
            if (!isStopping() && !pull.timedOut) {
                if (spillReason == null) {
                    chunk = open(owned).pull(rows, lanes.options.chunkBytes());
                    last = chunk.last();
                } else {
                    last = copyRest(owned, spillReason);
                    error = last ? null : tooOld(spillReason);
                }
            }
        } catch (Throwable t) {
            error = t;
        }
        boolean interrupted = owned.exit();
        pull.disarmStatementTimer();
        if (pull.timedOut && (interrupted || chunk == null)) {
            error = timeoutError(error);
        } else if (error != null || interrupted) {
            error = lanes.explain(error, interrupted);
        }
        if (error == null && chunk != null) {
            add(chunk);
        }
        if (last || error != null || interrupted || isStopping()) {
            close(owned, error, interrupted);
        } else {
            park(owned, pull);
        }
        over(pull);
        if (pull.first && home == Home.POOL && phase.isEnded() && !lanes.options.alwaysEmitThere()) {
            drain.drainHere();
        } else {
            drain.drainThere();
        }
    }

    private void over(CursorPull<C> pull) {
        pull.finished();
        if (pull.first || home == Home.SESSION) {
            session.ended(pull);
        }
    }

    /**
     * Other open cursors of the connection would be hit too, which one transaction does not want; but where all sessions
     * share one connection, nobody may hold up all the others for ever.
     */
    private Interrupts interrupts(Resource<C> owned) {
        boolean sole = owned.parked.isEmpty() || (owned.parked.size() == 1 && owned.parked.contains(this));
        return sole || home == Home.WRITER ? Interrupts.CANCEL : Interrupts.CLOSE;
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

    private void add(K chunk) {
        lanes.counters.rowsRead.add(chunk.size());
        if (source.fetchSize() == 0) {
            rows = Math.min(rows << 2, lanes.options.chunkRows());
        }
        drain.add(chunk);
    }

    /** Copies the rest to the heap; false when it is larger than it may be. */
    private boolean copyRest(Resource<C> owned, Reason reason) throws Exception {
        long most = lanes.options.maxMaterializeBytes();
        long bytes = 0;
        PreparedCursor<K> opened = open(owned);
        while (bytes < most) {
            K chunk = opened.pull(Math.max(rows, 256), (int) Math.min(Integer.MAX_VALUE, most - bytes));
            bytes += chunk.bytes();
            lanes.counters.rowsRead.add(chunk.size());
            lanes.counters.spilledBytes.add(chunk.bytes());
            drain.add(chunk);
            if (chunk.last()) {
                lanes.listener.cursorSpilled(reason, bytes);
                return true;
            }
        }
        return false;
    }

    private SnapshotTooOldException tooOld(Reason reason) {
        lanes.listener.snapshotTooOld(reason, Duration.ofNanos(lanes.ticker.nanos() - openedAt), source.label());
        return new SnapshotTooOldException(
                lanes.name(), reason, lanes.bound(reason), lanes.options.maxMaterializeBytes());
    }

    /** Ends the native side and gives the connection back, before the last rows are delivered. */
    private void close(Resource<C> owned, @Nullable Throwable error, boolean interrupted) {
        PreparedCursor<K> opened = cursor;
        cursor = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (Throwable t) {
                owned.broken = true;
                lanes.listener.unexpected("closing a cursor", t);
            }
        }
        owned.parked.remove(this);
        resource = null;
        if (interrupted && !owned.parked.isEmpty()) {
            owned.abortParked(session.isClosed() ? session.closedError() : tooOld(Reason.INTERRUPT));
        }
        Lease<C> lease = session.lease;
        if (error != null && lease != null && lease.resource == owned && !owned.connection.inTransaction()) {
            session.transactionGone(lease, owned, error);
        }
        phase.end();
        if (home == Home.POOL) {
            if (holding) {
                lanes.readLane().pool.unhold();
            }
            lanes.readLane().giveBack(owned);
        }
        if (tracked) {
            session.untrack(this);
            lanes.untrack(this);
        }
        if (error instanceof LaneException lane) {
            drain.abort(lanes.translate(lane));
        } else {
            drain.finish(error);
        }
    }

    private void park(Resource<C> owned, CursorPull<C> pull) {
        if (pull.first) {
            if (home == Home.POOL) {
                lanes.readLane().keepAlone(owned);
            }
            if (home == Home.POOL && !lanes.readLane().pool.holders.tryTake() && !makeRoom(owned, pull)) {
                return;
            }
            holding = home == Home.POOL;
            idleSince = lanes.ticker.nanos();
            if (home != Home.POOL) {
                owned.parked.add(this);
            }
        }
        if (pull.first) {
            tracked = true;
            lanes.track(this);
            session.track(this);
        }
        phase.park();
        if (isStopping() || spillReason != null) {
            visitSoon();
        }
    }

    /** The bound of open cursors is met: the rest goes to the heap, or another cursor's rest does, or this one fails. */
    private boolean makeRoom(Resource<C> owned, CursorPull<C> pull) {
        Throwable error = null;
        boolean fits = true;
        owned.enter(pull, Interrupts.CANCEL);
        try {
            fits = isStopping() || copyRest(owned, Reason.CURSORS);
        } catch (Throwable t) {
            error = t;
        }
        boolean interrupted = owned.exit();
        if (error != null || interrupted) {
            error = lanes.explain(error, interrupted);
        } else if (!fits && lanes.releaseOldestSnapshot(Reason.CURSORS)) {
            lanes.readLane().pool.holders.takeAnyway();
            return true;
        } else if (!fits) {
            int bound = lanes.options.maxOpenCursors();
            error = new LaneFullException(lanes.name(), "maxOpenCursors", bound, bound, "");
        }
        close(owned, error, interrupted);
        return false;
    }

    /** Copies the rest to the heap on the lane thread that owns the resource now. */
    void spillHere(Resource<C> owned, Reason reason) {
        if (!phase.take()) {
            return;
        }
        CursorPull<C> pull = new CursorPull<>(session, this, false);
        Throwable error = null;
        visit = pull;
        owned.enter(pull, interrupts(owned));
        try {
            if (!isStopping() && !copyRest(owned, reason)) {
                error = tooOld(reason);
            }
        } catch (Throwable t) {
            error = t;
        }
        boolean interrupted = owned.exit();
        close(owned, interrupted ? lanes.explain(error, true) : error, interrupted);
        drain.drainThere();
    }

    /** The connection is about to be closed; on the thread that owns it. */
    void abortHere(Resource<C> owned, Throwable reason) {
        if (phase.take()) {
            drain.abort(lanes.translate(reason));
            close(owned, reason, false);
        }
    }

    /** The lanes have ended and no lane thread is left but the caller. */
    void abandon(Throwable reason) {
        Resource<C> owned = resource;
        if (owned != null) {
            abortHere(owned, reason);
        }
    }

    /** Asks a parked cursor to give its snapshot up; false when it is not parked. */
    boolean spillSoon(Reason reason) {
        if (!phase.isParked()) {
            return false;
        }
        spillReason = reason;
        visitSoon();
        return true;
    }

    /** Watches age and idleness; on the timer. */
    void check(long now) {
        if (asked || drain.hasDemand()) {
            asked = false;
            idleSince = now;
        }
        LaneOptions options = lanes.options;
        if (exceeds(now - openedAt, options.maxSnapshotAge())) {
            spillSoon(Reason.AGE);
        } else if (exceeds(now - idleSince, options.cursorIdleTimeout())) {
            spillSoon(Reason.IDLE);
        }
    }

    private static boolean exceeds(long nanos, Duration bound) {
        return !bound.isZero() && nanos > bound.toNanos();
    }

    @Override
    public void more(int left, int size, long demand) {
        if (!phase.isParked() || drain.hasChunks()) {
            return;
        }
        if ((left << 2) <= size || demand > left) {
            visitSoon();
        }
    }

    boolean isParked() {
        return phase.isParked();
    }

    long openedAt() {
        return openedAt;
    }
}
