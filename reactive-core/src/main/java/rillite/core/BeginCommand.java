package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;

/** Waits for the lease of the writer or of a reader and starts the transaction on it. */
final class BeginCommand<C extends PhysicalConnection> extends VoidCommand<C> implements Permits.Waiter {
    final boolean write;
    final String name;
    private final Duration wait;
    private final WriteWork<C, ?> begin;
    private Permits.Place place = Permits.Place.NEW;
    private volatile @Nullable Lease<C> granted;

    BeginCommand(
            Session<C> session,
            @Nullable CoreSubscriber<? super Void> actual,
            boolean write,
            String name,
            Duration wait,
            WriteWork<C, ?> begin) {
        super(session, actual);
        this.write = write;
        this.name = name;
        this.wait = wait;
        this.begin = begin;
    }

    @Override
    public Permits.Place place() {
        return place;
    }

    @Override
    public void place(Permits.Place next) {
        place = next;
    }

    @Override
    void start() {
        LaneException refused = session.refusalOfBegin();
        if (refused != null || session.lease != null) {
            endNow(refused);
            return;
        }
        armLockWait(wait);
        LaneException full = null;
        Resource<C> own = session.dedicated;
        if (write || !session.lanes.hasReaders()) {
            full = session.lanes.writeLane.offer(this, 64);
        } else if (own != null) {
            resource = own;
            session.lanes.readLane().execute(this);
        } else {
            full = session.lanes.readLane().acquireLease(this);
        }
        if (full != null) {
            endWith(full);
        }
    }

    /** On a reader, for a read transaction, or on a dedicated connection. */
    @Override
    void run(Resource<C> owned) {
        ReadLane<C> lane = session.lanes.readLane();
        if (claim()) {
            new TicketBegin<>(this, new Lease<>(session, owned, lane, false, name)).run(owned);
        } else if (owned != session.dedicated) {
            lane.pool.unhold();
            lane.pool.release(owned);
        }
    }

    /**
     * Starts the transaction on the granted resource. Returns true when another process holds the lock and the command
     * waits on; the lease is the lane's own again then.
     *
     * @param unqueued gives its place in the queue back, before anybody is told: it waits no more
     */
    boolean grant(Lease<C> lease, Runnable unqueued) {
        Resource<C> owned = lease.resource;
        C connection = owned.connection;
        Throwable error = null;
        owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        owned.enter(this, Interrupts.NEVER);
        try {
            if (!isCancelled()) {
                begin.run(connection);
            }
        } catch (Throwable t) {
            boolean busy = session.lanes.classify(connection, t, Phase.BEGIN) == Failure.BUSY;
            boolean late = expired(session.lanes.ticker.nanos());
            if (busy && !isCancelled() && !late && !session.lanes.isClosing()) {
                return true;
            }
            error = !busy ? t : late ? lockWaitError(t) : session.lanes.closedError();
        } finally {
            owned.exit();
        }
        session.lanes.counters.leases.incrementAndGet();
        if (error != null || isCancelled()) {
            session.lanes.rollback(owned);
            lease.stop();
            lease.lane.release(lease);
        } else {
            granted = lease;
            session.lanes.listener.writeWaited(Duration.ofNanos(lease.since - enqueued));
            session.lease = lease;
            lease.watch(session.lanes.options.transactionIdleTimeout());
        }
        unqueued.run();
        endRun(error);
        return false;
    }

    /** The transaction started, but whoever asked for it has gone: nobody else would end it. */
    @Override
    void cancelledAfterEnd() {
        Lease<C> lease = granted;
        if (lease != null) {
            session.endUnused(lease);
        }
    }
}
