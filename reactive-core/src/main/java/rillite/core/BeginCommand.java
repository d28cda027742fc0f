package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;

/** Waits for the lease of the writer or of a reader and starts the transaction on it. */
final class BeginCommand<C extends PhysicalConnection> extends VoidCommand<C> {
    final boolean write;
    final String name;
    private final Duration wait;
    private final WriteWork<C, ?> begin;

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
    boolean start() {
        LaneException refused = session.refusal(this);
        if (refused != null) {
            return refuse(refused);
        }
        if (session.lease != null) {
            if (end()) {
                session.ended(this);
                complete();
            }
            return false;
        }
        armLockWait(wait);
        LaneException full;
        if (write || !session.lanes.hasReaders()) {
            full = session.lanes.writeLane.offer(this, 64);
        } else if (session.dedicated != null) {
            resource = session.dedicated;
            session.lanes.readLane().execute(this);
            return true;
        } else {
            full = session.lanes.readLane().acquireLease(this);
        }
        return full == null || refuse(full);
    }

    private boolean refuse(Throwable reason) {
        if (end()) {
            fail(reason);
            session.ended(this);
        }
        return false;
    }

    @Override
    void dropped() {
        if (write || !session.lanes.hasReaders()) {
            session.lanes.writeLane.dropped(this);
        } else {
            session.lanes.readLane().dropped(this);
        }
    }

    /** On a reader, for a read transaction, or on a dedicated connection. */
    @Override
    void run(Resource<C> owned) {
        ReadLane<C> lane = session.lanes.readLane();
        if (!claim()) {
            lane.pool.unhold();
            lane.pool.release(owned);
            return;
        }
        grant(new Lease<>(session, owned, lane, false, name));
    }

    /**
     * Starts the transaction on the granted resource. Returns true when another process holds the lock and the command
     * waits on, with the lease given back to the lane.
     */
    boolean grant(Lease<C> lease) {
        C connection = lease.resource.connection;
        Throwable error = null;
        lease.resource.spillParked(SnapshotTooOldException.Reason.WRITE);
        lease.resource.enter(this, Interrupts.NEVER);
        try {
            begin.run(connection);
        } catch (Throwable t) {
            if (connection.classify(t, Phase.BEGIN) == Failure.BUSY) {
                if (!cancelled && !expired(session.lanes.ticker.nanos())) {
                    return true;
                }
                error = lockWaitError(t);
            } else {
                error = t;
            }
        } finally {
            lease.resource.exit();
        }
        session.lanes.counters.leases.incrementAndGet();
        if (error != null || cancelled) {
            session.lanes.rollback(connection);
            lease.stop();
            lease.lane.release(lease);
            state.set(ENDED);
            session.ended(this);
            if (error != null) {
                fail(error);
            }
            return false;
        }
        session.lease = lease;
        state.set(ENDED);
        lease.watch(session.lanes.options.transactionIdleTimeout());
        session.ended(this);
        complete();
        return false;
    }

    /** The transaction started, but whoever asked for it has gone: nobody else would end it. */
    @Override
    void cancelledAfterEnd() {
        session.expire(null);
    }
}
